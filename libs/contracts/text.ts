import type { FieldProblem } from './errors.js';

// C0 and C1 controls except tab and newline. CR is normalised away before this is asked.
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;
// Overrides and isolates reorder what others read; Arabic and Hebrew letters need none of them.
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/;
const INVISIBLE =
  /[\s\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u2028\u2029\u2060-\u2064\u206A-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0]/g;

export interface TextRule {
  max: number;
  min?: number;
  /** Absent text is fine. */
  optional?: boolean;
}

/** One normal form for what people type: `\n` line ends, NFC, no blanks at either end. */
export function normalizeText(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC').trim();
}

/** What is wrong with a text, in the order a person would mend it; `null` when nothing is. The browser asks before sending, the server asks again. */
export function textProblem(value: unknown, rule: TextRule): Omit<FieldProblem, 'field'> | null {
  if (value === undefined || value === null) return rule.optional ? null : { rule: 'required' };
  if (typeof value !== 'string') return { rule: 'not-text' };
  if (value.length > rule.max * 2) return { rule: 'too-long', limit: rule.max };
  if (/[\uD800-\uDFFF]/.test(value) && hasLoneSurrogate(value)) return { rule: 'not-well-formed' };
  const text = normalizeText(value);
  if (CONTROL.test(text)) return { rule: 'control-character' };
  if (DIRECTION.test(text)) return { rule: 'direction-override' };
  if (text.replace(INVISIBLE, '') === '') return rule.optional ? null : { rule: 'blank' };
  if (text.length > rule.max) return { rule: 'too-long', limit: rule.max };
  if (rule.min !== undefined && text.length < rule.min) return { rule: 'too-short', limit: rule.min };
  return null;
}

// String.prototype.isWellFormed is younger than the oldest browser we serve.
function hasLoneSurrogate(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = value.charCodeAt(i + 1);
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return true;
    i++;
  }
  return false;
}
