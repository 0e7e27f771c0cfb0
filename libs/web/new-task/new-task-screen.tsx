import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { addDays, LIMITS, type FieldProblem, type WireError } from '#libs/contracts';
import { errorWords, fieldErrors, fieldWords, jakartaDay } from '#libs/content';
import { useOpds, usePeopleOf } from '../app/directory.js';
import { useClient, useConnection, useObservable } from '../app/live.js';
import { useSession } from '../app/session.js';
import { useWords } from '../app/words.js';
import {
  announce,
  Banner,
  Button,
  EmptyState,
  PageTitle,
  Select,
  showToast,
  TextArea,
  TextField,
} from '../kit/index.js';
import { DayField } from '../kit/day-field.js';
import { NEW_TASK } from '../room/drafts.js';
import { useDraft } from '../room/use-draft.js';
import { noAnswers, problemsOf, readAnswers, wishOf, type Answers } from './answers.js';
import { OpdPicker } from './opd-picker.js';
import styles from './new-task.module.css';

/** Four questions on one page, kept on the device from the first letter, sent as one wish. */
export function NewTaskScreen() {
  const words = useWords();
  const session = useSession();
  const { newTask: say } = words.workspace;
  if (session.positions.length === 0) {
    return (
      <>
        <PageTitle title={say.title} />
        <EmptyState title={words.signIn.noOpd} />
      </>
    );
  }
  return <Questions />;
}

function Questions() {
  const words = useWords();
  const { newTask: say } = words.workspace;
  const session = useSession();
  const client = useClient();
  const navigate = useNavigate();
  const online = useConnection().state === 'online';
  const kept = useDraft(session.person.id, NEW_TASK.taskId, NEW_TASK.place);
  const opds = useOpds();
  const [answers, setAnswers] = useState<Answers>(
    () => readAnswers(kept.draft.text) ?? noAnswers(session.opd?.id ?? ''),
  );
  const people = usePeopleOf(answers.coordinatingOpdId);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [refusal, setRefusal] = useState<WireError | null>(null);
  const [sent, setSent] = useState<{ taskId: string; commandId: string } | null>(null);
  const pending = useObservable(client.pending);
  const form = useRef<HTMLFormElement>(null);
  const today = jakartaDay();

  const change = (part: Partial<Answers>) => {
    const next = { ...answers, ...part };
    setAnswers(next);
    kept.change({ text: JSON.stringify(next) });
    setProblems([]);
    setRefusal(null);
  };

  // Done when it is on its way no more; kept in the form when it was refused; elsewhere seen to when offline.
  const { clear } = kept;
  useEffect(() => {
    if (!sent) return;
    const command = pending.find(({ commandId }) => commandId === sent.commandId);
    if (command?.state === 'failed' && command.error) {
      client.discard(sent.taskId, sent.commandId);
      setRefusal(command.error);
      setSent(null);
      announce(errorWords(command.error, words));
      return;
    }
    if (command && online) return;
    clear();
    if (command) {
      showToast({ text: say.queued });
      void navigate({ to: '/tugas' });
    } else {
      void navigate({ to: '/tugas/$taskId', params: { taskId: sent.taskId }, replace: true });
    }
  }, [sent, pending, online, clear, client, navigate, say, words]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sent) return;
    const found = problemsOf(answers, today);
    setProblems(found);
    const [first] = found;
    if (first) {
      form.current?.querySelector<HTMLElement>(`[data-field="${first.field}"]`)?.focus();
      return;
    }
    const taskId = crypto.randomUUID();
    const { commandId } = client.send(taskId, 'task.create', wishOf(answers));
    setSent({ taskId, commandId });
  };

  const refused = refusal ? fieldErrors(refusal, words) : {};
  const errorOf = (field: string, name: string) => {
    const problem = problems.find((one) => one.field === field);
    return problem ? fieldWords(problem, name, words) : refused[field];
  };
  const supporting = useMemo(
    () => opds.items?.filter(({ id }) => id !== answers.coordinatingOpdId) ?? [],
    [opds.items, answers.coordinatingOpdId],
  );
  const choose = { value: '', label: say.choose };

  return (
    <>
      <PageTitle title={say.title} />
      <p className={styles.muted}>{say.lead}</p>
      {opds.failed && (
        <Banner
          tone="trouble"
          action={
            <Button small onClick={opds.again}>
              {say.again}
            </Button>
          }
        >
          {say.opdsFailed}
        </Banner>
      )}
      <form ref={form} className={styles.form} onSubmit={submit} noValidate>
        <section className={styles.question} aria-labelledby="q-result">
          <h2 id="q-result">{say.result}</h2>
          <TextField
            data-field="title"
            label={say.resultTitle}
            hint={say.resultHint}
            error={errorOf('title', say.resultTitle)}
            maxLength={LIMITS.taskTitle}
            autoComplete="off"
            dir="auto"
            value={answers.title}
            onChange={(event) => change({ title: event.target.value })}
          />
          <TextArea
            data-field="description"
            label={say.about}
            error={errorOf('description', say.about)}
            max={LIMITS.taskDescription}
            rows={3}
            dir="auto"
            value={answers.description}
            onChange={(event) => change({ description: event.target.value })}
          />
        </section>
        <section className={styles.question} aria-labelledby="q-lead">
          <h2 id="q-lead">{say.who}</h2>
          <Select
            data-field="coordinatingOpdId"
            label={say.coordinator}
            hint={say.coordinatorHint}
            error={errorOf('coordinatingOpdId', say.coordinator)}
            value={answers.coordinatingOpdId}
            onPick={(coordinatingOpdId) => change({ coordinatingOpdId, teamLeadId: '' })}
            choices={[choose, ...(opds.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <Select
            data-field="teamLeadId"
            label={say.teamLead}
            error={people.failed ? say.peopleFailed : errorOf('teamLeadId', say.teamLead)}
            value={answers.teamLeadId}
            onPick={(teamLeadId) => change({ teamLeadId })}
            choices={[
              { value: '', label: say.leadLater },
              ...(people.items ?? []).map(({ id, name, position }) => ({
                value: id,
                label: `${name} – ${position}`,
              })),
            ]}
          />
        </section>
        <section className={styles.question} aria-labelledby="q-opds">
          <h2 id="q-opds">{say.which}</h2>
          <p className={styles.muted}>{say.whichHint}</p>
          <OpdPicker
            legend={say.supporting}
            opds={supporting}
            chosen={answers.supportingOpdIds}
            onChange={(supportingOpdIds) => change({ supportingOpdIds })}
          />
          {errorOf('supportingOpdIds', say.supporting) && (
            <Banner tone="trouble">{errorOf('supportingOpdIds', say.supporting)}</Banner>
          )}
        </section>
        <section className={styles.question} aria-labelledby="q-when">
          <h2 id="q-when">{say.when}</h2>
          <DayField
            data-field="dueDate"
            label={say.due}
            error={errorOf('dueDate', say.due)}
            value={answers.due}
            onChange={(due) => change({ due })}
            shortcuts={[
              { label: say.inWeeks, day: addDays(today, 14) },
              { label: say.inMonth, day: addDays(today, 30) },
              { label: say.inQuarter, day: addDays(today, 90) },
            ]}
          />
        </section>
        {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
        <div className={styles.actions}>
          <Button type="submit" look="primary" busy={sent !== null}>
            {sent ? say.sending : say.create}
          </Button>
          <p className={styles.muted}>{kept.kept ? say.kept : say.notKept}</p>
        </div>
      </form>
    </>
  );
}
