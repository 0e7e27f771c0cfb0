import { useState } from 'react';
import { LIMITS, normalizeText, type AssignmentLetter } from '#libs/contracts';
import { fieldWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { TextField } from '../kit/index.js';
import { DayField } from '../kit/day-field.js';
import { typedDay } from '../kit/typed-day.js';
import { writtenProblem } from '../room/written-problem.js';
import styles from './workspace.module.css';

/** The letter as it is typed. */
export interface TypedLetter {
  kind: string;
  number: string;
  date: string;
}

type LetterProblems = Partial<Record<keyof TypedLetter, string>>;

const NO_LETTER: TypedLetter = { kind: 'Surat Tugas', number: '', date: '' };

/** The letter that assigns, by hand: its number comes from the city's own correspondence. */
export function useLetter(): {
  typed: TypedLetter;
  change: (part: Partial<TypedLetter>) => void;
  problems: LetterProblems;
  /** The letter, `undefined` when none was typed, `null` when something about it is wrong and is now said so. */
  read: () => AssignmentLetter | undefined | null;
} {
  const words = useWords();
  const { change: say } = words.workspace;
  const [typed, setTyped] = useState(NO_LETTER);
  const [problems, setProblems] = useState<LetterProblems>({});
  const read = () => {
    if (typed.number.trim() === '' && typed.date.trim() === '') return undefined;
    const kind = writtenProblem(typed.kind, { max: LIMITS.letterKind });
    const number = writtenProblem(typed.number, { max: LIMITS.letterNumber });
    const date = typedDay(typed.date);
    const found: LetterProblems = {
      ...(kind && { kind: fieldWords(kind, say.letterKind, words) }),
      ...(number && { number: fieldWords(number, say.letterNumber, words) }),
      ...(date === null && { date: fieldWords({ rule: 'not-a-date' }, say.letterDate, words) }),
    };
    setProblems(found);
    if (date === null || Object.keys(found).length > 0) return null;
    return { kind: normalizeText(typed.kind), number: normalizeText(typed.number), date };
  };
  const change = (part: Partial<TypedLetter>) => {
    setTyped((before) => ({ ...before, ...part }));
    setProblems({});
  };
  return { typed, change, problems, read };
}

export function LetterFields({ letter }: { letter: ReturnType<typeof useLetter> }) {
  const { change: say } = useWords().workspace;
  const { typed, change, problems } = letter;
  return (
    <fieldset className={styles.choices}>
      <legend>{say.letter}</legend>
      <p className={styles.muted}>{say.letterHint}</p>
      <TextField
        label={say.letterKind}
        hint={say.letterKindHint}
        error={problems.kind}
        maxLength={LIMITS.letterKind}
        value={typed.kind}
        onChange={(event) => change({ kind: event.target.value })}
      />
      <TextField
        label={say.letterNumber}
        error={problems.number}
        maxLength={LIMITS.letterNumber}
        autoComplete="off"
        value={typed.number}
        onChange={(event) => change({ number: event.target.value })}
      />
      <DayField
        label={say.letterDate}
        error={problems.date}
        value={typed.date}
        onChange={(date) => change({ date })}
      />
    </fieldset>
  );
}
