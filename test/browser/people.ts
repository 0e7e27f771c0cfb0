import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';

export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 360, height: 740 };

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export interface Looks {
  viewport?: { width: number; height: number };
  dark?: boolean;
  script?: boolean;
}

export interface Person {
  context: BrowserContext;
  page: Page;
}

/** Somebody with a browser of their own, not signed in. */
export async function visitor(browser: Browser, url: string, looks: Looks = {}): Promise<Person> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: looks.viewport ?? DESK,
    colorScheme: looks.dark ? 'dark' : 'light',
    javaScriptEnabled: looks.script ?? true,
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    reducedMotion: 'reduce',
  });
  return { context, page: await context.newPage() };
}

export async function fillSignIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/app/');
  await page.getByLabel('NIP atau surel').fill(login);
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
}

/** Somebody with an account, at their first screen. */
export async function official(
  browser: Browser,
  url: string,
  { email, password, ...looks }: Looks & { email: string; password: string },
): Promise<Person> {
  const person = await visitor(browser, url, looks);
  await fillSignIn(person.page, email, password);
  await expect(person.page.getByRole('heading', { level: 1 })).toContainText(/Selamat/);
  return person;
}

/** The link of a task's card on Beranda, whatever else there leads to the task. */
export function taskCard(page: Page, name: RegExp): Locator {
  return page.getByRole('article').getByRole('link', { name });
}

/** Numbers the pictures of one story and keeps them. */
export function album(name: string): (page: Page, title: string) => Promise<void> {
  const folder = fileURLToPath(new URL(`../../test-results/${name}/`, import.meta.url));
  let taken = 0;
  return async (page, title) => {
    mkdirSync(folder, { recursive: true });
    taken++;
    await page.screenshot({ path: `${folder}${String(taken).padStart(2, '0')}-${title}.png` });
  };
}

/** Neither a barrier that axe finds nor something that makes the page scroll sideways. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual(
    [],
  );
  const wider = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(wider).toBe(0);
}
