/** How somebody is looked for. */
export type SignInName = { nip: string } | { email: string };

/** What people type as their login: a NIP as it is printed, with blanks, or an e-mail in any case. */
export function signInName(login: string): SignInName {
  const text = login.replaceAll(/\s/g, '');
  return /^\d+$/.test(text) ? { nip: text } : { email: text.toLowerCase() };
}
