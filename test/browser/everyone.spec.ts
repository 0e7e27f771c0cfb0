import { expect, test, type Page } from '@playwright/test';
import { accessible, album, official, PHONE } from './people.js';

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

test('everything is reached by the palette and by keys, which never act while somebody writes', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const picture = album('everyone/cari-atau-lompat');
  const { context, page } = await official(browser, baseURL ?? '', { email: LEAD, password });
  const field = page.getByRole('combobox', { name: 'Cari atau lompat' });

  // To a task in spite of a slip, by keys alone.
  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await picture(page, 'desktop');
  await accessible(page);
  await page.keyboard.type('drainse');
  await expect(page.getByRole('option', { selected: true })).toContainText('normalisasi drainase');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('normalisasi drainase');

  // What this screen can do, and its topics.
  await expect(page.getByRole('button', { name: 'Ubah status' })).toBeVisible();
  await page.keyboard.press('/');
  await expect(
    page.getByRole('group', { name: 'Topik tugas ini' }).getByRole('option').first(),
  ).toBeVisible();
  // In another form of the word: the summary can be written as well, so the thing is named too.
  await page.keyboard.type('menulis pesan');
  await page.keyboard.press('Enter');
  const composer = page.getByRole('textbox', { name: 'Tulis pesan' });
  await expect(composer).toBeFocused();
  await page.keyboard.type('? / g m');
  await expect(composer).toHaveValue('? / g m');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await composer.fill('');
  await page.getByRole('heading', { level: 1 }).focus();

  // The list of keys, and the switch.
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Daftar tombol' });
  await expect(keys).toBeVisible();
  await picture(page, 'daftar-tombol');
  await accessible(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page.getByRole('heading', { level: 1, name: 'Kotak Masuk' })).toBeVisible();
  await page.keyboard.press('?');
  await keys.getByRole('radio', { name: /^Mati/ }).check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await expect(page).toHaveURL(/kotak-masuk/);

  // On a phone it fills the screen.
  await page.setViewportSize(PHONE);
  await page.evaluate("document.documentElement.dataset.theme = 'contrast'");
  await accessible(page);
  await picture(page, 'ponsel');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Cari atau lompat' }).click();
  await expect(field).toBeFocused();
  await context.close();
});

test('help answers in the words of the screens, and the first week is known to the device alone', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const picture = album('everyone/bantuan');
  const { context, page } = await official(browser, baseURL ?? '', {
    email: LEAD,
    password,
    viewport: PHONE,
  });
  const week = page.getByText('Minggu pertama di Simpul');
  await expect(page.getByText('0 dari 5 sudah dicoba')).toBeVisible();
  await week.click();
  await accessible(page);
  await picture(page, 'minggu-pertama');

  await page.getByRole('link', { name: /^Caranya.*Sebut rekan dengan @/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bantuan' })).toBeFocused();
  await expect(page.getByText('Di dalam pesan, ketik @')).toBeVisible();
  for (const theme of ['light', 'dark', 'contrast']) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    await accessible(page);
    await picture(page, theme);
  }
  await page.getByLabel('Cari di Bantuan').fill('foto');
  await expect(page.getByText('Bagaimana mengunggah berkas atau foto?')).toBeVisible();
  await expect(page.getByText('Bagaimana cara masuk?')).toHaveCount(0);

  // What was tried is ticked off, and the list goes for good.
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.method()} ${request.postData() ?? ''}`));
  await page.getByRole('button', { name: /^Profil/ }).click();
  await page.getByRole('button', { name: 'Tampilan' }).click();
  await page.getByRole('button', { name: 'Selesai' }).click();
  await page.getByRole('link', { name: 'Beranda' }).click();
  await expect(page.getByText('1 dari 5 sudah dicoba')).toBeVisible();
  await week.click();
  await page.getByRole('button', { name: 'Jangan tampilkan lagi' }).click();
  await expect(week).toHaveCount(0);
  expect(asked.filter((request) => !request.startsWith('GET'))).toEqual([]);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Selamat');
  await expect(week).toHaveCount(0);
  await context.close();
});
