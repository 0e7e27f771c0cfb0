import { randomUUID } from 'node:crypto';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { accessible, album, official, taskCard } from './people.js';

const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';
const SMALL = { width: 360, height: 640 };
const TASK = /Penanganan titik genangan/;
const ADVICE = 'Sewa dua unit dari penyedia tetap, karena pinjaman BPBD baru ada bulan depan.';

const statusOf = (page: Page, title: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });

test('a decision is asked for, made on a phone in two taps, undone and made again; all see it live', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const url = baseURL ?? '';
  const picture = album('decisions');
  const title = `Bolehkah sewa pompa diperpanjang (${randomUUID().slice(0, 4)})?`;
  const person = (name: string, looks: object = {}) =>
    official(browser, url, { email: `${name}@jambikota.example`, password, ...looks });
  const toDecisions = async (page: Page) => {
    await taskCard(page, TASK).click();
    await page.getByRole('tab', { name: /^Keputusan/ }).click();
    await expect(page.getByRole('button', { name: 'Ajukan keputusan' })).toBeVisible();
  };

  const staff = await person('yudi.simanjuntak');
  await toDecisions(staff.page);
  const lead = await person('irwan.nasution', { dark: true });
  await toDecisions(lead.page);
  const sekda = await person('rahmat.saragih', { viewport: SMALL });

  await staff.page.getByRole('button', { name: 'Ajukan keputusan' }).click();
  const form = staff.page.getByRole('dialog');
  await form.getByRole('button', { name: 'Ajukan', exact: true }).click();
  await expect(form.getByText('Apa yang perlu diputuskan? belum diisi', { exact: false })).toBeVisible();
  await form.getByLabel('Apa yang perlu diputuskan?').fill(title);
  await form.getByLabel('Saran Bapak/Ibu dan alasannya').fill(ADVICE);
  await form.getByRole('button', { name: 'Batal' }).click();
  // What was typed stays typed.
  await staff.page.getByRole('button', { name: 'Ajukan keputusan' }).click();
  await expect(form.getByLabel('Saran Bapak/Ibu dan alasannya')).toHaveValue(ADVICE);
  await form
    .getByLabel('Jika tidak diputuskan', { exact: false })
    .fill('Genangan berulang di Simpang Rimbo.');
  for (const [no, option] of ['Sewa dua unit', 'Tunggu pinjaman BPBD'].entries()) {
    await form.getByRole('button', { name: 'Tambah pilihan' }).click();
    await form.getByLabel(`Pilihan ${no + 1}`, { exact: true }).fill(option);
  }
  await form
    .getByLabel('Siapa yang memutuskan?')
    .selectOption({ label: 'Sekretaris Daerah – Rahmat Saragih, S.H., M.T.' });
  await form.getByRole('button', { name: 'Besok' }).click();
  await picture(staff.page, 'ajukan-desktop-terang');
  await accessible(staff.page);
  await form.getByRole('button', { name: 'Ajukan', exact: true }).click();
  for (const { page } of [staff, lead])
    await expect(statusOf(page, title)).toContainText('Menunggu keputusan');

  // Two taps from the first screen.
  const need = sekda.page.getByRole('link', { name: `Putuskan: ${title}` });
  await expect(need).toBeVisible();
  await picture(sekda.page, 'beranda-ponsel-terang');
  await need.click();
  const yes = sekda.page.getByRole('button', { name: `Setuju: ${title}` });
  await expect(yes).toBeVisible();
  await picture(sekda.page, 'kartu-ponsel-terang');
  await sekda.page.emulateMedia({ colorScheme: 'dark' });
  await picture(sekda.page, 'kartu-ponsel-gelap');
  await accessible(sekda.page);
  for (const name of ['Setuju', 'Setuju dengan catatan', 'Tolak', 'Minta penjelasan', 'Teruskan'])
    await expect(sekda.page.getByRole('button', { name: `${name}: ${title}` })).toBeInViewport({ ratio: 1 });
  await expect(sekda.page.getByText(ADVICE)).toBeInViewport({ ratio: 1 });
  // More time is given with a reason; the first day stays visible to all.
  await sekda.page.getByRole('button', { name: `Beri waktu lagi: ${title}` }).click();
  const more = sekda.page.getByRole('dialog');
  await more.getByRole('button', { name: 'Beri waktu lagi' }).click();
  await expect(more.getByText('Tenggat baru belum diisi', { exact: false })).toBeVisible();
  await more.getByRole('button', { name: '7 hari lebih lama' }).click();
  await more.getByLabel('Mengapa perlu waktu lagi?').fill('Menunggu jawaban penyedia.');
  await picture(sekda.page, 'beri-waktu-ponsel-gelap');
  await accessible(sekda.page);
  await more.getByRole('button', { name: 'Beri waktu lagi' }).click();
  await expect(more).toBeHidden();
  for (const { page } of [staff, sekda]) await expect(statusOf(page, title)).toContainText('Tenggat semula');
  await yes.click();

  const undo = sekda.page.getByRole('button', { name: 'Urungkan' });
  await expect(undo).toBeVisible();
  await picture(sekda.page, 'urungkan-ponsel-gelap');
  for (const { page } of [staff, lead]) await expect(statusOf(page, title)).toContainText('Disetujui');
  await undo.click();
  for (const { page } of [staff, lead])
    await expect(statusOf(page, title)).toContainText('Menunggu keputusan');

  await sekda.page.getByRole('checkbox', { name: 'Sewa dua unit' }).check();
  await sekda.page.getByRole('button', { name: `Setuju dengan catatan: ${title}` }).click();
  const note = sekda.page.getByRole('dialog');
  await note.getByLabel('Catatan untuk tim').fill('Paling lama sampai 20 Desember.');
  await picture(sekda.page, 'catatan-ponsel-gelap');
  await accessible(sekda.page);
  await note.getByRole('button', { name: 'Setuju dengan catatan' }).click();
  for (const { page } of [sekda, staff, lead]) {
    const card = statusOf(page, title);
    await expect(card).toContainText('Disetujui dengan catatan');
    await expect(card).toContainText('Pilihan yang diambil: Sewa dua unit');
    await expect(card).toContainText('Paling lama sampai 20 Desember.');
  }
  // It holds once the time to undo is over; then the asker is told, and may ask for another in its place.
  await expect(undo).toHaveCount(0, { timeout: 20_000 });
  await expect(staff.page.getByRole('button', { name: `Ajukan pengganti: ${title}` })).toBeVisible();
  await statusOf(lead.page, title).scrollIntoViewIfNeeded();
  await picture(lead.page, 'diputuskan-desktop-gelap');
  await accessible(lead.page);
  await picture(sekda.page, 'diputuskan-ponsel-gelap');
  await staff.page.goto('/app/kotak-masuk');
  await expect(staff.page.getByRole('link', { name: `menetapkan keputusan “${title}”` })).toBeVisible();
  for (const { context } of [staff, lead, sekda]) await context.close();
});
