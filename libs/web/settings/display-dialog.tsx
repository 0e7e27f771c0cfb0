import { CHOICES, type Display, setDisplay, useDisplay } from '../app/display.js';
import { useToolWords } from '../app/later-words.js';
import { useWords } from '../app/words.js';
import { Choices } from '../kit/choices.js';
import { announce, Button, Dialog } from '../kit/index.js';
import styles from './settings.module.css';

const PLAIN: Omit<Display, 'keys'> = { theme: 'device', text: 'normal', motion: 'device' };

/** Tampilan: how this device shows things. Every choice holds at once; there is nothing to save. */
export function DisplayDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const { display: say } = useToolWords();
  const chosen = useDisplay();
  const plain = chosen.theme === 'device' && chosen.text === 'normal' && chosen.motion === 'device';
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.shell.display}
      actions={
        <Button look="primary" onClick={onClose}>
          {say.done}
        </Button>
      }
    >
      <p className={styles.lead}>{say.lead}</p>
      <Choices
        legend={words.shell.theme}
        choices={CHOICES.theme.map((value) => ({
          value,
          label: words.shell.themes[value],
          note: say.themeNotes[value],
        }))}
        value={chosen.theme}
        onPick={(theme) => setDisplay({ theme })}
      />
      <Choices
        legend={say.text}
        choices={CHOICES.text.map((value) => ({
          value,
          label: <span className={styles[value]}>{say.texts[value]}</span>,
        }))}
        value={chosen.text}
        onPick={(text) => setDisplay({ text })}
      />
      <Choices
        legend={say.motion}
        choices={CHOICES.motion.map((value) => ({
          value,
          label: say.motions[value],
          note: say.motionNotes[value],
        }))}
        value={chosen.motion}
        onPick={(motion) => setDisplay({ motion })}
      />
      {!plain && (
        <Button
          look="quiet"
          onClick={(event) => {
            // The button goes with what it undoes.
            event.currentTarget.closest('dialog')?.querySelector('input')?.focus();
            setDisplay(PLAIN);
            announce(say.reset);
          }}
        >
          {say.toPlain}
        </Button>
      )}
    </Dialog>
  );
}
