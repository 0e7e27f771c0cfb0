import type { TaskView } from '#libs/contracts';
import { dateWords, listWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { PublicLink } from '../publish/public-link.js';
import { usePublicPath } from '../publish/use-public-path.js';
import { Due } from './header-facts.js';
import styles from './workspace.module.css';

/** Everything about the task that is not needed at every moment. */
export function TaskDetails({ task }: { task: TaskView }) {
  const words = useWords();
  const { header, confidentiality } = words.workspace;
  const dates = dateWords(words.language);
  const path = usePublicPath(task);
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
    </div>
  );
}
