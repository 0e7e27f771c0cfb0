import { useEffect, useState } from 'react';
import type { SimpulClient } from '#libs/client';
import { useObservable } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner } from '../kit/banner.js';
import { announce } from '../kit/live-region.js';
import styles from './shell.module.css';

const CALM_MS = 3_000;
const BACK_MS = 4_000;

type Notice = { kind: 'silent' } | { kind: 'lost' } | { kind: 'back'; sent: number };

/** Green is silent. A connection lost for three seconds is said, and so is its return, with what was sent. */
export function ConnectionBanner({ client }: { client: SimpulClient }) {
  const words = useWords();
  const notice = useNotice(client);
  const text =
    notice.kind === 'lost' ? words.shell.lost : notice.kind === 'back' ? words.shell.back(notice.sent) : null;

  useEffect(() => {
    if (text) announce(text);
  }, [text]);

  if (!text) return null;
  return (
    <div className={styles.notice}>
      <Banner tone={notice.kind === 'lost' ? 'attention' : 'good'}>{text}</Banner>
    </div>
  );
}

function useNotice(client: SimpulClient): Notice {
  const { state } = useObservable(client.connection);
  const pending = useObservable(client.pending);
  const [notice, setNotice] = useState<Notice>({ kind: 'silent' });
  // Everything that waited at some moment of the outage.
  const [waited] = useState(() => new Set<string>());
  const online = state === 'online';

  useEffect(() => {
    if (!online) for (const command of pending) waited.add(command.commandId);
  }, [online, pending, waited]);

  useEffect(() => {
    if (online) return;
    const timer = setTimeout(() => setNotice({ kind: 'lost' }), CALM_MS);
    return () => clearTimeout(timer);
  }, [online]);

  const lost = notice.kind === 'lost';
  const left = pending.filter(
    (command) => waited.has(command.commandId) && command.state !== 'failed',
  ).length;

  useEffect(() => {
    if (!online || (lost && left > 0)) return;
    if (lost) setNotice({ kind: 'back', sent: [...waited].filter((id) => !isIn(client, id)).length });
    waited.clear();
  }, [online, lost, left, client, waited]);

  const back = notice.kind === 'back';
  useEffect(() => {
    if (!back) return;
    const timer = setTimeout(() => setNotice({ kind: 'silent' }), BACK_MS);
    return () => clearTimeout(timer);
  }, [back]);

  return online && lost && left > 0 ? { kind: 'silent' } : notice;
}

function isIn(client: SimpulClient, commandId: string): boolean {
  return client.pending.get().some((command) => command.commandId === commandId);
}
