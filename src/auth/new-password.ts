import { randomInt } from 'node:crypto';

// Easy to type from a screen: no letters that look like digits.
const SYLLABLES =
  'ba da ka la ma na pa ra sa ta wa ya bi di ki mi ni ri si ti bu du ku mu nu pu ru su tu yu'.split(' ');

/** A password to hand to somebody: about 49 bits, and easy to read aloud. */
export function newPassword(): string {
  const word = () => Array.from({ length: 3 }, () => SYLLABLES[randomInt(SYLLABLES.length)]).join('');
  return `${word()}-${word()}-${word()}-${randomInt(10, 100)}`;
}
