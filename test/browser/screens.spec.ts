import { expect, test, type Page } from '@playwright/test';
import { accessible, album, DESK, fillSignIn, official, PHONE, visitor, taskCard } from './people.js';

const LEAD = 'irwan.nasution@jambikota.example';
const SEKDA = 'rahmat.saragih@jambikota.example';
const PPID = 'ibrahim.saragih@jambikota.example';
const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';

const TABS = [
  ['Diskusi', 'diskusi'],
  ['Tahapan', 'tahapan'],
  ['Keputusan', 'keputusan'],
  ['Berkas', 'berkas'],
  ['Tim', 'tim'],
  ['Kabar publik', 'kabar'],
  ['Riwayat', 'riwayat'],
] as const;

async function openTask(page: Page): Promise<void> {
  await page.goto('/app/');
  await taskCard(page, /Penanganan titik genangan/).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Penanganan titik genangan');
}

// Colours do not depend on the width, nor the layout on the colours: two looks show both of each.
for (const { name, viewport, dark } of [
  { name: 'desktop-terang', viewport: DESK, dark: false },
  { name: 'ponsel-gelap', viewport: PHONE, dark: true },
]) {
  const looks = { viewport, dark, password };

  test(`every screen can be used by everybody: ${name}`, async ({ browser, baseURL }) => {
    test.setTimeout(240_000);
    const picture = album(`screens/${name}`);
    const url = baseURL ?? '';
    const look = async (page: Page, title: string) => {
      await picture(page, title);
      await accessible(page);
    };

    await test.step('signing in', async () => {
      const { context, page } = await visitor(browser, url, looks);
      await page.goto('/app/');
      await expect(page.getByRole('heading', { level: 1, name: 'Masuk' })).toBeVisible();
      await look(page, 'masuk');
      await context.close();
    });

    await test.step('a team lead', async () => {
      const { context, page } = await official(browser, url, { email: LEAD, ...looks });
      await expect(page.getByText('Perlu Bapak/Ibu lakukan', { exact: true })).toBeVisible();
      await look(page, 'beranda');
      await page.goto('/app/kotak-masuk');
      await expect(page.getByRole('heading', { level: 2, name: 'Perlu tindakan' })).toBeVisible();
      await look(page, 'kotak-masuk');
      await page.goto('/app/kejar-ketinggalan');
      await expect(page.getByRole('link', { name: /Penanganan titik genangan/ })).toBeVisible();
      await look(page, 'kejar-ketinggalan');
      await page.getByRole('link', { name: /Penanganan titik genangan/ }).click();
      await expect(page.getByRole('heading', { level: 3, name: 'Pertanyaan terbuka' })).toBeVisible();
      await look(page, 'kejar-ketinggalan-tugas');
      await page.goto('/app/tugas');
      await expect(page.getByRole('link', { name: /Penanganan titik genangan/ }).first()).toBeVisible();
      await look(page, 'tugas');
      await openTask(page);
      for (const [tab, title] of TABS) {
        await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
        await expect(page.getByRole('tabpanel', { name: new RegExp(`^${tab}`) })).toBeVisible();
        await look(page, title);
      }
      await page.getByRole('button', { name: 'Ikuti tugas ini: Yang penting' }).click();
      await expect(page.getByRole('button', { name: 'Semua kabar' })).toBeVisible();
      await look(page, 'ikuti');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Ubah status' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await look(page, 'ubah-status');
      await page.goto('/app/tidak-ada');
      await look(page, 'halaman-tidak-ada');
      await context.close();
    });

    await test.step('a leader', async () => {
      const { context, page } = await official(browser, url, { email: SEKDA, ...looks });
      await look(page, 'beranda-pimpinan');
      await page.goto('/app/pantauan');
      await expect(page.getByRole('heading', { level: 1, name: 'Pantauan' })).toBeVisible();
      await expect(page.getByText(/Penanganan titik genangan/).first()).toBeVisible();
      await look(page, 'pantauan');
      await page.getByText('Penanganan titik genangan').last().scrollIntoViewIfNeeded();
      await look(page, 'pantauan-daftar');
      await context.close();
    });

    await test.step('the PPID', async () => {
      const { context, page } = await official(browser, url, { email: PPID, ...looks });
      await page.goto('/app/tayang');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await look(page, 'tayang');
      await context.close();
    });

    await test.step('a citizen', async () => {
      const { context, page } = await visitor(browser, url, looks);
      await page.goto('/');
      await look(page, 'publik-daftar');
      await page
        .getByRole('link', { name: /genangan/ })
        .first()
        .click();
      await expect(page.getByRole('heading', { name: 'Kabar terbaru' })).toBeVisible();
      await look(page, 'publik-rincian');
      await page.goto('/pekerjaan/tidak-ada');
      await look(page, 'publik-tidak-ada');
      await context.close();
    });
  });
}

test('a citizen reads everything with script switched off', async ({ browser, baseURL }) => {
  const { context, page } = await visitor(browser, baseURL ?? '', { viewport: PHONE, script: false });
  await page.goto('/');
  await page
    .getByRole('link', { name: /genangan/ })
    .first()
    .click();
  await expect(page.getByText(/Endapan di 12 saluran prioritas selesai diangkat/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Muat ulang' })).toBeVisible();
  await context.close();
});

test('who may not see a task is told what to do', async ({ browser, baseURL }) => {
  const lead = await official(browser, baseURL ?? '', { email: LEAD, password });
  await openTask(lead.page);
  const address = lead.page.url();
  await lead.context.close();
  const other = await official(browser, baseURL ?? '', { email: 'sri.ningsih@jambikota.example', password });
  await other.page.goto(address);
  await expect(other.page.getByText(/Tidak ditemukan, atau Bapak\/Ibu tidak punya akses/)).toBeVisible();
  await album('screens')(other.page, 'tidak-punya-akses');
  await accessible(other.page);
  await other.context.close();
});

test('a wrong password says what to do, and what was typed stays', async ({ browser, baseURL }) => {
  const { context, page } = await visitor(browser, baseURL ?? '', { viewport: PHONE });
  await fillSignIn(page, LEAD, 'bukan ini');
  await expect(page.getByRole('main').getByText(/Tersisa 4/)).toBeVisible();
  await expect(page.getByLabel('NIP atau surel')).toHaveValue(LEAD);
  const field = page.getByLabel('Kata sandi', { exact: true });
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(/Tersisa 4/);
  await album('screens')(page, 'masuk-gagal');
  await accessible(page);
  await context.close();
});
