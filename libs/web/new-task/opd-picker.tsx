import { X } from 'lucide-react';
import { useId, useState } from 'react';
import type { OpdChoice } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { Button, TextField } from '../kit/index.js';
import styles from './new-task.module.css';

/** Several units, from a list that typing narrows; the chosen ones stand above it. */
export function OpdPicker({
  legend,
  opds,
  chosen,
  onChange,
}: {
  legend: string;
  opds: readonly OpdChoice[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const { newTask: say } = useWords().workspace;
  const [sought, setSought] = useState('');
  const id = useId();
  const fits = ({ name, abbreviation }: OpdChoice) =>
    `${name} ${abbreviation}`.toLowerCase().includes(sought.trim().toLowerCase());
  const shown = opds.filter(fits);
  const toggle = (opdId: string) =>
    onChange(chosen.includes(opdId) ? chosen.filter((one) => one !== opdId) : [...chosen, opdId]);
  return (
    <fieldset className={styles.picker}>
      <legend>{legend}</legend>
      {chosen.length > 0 && (
        <ul role="list" className={styles.chosen}>
          {chosen.map((opdId) => {
            const opd = opds.find((one) => one.id === opdId);
            if (!opd) return null;
            return (
              <li key={opdId}>
                <Button small aria-label={say.removeOpd(opd.name)} onClick={() => toggle(opdId)}>
                  {opd.abbreviation}
                  <X size={16} aria-hidden="true" />
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <TextField
        label={say.seekOpd}
        type="search"
        autoComplete="off"
        maxLength={100}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      <div className={styles.options} tabIndex={-1}>
        {shown.map((opd) => (
          <label key={opd.id} htmlFor={`${id}-${opd.id}`} className={styles.option}>
            <input
              id={`${id}-${opd.id}`}
              type="checkbox"
              checked={chosen.includes(opd.id)}
              onChange={() => toggle(opd.id)}
            />
            <span>
              {opd.name}
              <span className={styles.muted}>{opd.abbreviation}</span>
            </span>
          </label>
        ))}
        {shown.length === 0 && <p className={styles.muted}>{say.noOpd}</p>}
      </div>
    </fieldset>
  );
}
