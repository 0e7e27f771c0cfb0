import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { accessible, album, official, PHONE } from './people.js';

const AUTHOR = 'irwan.nasution@jambikota.example';
const HEAD = 'ferdinand.chandra@jambikota.example';
const SEKDA = 'rahmat.saragih@jambikota.example';
const OTHER_HEAD = 'sri.ningsih@jambikota.example';
const OPD = 'Dinas Perpustakaan dan Kearsipan';
const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';

/** Moves the task by the dialog, where this person may. */
async function move(page: Page, action: RegExp, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Ubah status' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: action }).check();
  await dialog.getByRole('textbox', { name: 'Alasan atau catatan' }).fill(note);
}

test('a task is made, assigned and accepted, and everybody sees it live', async ({ browser, baseURL }) => {
  test.setTimeout(240_000);
  const url = baseURL ?? '';
  const picture = album('screens/hidup-tugas');
  const title = `Arsip foto drainase ${randomUUID().slice(0, 8)}`;
  const link = (page: Page) => page.getByRole('link', { name: title }).first();

  const author = await official(browser, url, { email: AUTHOR, password });
  await author.page.goto('/app/tugas');
  await author.page.getByRole('link', { name: 'Buat tugas' }).click();
  await author.page.getByLabel('Hasil yang dituju').fill(title);
  await author.page.getByRole('button', { name: 'Simpan sebagai draf' }).click();
  await expect(author.page.getByText('Tanggal selesai belum diisi', { exact: false })).toBeVisible();
  // From the first letter on nothing is lost.
  await author.page.reload();
  await expect(author.page.getByLabel('Hasil yang dituju')).toHaveValue(title);
  await author.page.getByLabel('Ketua tim').selectOption({ label: await leadLabel(author.page) });
  await author.page.getByLabel('Cari OPD').fill('perpus');
  await author.page.getByRole('checkbox', { name: OPD }).check();
  await author.page.getByRole('button', { name: '30 hari lagi' }).click();
  await picture(author.page, 'buat-tugas-desktop-terang');
  await accessible(author.page);

  const head = await official(browser, url, { email: HEAD, password, viewport: PHONE, dark: true });
  await head.page.goto('/app/tugas/baru');
  await expect(head.page.getByRole('heading', { name: '1. Apa hasilnya?' })).toBeVisible();
  await expect(head.page.getByRole('checkbox').first()).toBeVisible();
  await picture(head.page, 'buat-tugas-ponsel-gelap');
  await accessible(head.page);
  await head.page.goto('/app/kotak-masuk');

  await author.page.getByRole('button', { name: 'Simpan sebagai draf' }).click();
  await expect(author.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await head.page
    .getByRole('listitem')
    .filter({ hasText: title })
    .getByRole('link', { name: /menyiapkan draf/ })
    .click();
  await expect(head.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await move(head.page, /Usulkan/, 'Sesuai rencana kerja.');
  await head.page.getByRole('button', { name: 'Ubah ke Diusulkan' }).click();
  await expect(author.page.getByText('Diusulkan').first()).toBeVisible();

  const sekda = await official(browser, url, { email: SEKDA, password });
  await sekda.page.goto('/app/pantauan');
  await link(sekda.page).click();
  await move(sekda.page, /Tugaskan/, 'Laksanakan.');
  await sekda.page.getByLabel('Nomor surat').fill('800.1.11.1/417/SETDA');
  await sekda.page.getByLabel('Tanggal surat').fill('24-11-2026');
  await picture(sekda.page, 'tugaskan');
  await accessible(sekda.page);
  await sekda.page.getByRole('button', { name: 'Ubah ke Ditugaskan' }).click();
  await expect(author.page.getByText('Ditugaskan').first()).toBeVisible();
  await author.page.getByRole('button', { name: 'Rincian tugas' }).click();
  await expect(
    author.page.getByText('Surat Tugas Nomor 800.1.11.1/417/SETDA', { exact: false }),
  ).toBeVisible();

  const other = await official(browser, url, { email: OTHER_HEAD, password });
  await other.page.goto('/app/kotak-masuk');
  const asked = other.page.getByRole('region', { name: 'Perlu tindakan' }).getByRole('listitem');
  await expect(asked.filter({ hasText: title })).toBeVisible();
  await asked.filter({ hasText: title }).getByRole('link').first().click();
  const question = other.page.getByText(`${OPD} diminta ikut dalam tugas ini.`);
  await expect(question).toBeVisible();
  await author.page.getByRole('tab', { name: /^Tim/ }).click();
  await expect(author.page.getByText('Menunggu jawaban')).toBeVisible();
  await picture(other.page, 'diminta-ikut');
  await accessible(other.page);
  await other.page.getByRole('button', { name: 'Terima', exact: true }).click();
  await expect(question).toHaveCount(0);
  await expect(author.page.getByText('Menunggu jawaban')).toHaveCount(0);
  await expect(author.page.getByText('1 dari 1 sudah menerima').last()).toBeVisible();

  await other.page.getByRole('tab', { name: /^Tim/ }).click();
  await other.page.getByRole('button', { name: 'Tunjuk anggota dari Dispusip' }).click();
  const dialog = other.page.getByRole('dialog');
  await expect(dialog.getByLabel('Pegawai').locator('option').nth(1)).toBeAttached();
  const chosen = (await dialog.getByLabel('Pegawai').locator('option').nth(1).textContent()) ?? '';
  const name = chosen.split(' – ')[0] ?? '';
  await dialog.getByLabel('Pegawai').selectOption({ index: 1 });
  await dialog.getByLabel('Cara bergabung').selectOption({ label: 'Mengajukan diri' });
  await picture(other.page, 'tunjuk-anggota');
  await accessible(other.page);
  await dialog.getByRole('button', { name: 'Tunjuk', exact: true }).click();
  for (const { page } of [other, author]) {
    const member = page.getByRole('listitem').filter({ hasText: name }).last();
    await expect(member).toContainText('Mengajukan diri · sampai');
  }
  await picture(author.page, 'tim-desktop-terang');
  await accessible(author.page);
  await head.page.getByRole('tab', { name: /^Tim/ }).click();
  await expect(head.page.getByRole('button', { name: 'Tunjuk anggota dari Dinas PUPR' })).toBeVisible();
  await picture(head.page, 'tim-ponsel-gelap');
  await accessible(head.page);

  await author.page.getByRole('tab', { name: /^Tahapan/ }).click();
  await other.page.getByRole('tab', { name: /^Tahapan/ }).click();
  const plan = async (named: string, after?: string) => {
    await author.page.getByRole('button', { name: 'Tambah tahap' }).click();
    const form = author.page.getByRole('dialog');
    await form.getByLabel('Nama tahap').fill(named);
    if (after) await form.getByLabel('Menunggu tahap').selectOption({ label: after });
    await form.getByLabel('Penanggung jawab').selectOption({ label: OPD });
    if (after) await accessible(author.page);
    await form.getByRole('button', { name: 'Simpan' }).click();
    await expect(other.page.getByRole('heading', { name: named })).toBeVisible();
  };
  await plan('Kumpulkan foto lama');
  await plan('Beri keterangan lokasi', 'Kumpulkan foto lama');
  await expect(other.page.getByText('Menunggu “Kumpulkan foto lama”')).toBeVisible();
  await author.page.getByRole('button', { name: 'Naikkan Beri keterangan lokasi' }).click();
  await expect(other.page.getByRole('heading', { level: 3 }).first()).toHaveText('Beri keterangan lokasi');
  await picture(author.page, 'tahapan-desktop-terang');
  await accessible(author.page);
  for (const { context } of [author, head, sekda, other]) await context.close();
});

/** Irwan himself, as the list of his unit writes him. */
async function leadLabel(page: Page): Promise<string> {
  const option = page.getByLabel('Ketua tim').locator('option').filter({ hasText: 'Irwan Nasution' });
  await expect(option).toHaveCount(1);
  return (await option.textContent()) ?? '';
}
