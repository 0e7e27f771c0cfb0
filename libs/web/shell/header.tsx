import { Link } from '@tanstack/react-router';
import { CircleHelp, CircleUserRound, Keyboard, Search, SunMoon } from 'lucide-react';
import { useState } from 'react';
import type { PositionView, SessionView } from '#libs/contracts';
import { errorWords, type Words } from '#libs/content';
import type { SimpulClient } from '#libs/client';
import { asAppError } from '../app/api.js';
import { useObservable } from '../app/live.js';
import { signOut } from '../app/session.js';
import { useWords } from '../app/words.js';
import { Banner } from '../kit/banner.js';
import { Button, buttonClass, classes } from '../kit/button.js';
import { Dialog } from '../kit/dialog.js';
import { Knot } from '../kit/knot.js';
import { Menu } from '../kit/menu.js';
import { useOpenOverlay } from './overlays.js';
import { LanguageChoice } from './preferences.js';
import styles from './shell.module.css';

export function Header({ session, client }: { session: SessionView; client: SimpulClient | null }) {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const leave = async (everywhere: boolean) => {
    setBusy(true);
    setProblem(null);
    try {
      await signOut(everywhere);
    } catch (error) {
      setProblem(errorWords(asAppError(error).toWire(), words));
      setBusy(false);
    }
  };

  const open = useOpenOverlay();

  return (
    <header className={styles.header}>
      <Link to="/" className={styles.mark}>
        <Knot />
        <span className={styles.product}>{words.product}</span>
      </Link>
      <span className={styles.opd}>
        <span className={styles.long}>{session.opd?.name ?? words.city}</span>
        <span className={styles.short}>{session.opd?.abbreviation ?? words.city}</span>
      </span>
      {client && (
        <Button
          look="quiet"
          className={styles.find}
          aria-label={words.shell.find}
          onClick={() => open('palette')}
        >
          <Search size={22} aria-hidden="true" />
          <span className={styles.name}>{words.shell.find}</span>
          <kbd className={styles.key} aria-hidden="true">
            Ctrl K
          </kbd>
        </Button>
      )}
      <Link
        to="/bantuan"
        className={classes(buttonClass('quiet'), styles.help)}
        aria-label={words.shell.help}
      >
        <CircleHelp size={22} aria-hidden="true" />
        <span className={styles.name}>{words.shell.help}</span>
      </Link>
      <Menu
        label={words.shell.profileOf(session.person.name)}
        button={
          <>
            <CircleUserRound size={24} aria-hidden="true" />
            <span className={styles.name}>{session.person.name}</span>
          </>
        }
      >
        {(close) => (
          <>
            <div>
              <p className={styles.person}>{session.person.name}</p>
              {session.positions.map((position) => (
                <p key={`${position.title} ${position.opd.id} ${position.mode}`} className={styles.position}>
                  {positionWords(position, words)}
                </p>
              ))}
            </div>
            <LanguageChoice />
            <Button
              onClick={() => {
                close();
                open('display');
              }}
            >
              <SunMoon size={20} aria-hidden="true" />
              {words.shell.display}
            </Button>
            <Button
              onClick={() => {
                close();
                open('keys');
              }}
            >
              <Keyboard size={20} aria-hidden="true" />
              {words.shell.keys}
            </Button>
            {client && <Unsent client={client} />}
            {problem && <Banner tone="trouble">{problem}</Banner>}
            <Button busy={busy} onClick={() => void leave(false)}>
              {words.shell.signOut}
            </Button>
            <Button
              look="quiet"
              onClick={() => {
                close();
                setAsking(true);
              }}
            >
              {words.shell.signOutEverywhere}
            </Button>
          </>
        )}
      </Menu>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.shell.signOutEverywhereQuestion}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{words.common.cancel}</Button>
            <Button look="primary" busy={busy} onClick={() => void leave(true)}>
              {words.shell.signOutEverywhere}
            </Button>
          </>
        }
      >
        <p>{words.shell.signOutEverywhereEffect}</p>
        {problem && <Banner tone="trouble">{problem}</Banner>}
      </Dialog>
    </header>
  );
}

/** Says before signing out what has not been sent and where it stays. */
function Unsent({ client }: { client: SimpulClient }) {
  const words = useWords();
  const { length } = useObservable(client.pending);
  return length > 0 ? <Banner tone="attention">{words.shell.signOutPending(length)}</Banner> : null;
}

function positionWords(position: PositionView, words: Words): string {
  return [words.mode[position.mode], position.title].filter(Boolean).join(' ');
}
