import { Plus, X } from 'lucide-react';
import { type FormEvent, useCallback, useId, useMemo, useState } from 'react';
import { addDays, LIMITS, type DecisionRequestView } from '#libs/contracts';
import { errorWords, fieldErrors, fieldWords, jakartaDay } from '#libs/content';
import { useDeciders } from '../app/directory.js';
import { useWords } from '../app/words.js';
import { Banner, Button, Dialog, Select, TextArea, TextField } from '../kit/index.js';
import { DayField } from '../kit/day-field.js';
import { useRoomTools } from '../room/room-tools.js';
import { useDraft } from '../room/use-draft.js';
import { useWish } from '../room/use-wish.js';
import panels from '../room/panels.module.css';
import { keptQuestion, keyOf, readQuestion, readWish, type Problems, type Question } from './asking.js';
import { postName } from './decisions.js';
import styles from './decisions.module.css';

/** A question for a leader. What was typed is kept on the device until it is asked. */
export function AskDialog({
  supersedes,
  onClose,
}: {
  /** The decision that the new one is to replace. */
  supersedes: DecisionRequestView | null;
  onClose: () => void;
}) {
  const words = useWords();
  const { decision: say } = words.workspace;
  const { reader, taskId } = useRoomTools();
  const today = jakartaDay();
  const place = supersedes ? `decision.replace-${supersedes.id}` : 'decision.request';
  const { draft, change, clear } = useDraft(reader.id, taskId, place);
  const [question, setQuestion] = useState(() => readQuestion(draft.text));
  const [problems, setProblems] = useState<Problems>({});
  const form = useId();
  const deciders = useDeciders(taskId);
  const choices = useMemo(() => deciders.items ?? [], [deciders.items]);
  // Technical matters are the most frequent: the head of the coordinating unit is proposed, unless that is the asker.
  const proposed = choices.find(({ role }) => role === 'KEPALA_OPD') ?? choices.at(-1);
  const shown: Question = { ...question, decider: question.decider || (proposed ? keyOf(proposed) : '') };
  const done = useCallback(() => {
    clear();
    onClose();
  }, [clear, onClose]);
  const { room, follow, sending, refusal, reset } = useWish(done);

  const edit = (changed: Partial<Question>) => {
    const next = { ...question, ...changed };
    setQuestion(next);
    change({ text: keptQuestion(next) });
    setProblems({});
    if (!sending) reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const read = readWish(shown, choices, today);
    setProblems(read.problems ?? {});
    if (!read.wish) return;
    const decisionId = crypto.randomUUID();
    follow(
      room.send('decision.request', {
        ...read.wish,
        decisionId,
        ...(supersedes && { supersedes: supersedes.id }),
      }),
    );
  };
  const refused = refusal ? fieldErrors(refusal, words) : {};
  const problem = (field: string, name: string) => {
    const wrong = problems[field];
    return wrong ? fieldWords(wrong, name, words) : refused[field];
  };
  const area = (
    field: 'question' | 'recommendation' | 'consequence' | 'basis',
    label: string,
    hint?: string,
  ) => (
    <TextArea
      label={label}
      hint={hint}
      error={problem(field, label)}
      max={LIMITS.decisionText}
      rows={2}
      dir="auto"
      value={question[field]}
      onChange={(event) => edit({ [field]: event.target.value })}
    />
  );
  const chosen = choices.find((choice) => keyOf(choice) === shown.decider);
  return (
    <Dialog
      open
      onClose={onClose}
      title={supersedes ? say.replace : say.ask}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={sending}>
            {sending ? say.sending : say.send}
          </Button>
        </>
      }
    >
      <form id={form} className={panels.form} onSubmit={submit} noValidate>
        {supersedes && <p className={styles.muted}>{say.replaces(supersedes.title)}</p>}
        <TextField
          label={say.what}
          hint={say.whatHint}
          error={problem('title', say.what)}
          maxLength={LIMITS.decisionTitle}
          autoComplete="off"
          dir="auto"
          value={question.title}
          onChange={(event) => edit({ title: event.target.value })}
        />
        {area('recommendation', say.advice, say.adviceHint)}
        {area('consequence', say.ifNot)}
        <OptionFields
          options={question.options}
          problem={(at) =>
            problems[`option-${at}`]?.rule === 'not-one-of'
              ? say.sameOption
              : problem(`option-${at}`, say.optionNo(at + 1))
          }
          onChange={(options) => edit({ options })}
        />
        <Select
          label={say.who}
          hint={chosen && say.mandates[chosen.role]}
          error={deciders.failed ? say.whoFailed : problem('decider', say.who)}
          value={shown.decider}
          onPick={(decider) => edit({ decider })}
          choices={[
            { value: '', label: say.chooseWho },
            ...choices.map((choice) => ({
              value: keyOf(choice),
              label: `${postName(choice.role, { abbreviation: choice.person.opd }, words.workspace)} – ${choice.person.name}`,
            })),
          ]}
        />
        <DayField
          label={say.dueField}
          error={problem('dueDate', say.dueField)}
          value={question.due}
          onChange={(due) => edit({ due })}
          shortcuts={[
            { label: say.tomorrow, day: addDays(today, 1) },
            { label: say.threeDays, day: addDays(today, 3) },
            { label: say.week, day: addDays(today, 7) },
          ]}
        />
        {area('question', say.details)}
        {area('basis', say.basisField, say.basisHint)}
        <p className={styles.muted}>{say.kept}</p>
        {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
      </form>
    </Dialog>
  );
}

function OptionFields({
  options,
  problem,
  onChange,
}: {
  options: readonly string[];
  problem: (at: number) => string | undefined;
  onChange: (options: string[]) => void;
}) {
  const { decision: say } = useWords().workspace;
  return (
    <div className={panels.form}>
      {options.map((option, at) => (
        <div key={at} className={styles.optionField}>
          <TextField
            label={say.optionNo(at + 1)}
            error={problem(at)}
            maxLength={LIMITS.decisionOption}
            autoComplete="off"
            dir="auto"
            value={option}
            onChange={(event) => onChange(options.map((one, i) => (i === at ? event.target.value : one)))}
          />
          <Button
            look="quiet"
            square
            aria-label={say.removeOption(at + 1)}
            onClick={() => onChange(options.filter((_, i) => i !== at))}
          >
            <X size={20} aria-hidden="true" />
          </Button>
        </div>
      ))}
      {options.length < LIMITS.decisionOptions && (
        <div className={panels.actions}>
          <Button small onClick={() => onChange([...options, ''])}>
            <Plus size={18} aria-hidden="true" />
            {say.addOption}
          </Button>
          {options.length === 0 && <span className={styles.muted}>{say.optionsHint}</span>}
        </div>
      )}
    </div>
  );
}
