/** What in a text for citizens looks like data of a person. A hint for the writer; the PPID still reads every text. */
export type PersonalDataHint = 'identity' | 'phone' | 'email';

// Digits as people write them in groups: blanks, dots and dashes between them.
const DIGIT_RUN = /\d(?:[ .\u00A0-]?\d){7,}/g;
const PHONE = /(?:\+\s?62[ .-]?(?:8|[2-7]\d)|\b628|\b08|\b\(?0[2-7]\d)(?:[ .()-]{0,2}\d){6,11}\b/;
const EMAIL = /[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}/i;

/** Kinds of personal data a text seems to contain, each once. */
export function personalDataHints(text: string): PersonalDataHint[] {
  const hints: PersonalDataHint[] = [];
  if (digitRuns(text).some((length) => length === 16 || length === 18)) hints.push('identity');
  if (PHONE.test(text)) hints.push('phone');
  if (EMAIL.test(text)) hints.push('email');
  return hints;
}

// Groups of three at most are an amount of money or a list of small numbers, not a NIK or NIP.
function digitRuns(text: string): number[] {
  return [...text.matchAll(DIGIT_RUN)]
    .filter((match) => /\d{4}/.test(match[0]))
    .map((match) => match[0].replace(/\D/g, '').length);
}
