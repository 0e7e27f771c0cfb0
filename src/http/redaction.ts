const DEPTH = 4;
const MESSAGE = 300;
// A file of ours, of a package or of Node.js: text that only looks like a place is not one.
const FRAME = /^ +at .*(?:(?:file:\/\/|node:|[ (]\/|[A-Z]:\\)\S*:\d+:\d+|<anonymous>)\)?$/;
const WORD = /^[\w.:/-]{1,64}$/;

/**
 * What is worth knowing of an error: its kind, where it happened, and its message without what it quotes. PostgreSQL,
 * V8 and Node.js all put values they did not like into messages; parameters, row values and other fields of an error
 * stay out whatever they are called.
 */
export function describeError(error: unknown, depth = DEPTH): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table, column, driverError } = error as Error &
    Record<'code' | 'constraint' | 'table' | 'column' | 'driverError', unknown>;
  return {
    type: named(error.name) ?? 'Error',
    message: withoutValues(error.message),
    stack: framesOf(error),
    ...words({ code, constraint, table, column }),
    ...(depth > 0 && driverError instanceof Error && { driver: describeError(driverError, depth - 1) }),
    ...(depth > 0 && error.cause !== undefined && { cause: describeError(error.cause, depth - 1) }),
  };
}

/**
 * An error's message up to what it quotes. Not only the quotation is cut, but all behind its beginning: what is quoted
 * may have quotation marks of its own. Node.js says `Received`, V8 `search for 'x' in`, before values.
 */
export function withoutValues(message: string): string {
  const end = message.search(/["“”„«»‘]|(?<![\p{L}\d])'|\bReceived\b|\n/u);
  return withoutPersonalData((end < 0 ? message : `${message.slice(0, end)}…`).slice(0, MESSAGE));
}

/** A NIP has 18 digits and a NIK 16, whatever is between them; an id of ours has as many and stays. */
export function withoutPersonalData(text: string): string {
  return text
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d(?:[\s.\-_/+]{0,3}\d){15,}/gi, (found) =>
      /^[\da-f]{8}-/i.test(found) && found.length === 36 ? found : '[number]',
    )
    .replaceAll(/[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi, '[e-mail]');
}

/** The places in the code, without the message that stands before them. */
export function framesOf({ stack = '', message }: Pick<Error, 'stack' | 'message'>): string {
  const at = message === '' ? -1 : stack.indexOf(message);
  return onlyFrames(at < 0 ? stack : stack.slice(at + message.length));
}

/** The last unbroken run of lines that are places in the code. */
export function onlyFrames(stack: string): string {
  const lines = stack.trimEnd().split('\n');
  const before = lines.findLastIndex((line) => !FRAME.test(line));
  return withoutPersonalData(lines.slice(before + 1).join('\n'));
}

/** Names that the code gave: codes, constraints, ids. Anything else is not told. */
export function words(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const word = named(value);
      return word === undefined ? [] : [[name, word]];
    }),
  );
}

function named(value: unknown): string | undefined {
  if (typeof value !== 'string' || !WORD.test(value)) return undefined;
  return withoutPersonalData(value) === value ? value : undefined;
}
