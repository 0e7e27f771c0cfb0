import { Eye, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { LIMITS, normalizeText } from '#libs/contracts';
import { errorWords, fieldErrors, fieldWords } from '#libs/content';
import { useConnection } from '../app/live.js';
import { useWords } from '../app/words.js';
import { Banner, Button, showToast, TextArea } from '../kit/index.js';
import { personalDataHints } from './personal-data.js';
import { writtenProblem } from '../room/written-problem.js';
import { useRoomTools } from '../room/room-tools.js';
import type { KeptDraft } from '../room/use-draft.js';
import { useOutcome } from '../room/use-outcome.js';
import styles from '../room/panels.module.css';

/** A sentence for citizens, with a look at what must not be in it. */
export function PublicForm({ kept }: { kept: KeptDraft }) {
  const words = useWords();
  const { public: say, composer } = words.workspace;
  const { room } = useRoomTools();
  const online = useConnection().state === 'online';
  const { outcome, follow, reset } = useOutcome(room);
  const { draft, change, clear } = kept;
  const [problem, setProblem] = useState<string | null>(null);
  const [checked, setChecked] = useState(false);
  const hints = useMemo(() => personalDataHints(draft.text), [draft.text]);
  const sending = outcome.state === 'sending';

  useEffect(() => {
    if (outcome.state !== 'done' && !(sending && !online)) return;
    clear();
    setChecked(false);
    reset();
    showToast({ text: sending ? composer.offline : say.sent });
  }, [outcome, sending, online, clear, reset, composer, say]);

  const send = () => {
    if (sending) return;
    const wrong = writtenProblem(draft.text, { max: LIMITS.publicUpdateBody });
    const found = wrong
      ? fieldWords(wrong, say.label, words)
      : hints.length > 0 && !checked
        ? say.checkFirst
        : null;
    setProblem(found);
    if (found !== null) {
      document.querySelector<HTMLElement>('[data-field="public"]')?.focus();
      return;
    }
    follow(room.send('public-update.draft', { body: normalizeText(draft.text) }));
  };

  const refusal = outcome.state === 'refused' ? outcome.error : null;
  return (
    <form
      className={styles.forCitizens}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h2>{say.write}</h2>
      <p className={styles.warning}>
        <TriangleAlert size={18} aria-hidden="true" />
        {say.warning}
      </p>
      <TextArea
        data-field="public"
        label={say.label}
        hint={say.hint}
        error={problem ?? (refusal ? fieldErrors(refusal, words).body : null)}
        max={LIMITS.publicUpdateBody}
        rows={4}
        dir="auto"
        readOnly={sending}
        value={draft.text}
        onChange={(event) => {
          change({ text: event.target.value });
          setProblem(null);
          if (refusal) reset();
        }}
      />
      {hints.length > 0 && (
        <div className={styles.hints}>
          <ul>
            {hints.map((hint) => (
              <li key={hint}>{say.looksPersonal[hint]}</li>
            ))}
          </ul>
          <label className={styles.check}>
            <input type="checkbox" checked={checked} onChange={(event) => setChecked(event.target.checked)} />
            {say.sendAnyway}
          </label>
        </div>
      )}
      {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
      <div className={styles.actions}>
        <p className={styles.citizensNote}>
          <Eye size={18} aria-hidden="true" />
          {say.visibleToCitizens}
        </p>
        <Button type="submit" look="primary" busy={sending}>
          {sending ? words.workspace.message.states.sending : say.send}
        </Button>
      </div>
    </form>
  );
}
