import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { accessible, official, PHONE, taskCard } from './people.js';

const LEAD = 'irwan.nasution@jambikota.example';
const PPID = 'ibrahim.saragih@jambikota.example';
const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';

async function openTab(page: Page, tab: string): Promise<void> {
  await page.goto('/app/');
  await taskCard(page, /Penanganan titik genangan/).click();
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
}

test('a sentence that was just sent stands on the PPID’s open screens, without asking', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const ppid = await official(browser, url, { email: PPID, password });
  const home = await ppid.context.newPage();
  await home.goto('/app/');
  const need = home.getByRole('link', { name: /kabar menunggu/i });
  await ppid.page.goto('/app/tayang');
  await expect(ppid.page.getByRole('heading', { level: 1 })).toBeVisible();

  const lead = await official(browser, url, { email: LEAD, password });
  await openTab(lead.page, 'Kabar publik');
  const body = `Saluran ketiga dibuka penuh, ${randomUUID().slice(0, 8)}.`;
  await lead.page.getByLabel('Kabar untuk warga').fill(body);
  await lead.page.getByRole('button', { name: 'Kirim ke PPID' }).click();
  // Long before the screens ask by themselves, which they do every minute.
  await expect(ppid.page.getByText(body)).toBeVisible();
  await expect(need).toBeVisible();

  await ppid.page
    .getByRole('listitem')
    .filter({ hasText: body })
    .getByRole('button', { name: 'Tayangkan' })
    .click();
  await ppid.page.getByRole('dialog').getByRole('button', { name: 'Tayangkan' }).click();
  await expect(ppid.page.getByRole('listitem').filter({ hasText: body })).toHaveCount(0);
  await lead.context.close();
  await ppid.context.close();
});

test('the team finds, opens and copies the citizens’ address of its task', async ({ browser, baseURL }) => {
  const lead = await official(browser, baseURL ?? '', { email: LEAD, password, viewport: PHONE });
  await lead.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTab(lead.page, 'Kabar publik');
  await lead.page.getByRole('button', { name: 'Salin tautan' }).click();
  await expect(lead.page.getByText('Tautan sudah disalin.').first()).toBeVisible();
  const copied = await lead.page.evaluate<string>('navigator.clipboard.readText()');
  expect(copied).toMatch(/^http.+\/pekerjaan\/drainase[a-z0-9-]+$/);
  await accessible(lead.page);
  const opened = lead.context.waitForEvent('page');
  await lead.page.getByRole('link', { name: 'Buka halaman publik' }).click();
  const citizens = await opened;
  expect(citizens.url()).toBe(copied);
  await expect(citizens.getByRole('heading', { name: 'Kabar terbaru' })).toBeVisible();
  await lead.context.close();
});

test('the lead shows a milestone to citizens and hides it again', async ({ browser, baseURL }) => {
  const lead = await official(browser, baseURL ?? '', { email: LEAD, password });
  await openTab(lead.page, 'Tahapan');
  const title = 'Uji alur laporan 112 dan gladi posko siaga';
  const row = lead.page.getByRole('listitem').filter({ hasText: title });
  const show = async (shown: boolean) => {
    await row.getByRole('button', { name: `Ubah tahap ${title}` }).click();
    await row.getByLabel('Tampilkan untuk warga').setChecked(shown);
    await row.getByRole('button', { name: 'Simpan' }).click();
    await expect(row.getByText('Tampil untuk warga')).toHaveCount(shown ? 1 : 0);
  };
  await show(false);
  await show(true);
  await lead.page.getByRole('tab', { name: /^Riwayat/ }).click();
  await expect(lead.page.getByText(`menampilkan tahap “${title}” untuk warga.`).first()).toBeVisible();
  await lead.context.close();
});
