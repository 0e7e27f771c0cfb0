import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../app/words.js';
import { classes } from '../kit/index.js';
import { type Part, type Tab, TABS } from '../room/place.js';
import styles from './workspace.module.css';

const panelId = (tab: Tab) => `panel-${tab}`;
const tabId = (tab: Tab) => `tab-${tab}`;

/** The parts of the workspace. Arrow keys, Home and End move between them; on a phone the row scrolls sideways. */
export function Tabs({
  chosen,
  counts,
  onChoose,
}: {
  chosen: Part;
  /** What waits in a part, as a number and in words. */
  counts: Partial<Record<Tab, number>>;
  onChoose: (tab: Tab) => void;
}) {
  const { tabs } = useWords().workspace;
  const list = useRef<HTMLDivElement>(null);
  const labels: Record<Tab, string> = {
    diskusi: tabs.discussion,
    tahapan: tabs.milestones,
    keputusan: tabs.decisions,
    'serah-terima': tabs.handovers,
    berkas: tabs.files,
    tim: tabs.team,
    kabar: tabs.public,
    riwayat: tabs.history,
  };

  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    // Only the row itself is scrolled: the page stays where it is.
    if (tab && list.current)
      list.current.scrollLeft = tab.offsetLeft - (list.current.clientWidth - tab.offsetWidth) / 2;
  }, [chosen]);

  // With none of them chosen the first is where Tab leads.
  const reached = TABS.find((tab) => tab === chosen) ?? TABS[0];

  const onKeyDown = (event: KeyboardEvent) => {
    const at = TABS.findIndex((tab) => tabId(tab) === event.currentTarget.id);
    const next = {
      ArrowRight: (at + 1) % TABS.length,
      ArrowLeft: (at - 1 + TABS.length) % TABS.length,
      Home: 0,
      End: TABS.length - 1,
    }[event.key];
    const tab = next === undefined ? undefined : TABS[next];
    if (!tab) return;
    event.preventDefault();
    onChoose(tab);
    document.getElementById(tabId(tab))?.focus();
  };

  return (
    <div ref={list} role="tablist" aria-label={tabs.label} className={styles.tabs}>
      {TABS.map((tab) => {
        const count = counts[tab] ?? 0;
        return (
          <button
            key={tab}
            id={tabId(tab)}
            type="button"
            role="tab"
            aria-selected={tab === chosen}
            aria-controls={tab === chosen ? panelId(tab) : undefined}
            tabIndex={tab === reached ? 0 : -1}
            className={classes(styles.tab, tab === chosen && styles.chosen)}
            onClick={() => onChoose(tab)}
            onKeyDown={onKeyDown}
          >
            {labels[tab]}
            {count > 0 && (
              <span className={styles.count}>
                <span aria-hidden="true">{count}</span>
                <span className="visually-hidden">{tabs.waiting(count)}</span>
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}

/** The chosen part. `alone`: the row of tabs is away, and with it what names the panel. */
export function TabPanel({ tab, alone, children }: { tab: Tab; alone: boolean; children: ReactNode }) {
  if (alone) return <div className={styles.panel}>{children}</div>;
  return (
    <div role="tabpanel" id={panelId(tab)} aria-labelledby={tabId(tab)} className={styles.panel}>
      {children}
    </div>
  );
}
