import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { jpegOfPhone, SECRET } from '../support/pictures.js';
import { accessible, album, official, PHONE, type Looks, taskCard } from './people.js';

const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';
const picture = album('files');

async function openFiles(page: Page): Promise<void> {
  await page.goto('/app/');
  await taskCard(page, /Penanganan titik genangan/).click();
  await page.getByRole('tab', { name: /^Berkas/ }).click();
  await expect(page.getByRole('tabpanel', { name: /^Berkas/ })).toBeVisible();
}

const chooser = (page: Page) => page.locator('input[type=file]:not([capture])');
const file = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Daftar berkas' }).getByRole('listitem').filter({ hasText: name });

test('files go from one to the other, survive a cut, get versions, and are removed', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const signedIn = (who: Looks & { email: string }) => official(browser, baseURL ?? '', { ...who, password });
  const lead = await signedIn({ email: 'irwan.nasution@jambikota.example' });
  const member = await signedIn({
    email: 'yudi.simanjuntak@jambikota.example',
    viewport: PHONE,
    dark: true,
  });
  await openFiles(lead.page);
  await openFiles(member.page);

  await test.step('an empty list says what to do', async () => {
    await expect(lead.page.getByText('Belum ada berkas di tugas ini.', { exact: true })).toBeVisible();
    await picture(lead.page, 'kosong-desktop');
    await picture(member.page, 'kosong-ponsel-gelap');
    await accessible(lead.page);
    await accessible(member.page);
  });

  await test.step('what one uploads the other sees at once, and downloads without its place', async () => {
    await chooser(lead.page).setInputFiles([
      {
        name: 'tgs-2026-0001_notulen_20261118_v1.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('Notulen'),
      },
      { name: 'foto lapangan.jpg', mimeType: 'image/jpeg', buffer: jpegOfPhone(6) },
    ]);
    const photo = file(member.page, 'foto lapangan.jpg');
    await expect(photo).toContainText('Gambar');
    await expect(photo).toContainText('Irwan Nasution');
    await expect(file(member.page, 'notulen_20261118_v1.txt')).toContainText('Teks');
    const [download] = await Promise.all([
      member.page.waitForEvent('download'),
      photo.getByRole('button', { name: 'Unduh foto lapangan.jpg' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('foto lapangan.jpg');
    const saved = await readFile(await download.path());
    expect(saved.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect(saved.includes(SECRET)).toBe(false);

    await photo.getByRole('button', { name: 'Lihat foto lapangan.jpg' }).click();
    const shown = member.page.getByRole('dialog').getByRole('img', { name: 'foto lapangan.jpg' });
    // 8 by 4 pixels lying on their side: which way up it is was kept.
    await expect
      .poll(() =>
        shown.evaluate((img: { naturalWidth: number; naturalHeight: number }) => [
          img.naturalWidth,
          img.naturalHeight,
        ]),
      )
      .toEqual([4, 8]);
    await accessible(member.page);
    await member.page.keyboard.press('Escape');
    await picture(lead.page, 'daftar-desktop');
    await picture(member.page, 'daftar-ponsel-gelap');
    await accessible(lead.page);
    await accessible(member.page);
  });

  const bytes = randomBytes(3_000_000);
  await test.step('a cut in the middle is told, and the upload goes on by itself', async () => {
    let pieces = 0;
    await member.page.route(/\/uploads\/[^/]+\?offset=/, async (route) => {
      pieces++;
      if (pieces === 4) await member.context.setOffline(true);
      await route.continue();
    });
    await chooser(member.page).setInputFiles({ name: 'rekap.bin', mimeType: '', buffer: bytes });
    await expect(member.page.getByText('Terputus. Dilanjutkan otomatis saat tersambung.')).toBeVisible();
    await expect(member.page.getByRole('progressbar', { name: 'Kemajuan rekap.bin' })).toHaveAttribute(
      'value',
      String(3 * 256 * 1024),
    );
    await picture(member.page, 'terputus-ponsel-gelap');
    await member.context.setOffline(false);
    await expect(file(lead.page, 'rekap.bin')).toBeVisible({ timeout: 20_000 });
    // Twelve pieces, and the one that was cut off once more.
    expect(pieces).toBe(13);
    await expect(member.page.getByRole('progressbar')).toHaveCount(0);
    const [download] = await Promise.all([
      lead.page.waitForEvent('download'),
      file(lead.page, 'rekap.bin').getByRole('button', { name: 'Unduh rekap.bin' }).click(),
    ]);
    expect((await readFile(await download.path())).equals(bytes)).toBe(true);
  });

  await test.step('a refusal says what to do, and a file can be dropped', async () => {
    await chooser(lead.page).setInputFiles({
      name: 'laporan.pdf.exe',
      mimeType: '',
      buffer: Buffer.from('MZ'),
    });
    await expect(lead.page.getByText(/Berkas program tidak diterima demi keamanan/)).toBeVisible();
    await picture(lead.page, 'ditolak-desktop');
    await accessible(lead.page);
    await lead.page.getByRole('button', { name: 'Tutup pemberitahuan laporan.pdf.exe' }).click();
    const transfer = await lead.page.evaluateHandle(
      `(() => { const t = new DataTransfer(); t.items.add(new File(['isi'], 'seret.txt')); return t; })()`,
    );
    const panel = lead.page.getByRole('tabpanel').locator('> div');
    await panel.dispatchEvent('dragover', { dataTransfer: transfer });
    await expect(lead.page.getByText('Lepaskan berkas di sini untuk mengunggah')).toBeVisible();
    await panel.dispatchEvent('drop', { dataTransfer: transfer });
    await expect(file(member.page, 'seret.txt')).toBeVisible();
  });

  await test.step('a new version takes the place of the old one, which stays at hand', async () => {
    const chosen = lead.page.waitForEvent('filechooser');
    await file(lead.page, 'seret.txt').getByRole('button', { name: 'Unggah versi baru seret.txt' }).click();
    await (
      await chosen
    ).setFiles({ name: 'seret-2.txt', mimeType: 'text/plain', buffer: Buffer.from('dua') });
    const row = file(member.page, 'seret-2.txt');
    await expect(row).toContainText('versi 2');
    await row.getByText('1 versi sebelumnya').click();
    await expect(row.getByRole('button', { name: 'Unduh seret.txt' })).toBeVisible();
    await picture(member.page, 'versi-ponsel-gelap');
    await accessible(member.page);
  });

  await test.step('what is removed is gone for both, and the history tells of it', async () => {
    await file(lead.page, 'foto lapangan.jpg')
      .getByRole('button', { name: 'Hapus foto lapangan.jpg' })
      .click();
    await expect(lead.page.getByRole('dialog')).toContainText('dihapus untuk semua orang');
    await picture(lead.page, 'hapus-desktop');
    await accessible(lead.page);
    await lead.page.getByRole('dialog').getByRole('button', { name: 'Hapus', exact: true }).click();
    await expect(file(member.page, 'foto lapangan.jpg')).toHaveCount(0);
    await member.page.getByRole('tab', { name: /^Riwayat/ }).click();
    await expect(member.page.getByText(/menghapus berkas “foto lapangan\.jpg”/)).toBeVisible();
  });

  await test.step('a leader who only reads may download, not add', async () => {
    const leader = await signedIn({ email: 'rahmat.saragih@jambikota.example' });
    await leader.page.goto(lead.page.url());
    await expect(leader.page.getByText('Menambah berkas hanya untuk anggota tim.')).toBeVisible();
    await expect(file(leader.page, 'rekap.bin').getByRole('button')).toHaveCount(1);
    await expect(chooser(leader.page)).toHaveCount(0);
    await accessible(leader.page);
    await leader.context.close();
  });

  for (const { context } of [lead, member]) await context.close();
});
