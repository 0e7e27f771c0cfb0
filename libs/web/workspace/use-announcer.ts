import { useEffect, useMemo } from 'react';
import { useWords } from '../app/words.js';
import { announce } from '../kit/index.js';
import { joinedAnnouncer } from './joined-announcer.js';

/** Says changes to screen readers through the page's one live region, joined when they come close together. */
export function useAnnouncer(): (text: string) => void {
  const { joined } = useWords().workspace;
  const announcer = useMemo(() => joinedAnnouncer(announce, joined), [joined]);
  useEffect(() => () => announcer.stop(), [announcer]);
  return announcer.say;
}
