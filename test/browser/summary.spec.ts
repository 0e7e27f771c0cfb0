import { expect, test, type Page } from '@playwright/test';
import { accessible, album, official, PHONE, taskCard } from './people.js';

const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';
const TASK = /Penanganan titik genangan/;

const summary = (page: Page) => page.getByRole('region', { name: 'Ringkasan' });
const field = (page: Page) => summary(page).getByLabel('Isi ringkasan');
const press = (page: Page, name: string | RegExp) => summary(page).getByRole('button', { name }).click();

test('the summary is written in place by two, one cut off for a while, and nothing is overwritten', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const picture = album('summary');
  const at = (name: string, looks: object = {}) =>
    official(browser, baseURL ?? '', { email: `${name}@jambikota.example`, password, ...looks });
  const lead = await at('irwan.nasution');
  await taskCard(lead.page, TASK).click();
  const head = await at('ferdinand.chandra', { viewport: PHONE, dark: true });
  await head.page.goto(new URL(lead.page.url()).pathname);
  await expect(summary(head.page).getByText('Belum ada ringkasan.', { exact: false })).toBeVisible();

  await press(lead.page, 'Tulis ringkasan');
  await field(lead.page).fill('Tiga pompa **terpasang**.\n- Berikutnya: uji coba Rabu');
  await picture(lead.page, 'menulis-desktop-terang');
  await accessible(lead.page);
  await lead.page.reload();
  await press(lead.page, 'Lanjutkan menulis');
  await expect(field(lead.page)).toHaveValue(/^Tiga pompa/);
  await press(lead.page, 'Simpan ringkasan');
  for (const { page } of [lead, head]) {
    await expect(summary(page).locator('strong', { hasText: 'terpasang' })).toBeVisible();
    await expect(summary(page).getByText(/^Ditulis Irwan Nasution/)).toBeVisible();
  }
  await picture(head.page, 'ringkasan-ponsel-gelap');
  await accessible(head.page);

  await press(lead.page, 'Ubah ringkasan');
  await field(lead.page).fill('Empat pompa terpasang.');
  await press(head.page, 'Ubah ringkasan');
  await field(head.page).fill('Tiga pompa terpasang, satu rusak.');
  await press(head.page, 'Simpan ringkasan');
  await expect(summary(lead.page).getByText('Tiga pompa terpasang, satu rusak.')).toBeVisible();
  await expect(field(lead.page)).toHaveValue('Empat pompa terpasang.');
  await expect(summary(lead.page).getByText('Versi Anda')).toBeVisible();
  await picture(lead.page, 'dua-versi-desktop-terang');
  await accessible(lead.page);
  await press(lead.page, 'Pakai versi saya');
  for (const { page } of [lead, head])
    await expect(summary(page).getByText('Empat pompa terpasang.')).toBeVisible();

  await head.context.setOffline(true);
  await press(head.page, 'Ubah ringkasan');
  await field(head.page).fill('Ditulis di lift.');
  await expect(head.page.getByText(/Sambungan terputus/).first()).toBeVisible({ timeout: 45_000 });
  await press(head.page, 'Simpan ringkasan');
  await expect(summary(head.page).getByText('menunggu sambungan', { exact: false })).toBeVisible();
  await press(lead.page, 'Ubah ringkasan');
  await field(lead.page).fill('Uji coba selesai.');
  await press(lead.page, 'Simpan ringkasan');
  await expect(summary(lead.page).getByText('Uji coba selesai.')).toBeVisible();
  await head.context.setOffline(false);
  await expect(summary(head.page).getByRole('button', { name: /^Pakai versi Irwan/ })).toBeVisible({
    timeout: 20_000,
  });
  await expect(summary(head.page).getByText('Ditulis di lift.')).toBeVisible();
  await picture(head.page, 'dua-versi-ponsel-gelap');
  await accessible(head.page);
  await press(head.page, /^Pakai versi Irwan/);
  await expect(summary(head.page).getByText('Ditulis di lift.')).toHaveCount(0);
  await expect(summary(head.page).getByText('Uji coba selesai.').first()).toBeVisible();
  await expect(summary(lead.page).getByText('Uji coba selesai.')).toBeVisible();

  await press(lead.page, 'Versi sebelumnya');
  const versions = lead.page.locator('[data-event="summary.written"]');
  await expect(versions).toHaveCount(4);
  await expect(versions.filter({ hasText: 'Tiga pompa terpasang, satu rusak.' })).toContainText('versi 2');
  await picture(lead.page, 'riwayat-desktop-terang');
  for (const { context } of [lead, head]) await context.close();
});
