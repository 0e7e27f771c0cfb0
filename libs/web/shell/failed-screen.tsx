import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { isAppError } from '#libs/contracts';
import { errorWords } from '#libs/content';
import { useWords } from '../app/words.js';
import { Button, buttonClass } from '../kit/button.js';
import { EmptyState } from '../kit/empty-state.js';
import { PageTitle } from '../kit/page-title.js';
import styles from './failed-screen.module.css';

/** A screen that could not be made: what failed, what is safe, one button. */
export function FailedScreen({ error, reset }: ErrorComponentProps) {
  const words = useWords();
  const router = useRouter();
  const refusal = isAppError(error) ? error : null;
  const unreachable = refusal?.code === 'unavailable';
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className={styles.page}>
      <PageTitle title={unreachable ? words.shell.sessionUnknown : words.shell.failed} />
      <p className={styles.text}>
        {unreachable
          ? words.shell.sessionUnknownText
          : refusal
            ? errorWords(refusal.toWire(), words)
            : words.shell.failedText}
      </p>
      <p>
        {refusal ? (
          <Button look="primary" onClick={again}>
            {words.common.retry}
          </Button>
        ) : (
          <Button look="primary" onClick={() => window.location.reload()}>
            {words.shell.reload}
          </Button>
        )}
      </p>
    </main>
  );
}

/** No such place, or none for this person: both read the same. */
export function NotFoundScreen() {
  const words = useWords();
  return (
    <main className={styles.page}>
      <PageTitle title={words.shell.notFound} />
      <EmptyState
        title={words.shell.notFoundText}
        action={
          <Link to="/" className={buttonClass('primary')}>
            {words.shell.toHome}
          </Link>
        }
      />
    </main>
  );
}
