import { Circle, CircleCheck, CircleX, Clock, type LucideIcon, UserPlus } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Acceptance, MemberView, TaskOpdView, TaskView, WorkspaceRights } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { dateWords, jakartaDay, type Tone } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button, Chip } from '../kit/index.js';
import { PendingState } from '../room/pending-state.js';
import { Answers } from './acceptance-ask.js';
import { AppointDialog } from './appoint-dialog.js';
import { AskDialog } from './ask-dialog.js';
import { ReasonDialog } from './reason-dialog.js';
import styles from './team.module.css';

const ACCEPTANCE: Record<Acceptance, { tone: Tone; icon: LucideIcon }> = {
  NOT_REQUESTED: { tone: 'quiet', icon: Circle },
  PENDING: { tone: 'attention', icon: Clock },
  ACCEPTED: { tone: 'good', icon: CircleCheck },
  DECLINED: { tone: 'trouble', icon: CircleX },
};

interface TeamProps {
  task: TaskView;
  opds: readonly TaskOpdView[];
  members: readonly MemberView[];
  /** Who is in the room now. */
  people: readonly string[] | null;
  rights: WorkspaceRights;
  pending: readonly PendingCommand[];
}

/** Which units take part and who works on the task for them. */
export function TeamTab(props: TeamProps) {
  const { opds, members, rights, pending } = props;
  const { team: say, acceptedCount } = useWords().workspace;
  const [asking, setAsking] = useState(false);
  const close = useCallback(() => setAsking(false), []);
  const supporting = opds.filter(({ coordinating }) => !coordinating);
  const accepted = supporting.filter(({ acceptance }) => acceptance === 'ACCEPTED').length;
  const asks = pending.filter(({ type }) => type === 'opd.ask');
  return (
    <div className={styles.column}>
      <div className={styles.bar}>
        <p>
          <strong>{say.count(opds.length, members.length)}</strong>
          {supporting.length > 0 && ` · ${acceptedCount(accepted, supporting.length)}`}
        </p>
        {rights.askOpds && <Button onClick={() => setAsking(true)}>{say.askMore}</Button>}
      </div>
      {asks.map((command) => (
        <PendingState key={command.commandId} command={command} />
      ))}
      <ul role="list" className={styles.units}>
        {opds.map((opd) => (
          <Unit key={opd.opd.id} opd={opd} {...props} />
        ))}
      </ul>
      {asking && <AskDialog opds={opds} onClose={close} />}
    </div>
  );
}

function Unit({ opd, task, members, people, rights, pending }: TeamProps & { opd: TaskOpdView }) {
  const { team: say, acceptance: labels, acceptanceReason, header } = useWords().workspace;
  const [appointing, setAppointing] = useState(false);
  const close = useCallback(() => setAppointing(false), []);
  const { id } = opd.opd;
  const own = members.filter(({ opdId }) => opdId === id);
  const may = rights.appoint.includes(id);
  const look = ACCEPTANCE[opd.acceptance];
  return (
    <li className={styles.unit} data-acceptance={opd.acceptance}>
      <div className={styles.head}>
        <h3>{opd.opd.name}</h3>
        <Chip tone={look.tone} icon={look.icon}>
          {opd.coordinating ? header.coordinator : labels[opd.acceptance]}
        </Chip>
      </div>
      {opd.role && (
        <p className={styles.muted} dir="auto">
          {opd.role}
        </p>
      )}
      {opd.acceptance === 'DECLINED' && opd.reason && <p dir="auto">{acceptanceReason(opd.reason)}</p>}
      {opd.acceptance === 'DECLINED' && rights.answerOpds.includes(id) && (
        <Answers opd={opd.opd} pending={pending} declined />
      )}
      {own.length > 0 && (
        <ul role="list" className={styles.members}>
          {own.map((member) => (
            <Member
              key={member.person.id}
              member={member}
              here={people?.includes(member.person.id) ?? false}
              may={may}
              opd={opd}
              task={task}
              members={members}
            />
          ))}
        </ul>
      )}
      {own.length === 0 && opd.acceptance === 'ACCEPTED' && <p className={styles.muted}>{say.nobody}</p>}
      {pending
        .filter((one) => one.type === 'member.appoint' && one.data.opdId === id)
        .map((command) => (
          <PendingState key={command.commandId} command={command} />
        ))}
      {may && (
        <div className={styles.actions}>
          <Button small aria-label={say.appointIn(opd.opd.abbreviation)} onClick={() => setAppointing(true)}>
            <UserPlus size={18} aria-hidden="true" />
            {say.appointMore}
          </Button>
        </div>
      )}
      {appointing && <AppointDialog task={task} opd={opd} members={members} onClose={close} />}
    </li>
  );
}

function Member({
  member,
  here,
  may,
  opd,
  task,
  members,
}: {
  member: MemberView;
  here: boolean;
  may: boolean;
  opd: TaskOpdView;
  task: TaskView;
  members: readonly MemberView[];
}) {
  const words = useWords();
  const { team: say, header } = words.workspace;
  const dates = dateWords(words.language);
  const [dialog, setDialog] = useState<'change' | 'remove' | null>(null);
  const close = useCallback(() => setDialog(null), [setDialog]);
  const { person, teamRole, mode, until } = member;
  const over = until !== null && until !== undefined && until < jakartaDay();
  const facts = [
    say.roles[teamRole],
    mode === 'VOLUNTEERED' ? say.modes.VOLUNTEERED : '',
    until ? (over ? say.ended : say.ends)(dates.shortDay(until)) : '',
    here ? header.here : '',
  ];
  return (
    <li>
      <span className={styles.who}>
        <bdi>{person.name}</bdi>
        <span className={styles.muted}>{facts.filter(Boolean).join(' · ')}</span>
      </span>
      {may && (
        <span className={styles.actions}>
          <Button
            small
            look="quiet"
            aria-label={say.changeOf(person.name)}
            onClick={() => setDialog('change')}
          >
            {say.change}
          </Button>
          <Button
            small
            look="quiet"
            aria-label={say.removeOf(person.name)}
            onClick={() => setDialog('remove')}
          >
            {say.remove}
          </Button>
        </span>
      )}
      {dialog === 'change' && (
        <AppointDialog task={task} opd={opd} members={members} known={member} onClose={close} />
      )}
      {dialog === 'remove' && (
        <ReasonDialog
          wish={{ type: 'member.remove', data: { personId: person.id } }}
          title={say.removeTitle(person.name)}
          effect={say.removeEffect}
          action={say.remove}
          onClose={close}
        />
      )}
    </li>
  );
}
