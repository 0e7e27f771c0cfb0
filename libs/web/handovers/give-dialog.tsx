import { type FormEvent, useCallback, useId, useState } from 'react';
import { addDays, LIMITS, normalizeText, type FieldProblem, type OpdRef } from '#libs/contracts';
import { errorWords, fieldErrors, fieldWords, jakartaDay } from '#libs/content';
import { useWords } from '../app/words.js';
import { DayField } from '../kit/day-field.js';
import { Banner, Button, Dialog, Select, TextArea, TextField } from '../kit/index.js';
import { typedDay } from '../kit/typed-day.js';
import { useRoomTools } from '../room/room-tools.js';
import { useDraft } from '../room/use-draft.js';
import { useWish } from '../room/use-wish.js';
import { writtenProblem } from '../room/written-problem.js';
import panels from '../room/panels.module.css';

interface Typed {
  title: string;
  what: string;
  due: string;
  from: string;
  to: string;
}
type Problems = Partial<Record<keyof Typed, Omit<FieldProblem, 'field'>>>;

const NOTHING: Typed = { title: '', what: '', due: '', from: '', to: '' };

/** A piece of work for another unit. What was typed is kept on the device until it is handed over. */
export function GiveDialog({
  units,
  mine,
  onClose,
}: {
  /** Units that take part. */
  units: readonly OpdRef[];
  /** Those for which the reader may act. */
  mine: readonly string[];
  onClose: () => void;
}) {
  const words = useWords();
  const { handover: say } = words.workspace;
  const { reader, taskId } = useRoomTools();
  const today = jakartaDay();
  const { draft, change, clear } = useDraft(reader.id, taskId, 'handover.open');
  const [typed, setTyped] = useState(() => read(draft.text));
  const [problems, setProblems] = useState<Problems>({});
  const form = useId();
  const done = useCallback(() => {
    clear();
    onClose();
  }, [clear, onClose]);
  const { room, follow, sending, refusal, reset } = useWish(done);
  const own = units.filter(({ id }) => mine.includes(id));
  const from = own.find(({ id }) => id === typed.from)?.id ?? own[0]?.id ?? '';

  const edit = (changed: Partial<Typed>) => {
    const next = { ...typed, ...changed };
    setTyped(next);
    change({ text: next.title + next.what === '' ? '' : JSON.stringify(next) });
    setProblems({});
    if (!sending) reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const dueDate = typed.due.trim() === '' ? undefined : typedDay(typed.due);
    const title = writtenProblem(typed.title, { max: LIMITS.handoverTitle });
    const what = writtenProblem(typed.what, { max: LIMITS.handoverWhat });
    const due: Problems['due'] = !dueDate
      ? { rule: dueDate === undefined ? 'required' : 'not-a-date' }
      : dueDate < today || dueDate > addDays(today, LIMITS.taskDays)
        ? { rule: 'out-of-range' }
        : undefined;
    const isUnit = units.some(({ id }) => id === typed.to && id !== from);
    const found: Problems = {
      ...(title && { title }),
      ...(what && { what }),
      ...(due && { due }),
      ...(!isUnit && { to: { rule: 'required' as const } }),
    };
    setProblems(found);
    if (Object.keys(found).length > 0 || !dueDate) return;
    follow(
      room.send('handover.open', {
        ...{ handoverId: crypto.randomUUID(), dueDate, fromOpdId: from, toOpdId: typed.to },
        ...{ title: normalizeText(typed.title), what: normalizeText(typed.what) },
      }),
    );
  };
  const refused = refusal ? fieldErrors(refusal, words) : {};
  const problem = (field: keyof Typed, name: string, wire: string = field) => {
    const wrong = problems[field];
    return wrong ? fieldWords(wrong, name, words) : refused[wire];
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.giveTitle}
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
        <TextField
          label={say.title}
          hint={say.titleHint}
          error={problem('title', say.title)}
          maxLength={LIMITS.handoverTitle}
          autoComplete="off"
          dir="auto"
          value={typed.title}
          onChange={(event) => edit({ title: event.target.value })}
        />
        <TextArea
          label={say.what}
          error={problem('what', say.what)}
          max={LIMITS.handoverWhat}
          rows={3}
          dir="auto"
          value={typed.what}
          onChange={(event) => edit({ what: event.target.value })}
        />
        {own.length > 1 && (
          <Select
            label={say.from}
            value={from}
            onPick={(picked) => edit({ from: picked })}
            choices={own.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Select
          label={say.to}
          error={problem('to', say.to, 'toOpdId')}
          value={typed.to}
          onPick={(picked) => edit({ to: picked })}
          choices={[
            { value: '', label: say.chooseOpd },
            ...units.filter(({ id }) => id !== from).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <DayField
          label={say.dueField}
          error={problem('due', say.dueField, 'dueDate')}
          value={typed.due}
          onChange={(due) => edit({ due })}
          shortcuts={[
            { label: say.tomorrow, day: addDays(today, 1) },
            { label: say.threeDays, day: addDays(today, 3) },
            { label: say.week, day: addDays(today, 7) },
          ]}
        />
        <p className={panels.muted}>{say.kept}</p>
        {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
      </form>
    </Dialog>
  );
}

/** What was kept; anything else is nothing. */
function read(text: string): Typed {
  try {
    const kept = JSON.parse(text) as Partial<Record<keyof Typed, unknown>> | null;
    const field = (name: keyof Typed) => (typeof kept?.[name] === 'string' ? kept[name] : '');
    return {
      ...{ title: field('title'), what: field('what'), due: field('due') },
      ...{ from: field('from'), to: field('to') },
    };
  } catch {
    return NOTHING;
  }
}
