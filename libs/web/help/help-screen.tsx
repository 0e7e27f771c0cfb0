import { getRouteApi, Link, type LinkProps } from '@tanstack/react-router';
import { useState } from 'react';
import type { HelpAnswer } from '#libs/content';
import { useHelpWords } from '../app/later-words.js';
import { buttonClass, Button, EmptyState, PageTitle, TextField } from '../kit/index.js';
import { rank } from '../palette/matching.js';
import styles from './help.module.css';

const route = getRouteApi('/shell/bantuan');

/** Where each answer is put to use. */
const PLACES: Record<HelpAnswer, LinkProps['to']> = {
  masuk: '/',
  kejar: '/kejar-ketinggalan',
  baca: '/kotak-masuk',
  pesan: '/tugas',
  sebut: '/tugas',
  status: '/tugas',
  berkas: '/tugas',
  baru: '/tugas/baru',
  sinyal: '/tugas',
  tampilan: '/',
};

/** Bantuan: every answer on one page, searched in the browser. `?jawab=` opens one of them. */
export function HelpScreen() {
  const say = useHelpWords();
  const { jawab } = route.useSearch();
  const [query, setQuery] = useState('');
  const answers = (Object.keys(say.answers) as HelpAnswer[]).map((id) => {
    const answer = say.answers[id];
    return { id, ...answer, label: answer.question, note: answer.steps.join(' ') };
  });
  // What somebody was led to stands first.
  const ordered = [...answers].sort((a, b) => Number(b.id === jawab) - Number(a.id === jawab));
  const found = rank(ordered, query);

  return (
    <div className={styles.help}>
      <PageTitle title={say.title} />
      <p className={styles.muted}>{say.lead}</p>
      <TextField
        label={say.search}
        hint={say.searchHint}
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <p role="status" className="visually-hidden">
        {query.trim() !== '' && say.found(found.length)}
      </p>
      {found.length === 0 && (
        <EmptyState
          title={say.none(query.trim())}
          action={<Button onClick={() => setQuery('')}>{say.showAll}</Button>}
        />
      )}
      <div className={styles.answers}>
        {found.map(({ id, question, steps, place }) => (
          <details
            key={id}
            className={styles.answer}
            open={id === jawab || (query !== '' && found.length === 1)}
          >
            <summary>{question}</summary>
            <ol>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <Link to={PLACES[id]} className={buttonClass()}>
              {place}
            </Link>
          </details>
        ))}
      </div>
      <p className={styles.muted}>{say.more}</p>
    </div>
  );
}
