import { type FormEvent, useId, useState } from 'react';
import { LIMITS, normalizeText, type TaskOpdView } from '#libs/contracts';
import { errorWords, fieldErrors, fieldWords } from '#libs/content';
import { useOpds } from '../app/directory.js';
import { useWords } from '../app/words.js';
import { Banner, Button, Dialog, Select, TextField } from '../kit/index.js';
import { useWish } from '../room/use-wish.js';
import styles from '../room/panels.module.css';

/** One more unit, or one that declined once more. */
export function AskDialog({ opds, onClose }: { opds: readonly TaskOpdView[]; onClose: () => void }) {
  const words = useWords();
  const { team: say } = words.workspace;
  const all = useOpds();
  const [opdId, setOpdId] = useState('');
  const [role, setRole] = useState('');
  const [missing, setMissing] = useState(false);
  const form = useId();
  const { room, follow, sending, refusal } = useWish(onClose);
  const taken = new Set(opds.filter(({ acceptance }) => acceptance !== 'DECLINED').map(({ opd }) => opd.id));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    setMissing(opdId === '');
    if (opdId === '') return;
    const wanted = normalizeText(role);
    follow(room.send('opd.ask', { opdId, ...(wanted !== '' && { role: wanted }) }));
  };
  const refused = refusal ? fieldErrors(refusal, words) : {};
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.askTitle}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={sending}>
            {sending ? say.sending : say.ask}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <Select
          label={say.opd}
          error={
            all.failed
              ? words.workspace.newTask.opdsFailed
              : missing
                ? fieldWords({ rule: 'required' }, say.opd, words)
                : refused.opdId
          }
          value={opdId}
          onPick={setOpdId}
          choices={[
            { value: '', label: words.workspace.newTask.choose },
            ...(all.items ?? [])
              .filter(({ id }) => !taken.has(id))
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextField
          label={say.opdRole}
          hint={say.opdRoleHint}
          maxLength={LIMITS.opdRole}
          autoComplete="off"
          dir="auto"
          value={role}
          onChange={(event) => setRole(event.target.value)}
        />
        {refusal && <Banner tone="trouble">{errorWords(refusal, words)}</Banner>}
      </form>
    </Dialog>
  );
}
