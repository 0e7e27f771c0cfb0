import { LIMITS } from './limits.js';

// Controls, signs that turn the reading direction, and letters of no width: what is read would not be what is there.
const DECEIVING =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;
const NOT_IN_NAMES = /[<>:"|?*]/g;
/** Devices of Windows, whatever stands behind the dot. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
const LONGEST_EXTENSION = 16;

/**
 * The name a file is shown and downloaded under: as given, without its folder and without signs that deceive. Only for
 * people: files are stored under random keys.
 */
export function cleanFileName(given: string): string {
  const last = wellFormed(given).normalize('NFC').replace(DECEIVING, '').split(/[/\\]/).at(-1) ?? '';
  const name = last
    .replace(NOT_IN_NAMES, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+(?=[ .]|$)|[ .]+$/g, '')
    .trim()
    .replace(DEVICE, '_$1');
  return shortened(name) || 'berkas';
}

/** The letters behind the last dot, in small letters; empty when there are none. */
export function extensionOf(name: string): string {
  const at = name.lastIndexOf('.');
  const extension = at > 0 ? name.slice(at + 1) : '';
  return extension.length <= LONGEST_EXTENSION ? extension.toLowerCase() : '';
}

function shortened(name: string): string {
  if (name.length <= LIMITS.fileName) return name;
  const extension = extensionOf(name);
  const end = extension === '' ? '' : `.${name.slice(-extension.length)}`;
  return `${wellFormed(name.slice(0, LIMITS.fileName - end.length - 1), '').trimEnd()}…${end}`;
}

// String.prototype.toWellFormed is younger than the oldest browser we serve.
function wellFormed(text: string, instead = '_'): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, instead);
}
