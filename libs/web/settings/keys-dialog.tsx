import { CHOICES, setDisplay, useDisplay } from '../app/display.js';
import { useToolWords } from '../app/later-words.js';
import { useSession } from '../app/session.js';
import { useWords } from '../app/words.js';
import { Choices } from '../kit/choices.js';
import { Button, Dialog } from '../kit/index.js';
import styles from './settings.module.css';

type Row = [keys: readonly string[], what: string];

/** Daftar tombol: every key, and the switch for those that act alone. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const { keys: say } = useToolWords();
  const session = useSession();
  const { keys } = useDisplay();
  const { places, find } = words.shell;
  const always: Row[] = [
    [['Ctrl', 'K'], find],
    [['Ctrl', 'Enter'], say.send],
    [['@'], say.mention],
    [['↑', '↓'], say.rows],
    [['Esc'], say.close],
  ];
  const single: Row[] = [
    [['?'], words.shell.keys],
    [['/'], find],
    [['G', 'B'], places.home],
    [['G', 'M'], places.inbox],
    [['G', 'T'], places.tasks],
    ...(session.boards.length > 0 ? ([[['G', 'P'], places.board]] as Row[]) : []),
    [['N'], say.write],
    [['R'], say.reply],
    [['[', ']'], say.topics],
  ];
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.shell.keys}
      actions={
        <Button look="primary" onClick={onClose}>
          {say.done}
        </Button>
      }
    >
      <p className={styles.lead}>{say.lead}</p>
      <Rows title={say.always} rows={always} />
      <Choices
        legend={say.single}
        choices={CHOICES.keys.map((value) => ({
          value,
          label: say.switch[value],
          note: say.switchNotes[value],
        }))}
        value={keys}
        onPick={(picked) => setDisplay({ keys: picked })}
      />
      {keys === 'on' && <Rows title={say.singleList} rows={single} />}
    </Dialog>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <section className={styles.keys}>
      <h3>{title}</h3>
      <dl>
        {rows.map(([keys, what]) => (
          <div key={keys.join(' ')}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
