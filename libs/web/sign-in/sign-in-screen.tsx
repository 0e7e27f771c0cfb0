import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Eye, EyeOff } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { errorWords, fieldErrors, fieldWords } from '#libs/content';
import { asAppError } from '../app/api.js';
import { signIn } from '../app/session.js';
import { textWords } from '../app/text-words.js';
import { useWords } from '../app/words.js';
import { announce, Banner, Button, Field, Knot, PageTitle, TextField } from '../kit/index.js';
import { Preferences } from '../shell/preferences.js';
import styles from './sign-in-screen.module.css';

const route = getRouteApi('/masuk');
const LOGIN = { max: 254 };
const PASSWORD_MAX = 200;

export function SignInScreen() {
  const words = useWords();
  const router = useRouter();
  const { to, why } = route.useSearch();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const check = () => {
    const problems: Record<string, string> = {};
    const wrongLogin = textWords(login, LOGIN, words.signIn.login, words);
    if (wrongLogin) problems.login = wrongLogin;
    // A password may be any characters; only its presence and length are asked here.
    if (password === '') problems.password = fieldWords({ rule: 'required' }, words.signIn.password, words);
    if (password.length > PASSWORD_MAX) {
      problems.password = fieldWords({ rule: 'too-long', limit: PASSWORD_MAX }, words.signIn.password, words);
    }
    return problems;
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const problems = check();
    setWrong(problems);
    setRefusal(null);
    if (Object.keys(problems).length > 0) return focusFirstWrong(problems);
    setBusy(true);
    try {
      await signIn({ login, password });
      await router.navigate({ href: to ?? '/', replace: true });
    } catch (error) {
      const wire = asAppError(error).toWire();
      const atFields = fieldErrors(wire, words);
      const text = errorWords(wire, words);
      // Nobody is told which of the two is wrong; the password is what cannot be seen, and is typed again.
      const refused: Record<string, string> = wire.code === 'sign-in.failed' ? { password: text } : atFields;
      setWrong(refused);
      setBusy(false);
      if (Object.keys(refused).length > 0) return focusFirstWrong(refused);
      setRefusal(text);
      announce(text);
    }
  };

  const focusFirstWrong = (problems: Record<string, string>) => {
    const name = ['login', 'password'].find((field) => problems[field]);
    // Once its error stands at the field: it is read together with the field.
    if (name)
      requestAnimationFrame(() => {
        const field = form.current?.querySelector<HTMLInputElement>(`[name=${name}]`);
        field?.focus();
        field?.select();
      });
  };

  return (
    <main className={styles.page}>
      <div className={styles.brand}>
        <Knot size={44} />
        <div>
          <p className={styles.product}>{words.product}</p>
          <p className={styles.tagline}>{words.tagline}</p>
        </div>
      </div>
      <div className={styles.card}>
        <PageTitle title={words.signIn.title} />
        <p className={styles.lead}>{words.signIn.lead}</p>
        {why === 'ended' && (
          <Banner tone="info">
            {words.signIn.ended} {to && words.signIn.placeKept}
          </Banner>
        )}
        {why === 'left' && <Banner tone="good">{words.signIn.signedOut}</Banner>}
        <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
          {refusal && <Banner tone="trouble">{refusal}</Banner>}
          <TextField
            label={words.signIn.login}
            hint={words.signIn.loginHint}
            error={wrong.login}
            name="login"
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            required
            value={login}
            onChange={(event) => setLogin(event.target.value)}
          />
          <Field label={words.signIn.password} error={wrong.password}>
            {(input) => (
              <div className={styles.password}>
                <input
                  {...input}
                  type={shown ? 'text' : 'password'}
                  name="password"
                  autoComplete="current-password"
                  autoCapitalize="none"
                  autoCorrect="off"
                  spellCheck={false}
                  required
                  value={password}
                  onChange={(event) => setPassword(event.target.value)}
                />
                <Button
                  square
                  aria-label={shown ? words.signIn.hide : words.signIn.show}
                  aria-pressed={shown}
                  onClick={() => setShown(!shown)}
                >
                  {shown ? <EyeOff size={22} aria-hidden="true" /> : <Eye size={22} aria-hidden="true" />}
                </Button>
              </div>
            )}
          </Field>
          <Button type="submit" look="primary" busy={busy}>
            {busy ? words.signIn.busy : words.signIn.submit}
          </Button>
        </form>
        <p className={styles.help}>{words.signIn.help}</p>
      </div>
      <div className={styles.foot}>
        <Preferences />
        <a href="/">{words.signIn.public}</a>
      </div>
    </main>
  );
}
