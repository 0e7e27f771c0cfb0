/** What Express takes for `trust proxy`: how many proxies stand before us, or which. */
export type ProxyTrust = number | string[];

/** What cannot be read stays the text it is, and the rules refuse it. */
export function readNumber(text: string | undefined, otherwise: number): number | string {
  if (text === undefined) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/** A share from 0 to 1, such as `0.01`. */
export function readShare(text: string | undefined, otherwise: number): number | string {
  if (text === undefined) return otherwise;
  return /^(0|1|[01]?\.\d{1,9})$/.test(text) ? Number(text) : text;
}

export function readFlag(text: string | undefined, otherwise: boolean): boolean | string {
  if (text === undefined) return otherwise;
  if (text === '1') return true;
  return text === '0' ? false : text;
}

export function readList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `host:port`; `[::1]:3310` for IPv6. */
export function readHostPort(text: string | undefined): { host: string; port: number } | string | undefined {
  const [, ipv6, name, port] = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text ?? '') ?? [];
  const host = ipv6 ?? name;
  return host === undefined ? text : { host, port: Number(port) };
}

export function readTrust(text: string | undefined): ProxyTrust {
  if (text === undefined) return 0;
  return /^\d{1,9}$/.test(text) ? Number(text) : readList(text);
}
