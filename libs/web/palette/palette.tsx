import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useToolWords } from '../app/later-words.js';
import { useWords } from '../app/words.js';
import { Button, classes } from '../kit/index.js';
import { rank } from './matching.js';
import styles from './palette.module.css';
import { type Entry, type Group, useEntries } from './use-entries.js';

const GROUPS: readonly Group[] = ['here', 'topics', 'tasks', 'screens'];
/** Without a query each group shows its first; with one everything that fits, up to a bound. */
const MOST: Record<Group, number> = { here: 6, topics: 5, tasks: 6, screens: 12 };
const MOST_FOUND = 40;

/** "Cari atau lompat": a combobox over all places and actions; on a phone it fills the screen. */
export function Palette({
  onClose,
  openOther,
}: {
  onClose: () => void;
  openOther: (name: 'display' | 'keys') => void;
}) {
  const words = useWords();
  const { palette: say } = useToolWords();
  const entries = useEntries(openOther);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const shown = useMemo(() => {
    const found = rank(entries, query);
    const asked = query.trim() !== '';
    const some = asked
      ? found.slice(0, MOST_FOUND)
      : GROUPS.flatMap((group) => found.filter((entry) => entry.group === group).slice(0, MOST[group]));
    // The group with the best hit comes first.
    const order = asked ? [...new Set(some.map(({ group }) => group))] : GROUPS;
    return order
      .map((group) => ({ group, entries: some.filter((entry) => entry.group === group) }))
      .filter((part) => part.entries.length > 0);
  }, [entries, query]);
  const flat = shown.flatMap((part) => part.entries);
  const chosen = flat[Math.min(at, flat.length - 1)];
  const optionId = (entry: Entry) => `${id}-${flat.indexOf(entry)}`;

  const choose = (entry: Entry) => {
    onClose();
    // Once the dialog is gone and has given the focus back: what is done may take it.
    setTimeout(entry.act);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && flat.length > 0) {
      event.preventDefault();
      const next = (Math.min(at, flat.length - 1) + step + flat.length) % flat.length;
      setAt(next);
      list.current?.querySelectorAll('[role="option"]')[next]?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && chosen) {
      event.preventDefault();
      choose(chosen);
    }
  };

  return (
    <dialog
      ref={dialog}
      aria-label={words.shell.find}
      className={styles.palette}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles.head}>
        <Search size={22} aria-hidden="true" />
        <input
          type="text"
          role="combobox"
          aria-label={words.shell.find}
          aria-expanded={flat.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen && optionId(chosen)}
          aria-autocomplete="list"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="go"
          placeholder={say.hint}
          className={styles.input}
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
        />
        <Button look="quiet" square aria-label={words.common.close} onClick={onClose}>
          <X size={22} aria-hidden="true" />
        </Button>
      </div>
      <p role="status" className="visually-hidden">
        {query.trim() !== '' && say.count(flat.length)}
      </p>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={say.list} className={styles.list}>
        {shown.map(({ group, entries: some }) => (
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <div id={`${id}-${group}`} className={styles.group} role="presentation">
              {say.groups[group]}
            </div>
            {some.map((entry) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field keeps the focus and the keys
              <div
                key={entry.id}
                id={optionId(entry)}
                role="option"
                tabIndex={-1}
                aria-selected={entry === chosen}
                className={classes(styles.option, entry === chosen && styles.chosen)}
                onClick={() => choose(entry)}
                onMouseMove={() => setAt(flat.indexOf(entry))}
              >
                <span className={styles.label} dir="auto">
                  {entry.label}
                </span>
                {entry.note && <span className={styles.note}>{entry.note}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      {flat.length === 0 && <p className={styles.none}>{say.none(query.trim())}</p>}
      <p className={styles.foot} aria-hidden="true">
        {say.foot}
      </p>
    </dialog>
  );
}
