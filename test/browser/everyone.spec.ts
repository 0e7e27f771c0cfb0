import { expect, test, type Page } from '@playwright/test';
import { accessible, album, official } from './people.js';

const LEAD = 'irwan.nasution@jambikota.example';
const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';

const THEMES = ['Terang', 'Gelap', 'Kontras tinggi'];

/** The dialog of the account menu, by keyboard alone. */
async function openDisplay(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Profil/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Tampilan' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Tampilan' })).toBeVisible();
}

const ofRoot = (page: Page, what: string) => page.evaluate<string>(`document.documentElement.${what}`);

test('the display is chosen for the device: at once, in every tab, and before the first paint', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const picture = album('everyone/tampilan');
  const { context, page } = await official(browser, baseURL ?? '', {
    email: LEAD,
    password,
    viewport: { width: 320, height: 640 },
  });
  const other = await context.newPage();
  await other.goto('/app/tugas');
  await expect(other.getByRole('heading', { level: 1, name: 'Tugas' })).toBeVisible();

  await openDisplay(page);
  const dialog = page.getByRole('dialog', { name: 'Tampilan' });
  await dialog.getByRole('radio', { name: 'Sangat besar' }).check();
  for (const theme of THEMES) {
    await dialog.getByRole('radio', { name: new RegExp(`^${theme}`) }).check();
    await accessible(page);
    await picture(page, theme.toLowerCase().replace(' ', '-'));
  }
  await dialog.getByRole('radio', { name: 'Ikuti perangkat Seperti' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: /^Kurangi/ })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Profil/ })).toBeFocused();

  await expect.poll(() => ofRoot(other, 'dataset.theme')).toBe('contrast');
  expect(await ofRoot(other, 'dataset.text')).toBe('larger');
  await accessible(other);
  await picture(other, 'tugas-di-tab-lain');

  // Where the scripts never come the page still wears what was chosen.
  await context.route('**/assets/*.js', (route) => route.abort());
  await other.reload({ waitUntil: 'domcontentloaded' });
  expect(await ofRoot(other, 'dataset.theme')).toBe('contrast');
  expect(await other.evaluate<string>('getComputedStyle(document.documentElement).fontSize')).toBe('20.8px');
  await context.close();
});
