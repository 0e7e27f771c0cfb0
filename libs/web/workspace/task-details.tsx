import { CircleCheck, CircleX, Clock, Circle, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { Acceptance, MemberView, TaskOpdView, TaskView } from '#libs/contracts';
import { dateWords, listWords, type Tone } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button, Chip, classes } from '../kit/index.js';
import { PublicLink } from '../publish/public-link.js';
import { usePublicPath } from '../publish/use-public-path.js';
import { Due } from './header-facts.js';
import styles from './workspace.module.css';

const ACCEPTANCE: Record<Acceptance, { tone: Tone; icon: LucideIcon }> = {
  NOT_REQUESTED: { tone: 'quiet', icon: Circle },
  PENDING: { tone: 'attention', icon: Clock },
  ACCEPTED: { tone: 'good', icon: CircleCheck },
  DECLINED: { tone: 'trouble', icon: CircleX },
};
const SHOWN_MEMBERS = 8;

/** Everything about the task that is not needed at every moment. */
export function TaskDetails({
  task,
  opds,
  members,
  people,
}: {
  task: TaskView;
  opds: readonly TaskOpdView[];
  members: readonly MemberView[];
  people: readonly string[] | null;
}) {
  const words = useWords();
  const { header, confidentiality } = words.workspace;
  const dates = dateWords(words.language);
  const path = usePublicPath(task);
  const supporting = opds.filter((opd) => !opd.coordinating);
  const letter = task.assignmentLetter;
  const facts: [label: string, value: React.ReactNode][] = [
    [
      header.about,
      task.description && (
        <span key="about" dir="auto">
          {task.description}
        </span>
      ),
    ],
    [header.coordinator, task.coordinatingOpd.name],
    [header.teamLead, <bdi key="lead">{task.teamLead?.name ?? header.noTeamLead}</bdi>],
    [header.steering, task.steering && <bdi key="steering">{task.steering.name}</bdi>],
    [header.started, task.startDate && dates.day(task.startDate)],
    [header.due, <Due key="due" task={task} />],
    [header.program, task.priorityProgram],
    [header.confidentiality, confidentiality[task.confidentiality]],
    [header.letter, letter && header.letterText(letter.kind, letter.number, dates.shortDay(letter.date))],
    [header.locations, task.locations.length > 0 && listWords(task.locations, words.language)],
    [words.workspace.public.pageTitle, path !== null && <PublicLink key="public" path={path} />],
    [header.partners, task.externalPartners.length > 0 && listWords(task.externalPartners, words.language)],
  ];
  return (
    <div className={styles.about}>
      <dl className={styles.aboutFacts}>
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <section>
        <h2>{header.supporting}</h2>
        {supporting.length === 0 && <p>{header.noSupporting}</p>}
        <ul role="list" className={styles.rows}>
          {supporting.map(({ opd, role, acceptance, reason }) => (
            <li key={opd.id}>
              <span>
                <strong title={opd.name}>{opd.abbreviation}</strong>
                <span className={styles.muted}>{role}</span>
                {acceptance === 'DECLINED' && reason && (
                  <span className={styles.muted}>{words.workspace.acceptanceReason(reason)}</span>
                )}
              </span>
              <Chip tone={ACCEPTANCE[acceptance].tone} icon={ACCEPTANCE[acceptance].icon}>
                {words.workspace.acceptance[acceptance]}
              </Chip>
            </li>
          ))}
        </ul>
      </section>
      <Team members={members} people={people} />
    </div>
  );
}

function Team({ members, people }: { members: readonly MemberView[]; people: readonly string[] | null }) {
  const { header } = useWords().workspace;
  const [all, setAll] = useState(false);
  const here = new Set(people ?? []);
  const shown = all ? members : members.slice(0, SHOWN_MEMBERS);
  const more = members.length - SHOWN_MEMBERS;
  return (
    <section>
      <h2>
        {header.team} <span className={styles.muted}>{header.members(members.length)}</span>
      </h2>
      {members.length === 0 && <p>{header.noTeam}</p>}
      <ul role="list" className={styles.rows}>
        {shown.map(({ person, teamRole }) => (
          <li key={person.id}>
            <span>
              <bdi>{person.name}</bdi>
              <span className={styles.muted}>
                {[person.opd, teamRole === 'KETUA_TIM' ? header.teamLead : ''].filter(Boolean).join(' · ')}
              </span>
            </span>
            {here.has(person.id) && (
              <span className={styles.here}>
                <span className={classes(styles.dot)} aria-hidden="true" />
                {header.here}
              </span>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button look="quiet" small aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? header.fewerMembers : header.moreMembers(more)}
        </Button>
      )}
    </section>
  );
}
