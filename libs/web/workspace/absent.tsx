import { Link } from '@tanstack/react-router';
import type { ThreadView, WireError } from '#libs/contracts';
import type { PendingCommand } from '#libs/client';
import { errorWords } from '#libs/content';
import { useSession } from '../app/session.js';
import { useWords } from '../app/words.js';
import { Button, buttonClass, EmptyState, PageTitle } from '../kit/index.js';
import { Unsent } from '../composer/composer.js';
import { draftsOf } from '../room/drafts.js';
import { deviceStore } from '../room/use-draft.js';
import styles from './workspace.module.css';

/** There is no such room, or none for this person: both read the same. */
export function Absent() {
  const { page } = useWords().workspace;
  return (
    <div className={styles.absent}>
      <PageTitle title={page.notFoundTitle} />
      <EmptyState title={page.notFound} action={<Home />} />
    </div>
  );
}

/** The room could not be opened for another reason. */
export function Failed({ error, onAgain }: { error: WireError | undefined; onAgain: () => void }) {
  const words = useWords();
  const { page } = words.workspace;
  return (
    <div className={styles.absent}>
      <PageTitle title={page.failedTitle} />
      <EmptyState
        title={error ? errorWords(error, words) : page.failed}
        action={
          <Button look="primary" onClick={onAgain}>
            {page.tryAgain}
          </Button>
        }
      />
    </div>
  );
}

/** The reader was in the room and is no longer. What was written and not sent can still be taken along. */
export function Closed({
  taskId,
  removed,
  threads,
  pending,
}: {
  taskId: string;
  removed: boolean;
  threads: readonly ThreadView[];
  pending: readonly PendingCommand[];
}) {
  const { workspace: words } = useWords();
  const { person } = useSession();
  const store = deviceStore();
  const drafts = store ? draftsOf(store, person.id, taskId) : [];
  const unsent = pending.flatMap((command) => {
    const text = textOf(command);
    return text === null ? [] : [{ key: command.commandId, text, label: words.page.closedDraft }];
  });
  const texts = [
    ...unsent,
    ...drafts.map(({ place, draft }) => {
      const topic = threads.find((thread) => thread.id === place)?.title;
      return {
        key: place,
        text: draft.text,
        label: topic === undefined ? words.page.closedDraft : words.page.draftIn(topic),
      };
    }),
  ];
  return (
    <div className={styles.absent}>
      <PageTitle title={words.page.closedTitle} />
      <EmptyState title={removed ? words.page.closedRemoved : words.page.closedRights} action={<Home />} />
      {texts.length > 0 && (
        <section className={styles.unsent}>
          <h2>{words.page.closedDrafts}</h2>
          {texts.map(({ key, text, label }) => (
            <Unsent key={key} text={text} label={label} />
          ))}
        </section>
      )}
    </div>
  );
}

function Home() {
  const { page } = useWords().workspace;
  return (
    <Link to="/" className={buttonClass('primary')}>
      {page.toHome}
    </Link>
  );
}

function textOf(command: PendingCommand): string | null {
  switch (command.type) {
    case 'message.post':
    case 'message.edit':
    case 'public-update.draft':
    case 'summary.write':
      return command.data.body;
    case 'opd.answer':
    case 'member.remove':
    case 'message.delete':
    case 'decision.extend':
      return command.data.reason ?? null;
    case 'thread.resolve':
      return command.data.conclusion;
    case 'message.react':
    case 'message.pin':
    case 'thread.reopen':
    case 'milestone.move':
    case 'opd.ask':
    case 'member.appoint':
    case 'decision.withdraw':
    case 'decision.undo':
      return null;
    case 'milestone.add':
    case 'milestone.plan':
    case 'thread.open':
    case 'task.create':
    case 'decision.request':
      return command.data.title;
    case 'handover.open':
      return [command.data.title, command.data.what].join('\n\n');
    case 'decision.decide':
    case 'handover.move':
      return command.data.note ?? null;
    case 'decision.clarify':
      return command.data.answer;
    case 'task.change-status':
      return [command.data.note, command.data.publicSentence].filter(Boolean).join('\n\n');
    case 'milestone.change':
      return command.data.note ?? null;
  }
}
