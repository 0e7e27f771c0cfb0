import { fileURLToPath } from 'node:url';

export const PROTOCOL_FILE = fileURLToPath(new URL('../../src/live-docs/protocol.json', import.meta.url));

export function protocolText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
