import { type FormEvent, useId, useState } from 'react';
import { addDays, LIMITS, type MemberView, type TaskOpdView, type TaskView } from '#libs/contracts';
import { errorWords, fieldErrors, fieldWords, jakartaDay } from '#libs/content';
import { usePeopleOf } from '../app/directory.js';
import { useWords } from '../app/words.js';
import { Banner, Button, Dialog, Select } from '../kit/index.js';
import { DayField } from '../kit/day-field.js';
import { asTyped, typedDay } from '../kit/typed-day.js';
import { useWish } from '../room/use-wish.js';
import styles from '../room/panels.module.css';

const QUARTER = 90;

/** A head takes somebody of the unit into the team, or changes their role or last day. */
export function AppointDialog({
  task,
  opd,
  members,
  known,
  onClose,
}: {
  task: TaskView;
  opd: TaskOpdView;
  members: readonly MemberView[];
  /** Somebody who is in the team already. */
  known?: MemberView;
  onClose: () => void;
}) {
  const words = useWords();
  const { team: say } = words.workspace;
  const people = usePeopleOf(opd.opd.id);
  const today = jakartaDay();
  const [personId, setPersonId] = useState(known?.person.id ?? '');
  const [teamRole, setTeamRole] = useState(known?.teamRole ?? 'ANGGOTA');
  const [mode, setMode] = useState(known?.mode ?? 'APPOINTED');
  const [until, setUntil] = useState(() => {
    const ends = known?.until ?? task.dueDate;
    return asTyped(ends && ends >= today ? ends : addDays(today, QUARTER));
  });
  const [problems, setProblems] = useState<{ personId?: string; until?: string }>({});
  const form = useId();
  const { room, follow, sending, refusal, reset } = useWish(onClose);
  const edit = (change: () => void) => {
    change();
    setProblems({});
    if (!sending) reset();
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const day = typedDay(until);
    const wrongDay =
      day === null
        ? 'not-a-date'
        : day < today || day > addDays(today, LIMITS.taskDays)
          ? 'out-of-range'
          : null;
    setProblems({
      ...(personId === '' && { personId: fieldWords({ rule: 'required' }, say.person, words) }),
      ...(wrongDay && { until: fieldWords({ rule: wrongDay }, say.until, words) }),
    });
    if (personId === '' || day === null || wrongDay) return;
    follow(room.send('member.appoint', { personId, opdId: opd.opd.id, teamRole, mode, until: day }));
  };

  const taken = new Set(members.map(({ person }) => person.id));
  const free = (people.items ?? []).filter(({ id }) => !taken.has(id));
  const refused = refusal ? fieldErrors(refusal, words) : {};
  return (
    <Dialog
      open
      onClose={onClose}
      title={known ? say.changeTitle(known.person.name) : say.appointTitle(opd.opd.abbreviation)}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={sending}>
            {sending ? say.sending : known ? say.save : say.appoint}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        {!known && (
          <Select
            label={say.person}
            error={people.failed ? say.peopleFailed : (problems.personId ?? refused.personId)}
            value={personId}
            onPick={(picked) => edit(() => setPersonId(picked))}
            choices={[
              { value: '', label: say.choosePerson },
              ...free.map(({ id, name, position }) => ({ value: id, label: `${name} – ${position}` })),
            ]}
          />
        )}
        {opd.coordinating && (
          <Select
            label={say.role}
            hint={say.roleHint}
            error={refused.teamRole}
            value={teamRole}
            onPick={(picked) => edit(() => setTeamRole(picked))}
            choices={(['ANGGOTA', 'KETUA_TIM'] as const).map((value) => ({ value, label: say.roles[value] }))}
          />
        )}
        <Select
          label={say.mode}
          hint={mode === 'VOLUNTEERED' ? say.consent : undefined}
          value={mode}
          onPick={(picked) => edit(() => setMode(picked))}
          choices={(['APPOINTED', 'VOLUNTEERED'] as const).map((value) => ({
            value,
            label: say.modes[value],
          }))}
        />
        <DayField
          label={say.until}
          error={problems.until ?? refused.until}
          value={until}
          onChange={(typed) => edit(() => setUntil(typed))}
        />
        {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
      </form>
    </Dialog>
  );
}
