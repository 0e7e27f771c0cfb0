import { randomUUID } from 'node:crypto';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { accessible, album, official, PHONE, taskCard } from './people.js';

const LEAD = 'irwan.nasution@jambikota.example';
const MEMBER = 'yudi.simanjuntak@jambikota.example';
const TASK = /Penanganan titik genangan/;
const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';

async function openTopic(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Buka topik baru' }).click();
  await page.getByLabel('Judul topik').fill(title);
  await page.getByRole('button', { name: 'Buka topik', exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Tulis pesan').fill(text);
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
  await expect(page.locator('[data-message]').filter({ hasText: text })).toBeVisible();
}

const item = (page: Page, text: RegExp): Locator => page.getByRole('listitem').filter({ hasText: text });

test('who was away is told what happened, each thing once, and is led to its place', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const url = baseURL ?? '';
  const picture = album('screens/kejar-ketinggalan');
  const [asked, settled] = [
    `Penjaga pompa ${randomUUID().slice(0, 6)}`,
    `Jadwal ${randomUUID().slice(0, 6)}`,
  ];
  const member = await official(browser, url, { email: MEMBER, password });
  await taskCard(member.page, TASK).click();

  await test.step('somebody new begins with what it is about', async () => {
    await member.page.getByRole('link', { name: 'Mulai dari sini' }).click();
    for (const title of ['Ringkasan', 'Keputusan yang berlaku', 'Pertanyaan terbuka'])
      await expect(member.page.getByRole('heading', { level: 3, name: title })).toBeVisible();
    await picture(member.page, 'pertama-desktop-terang');
    await accessible(member.page);
    await member.page.getByRole('button', { name: 'Tandai semua sudah dilihat' }).click();
    await expect(member.page.getByRole('heading', { level: 3, name: /^Status dan tim/ })).toHaveCount(0);
    await member.page.getByRole('link', { name: 'Beranda' }).click();
    await expect(member.page.getByRole('heading', { level: 1 })).toContainText('Selamat');
  });

  const lead = await official(browser, url, { email: LEAD, password });
  await taskCard(lead.page, TASK).click();
  await openTopic(lead.page, asked);
  await lead.page.getByLabel('Tulis pesan').pressSequentially('Mohon @yud');
  await lead.page.getByLabel('Tulis pesan').press('Enter');
  await lead.page.getByLabel('Tulis pesan').pressSequentially('jaga malam ini.');
  await lead.page.getByLabel('Tulis pesan').press('Control+Enter');
  await openTopic(lead.page, settled);
  await say(lead.page, 'Senin di sungai besar.');
  await say(lead.page, 'Selasa di saluran barat.');
  await lead.page.getByRole('button', { name: 'Tutup topik' }).click();
  await lead.page.getByLabel('Kesimpulan dalam satu kalimat').fill('Mulai Senin.');
  await lead.page.getByRole('dialog').getByRole('button', { name: 'Tutup topik' }).click();

  await expect(lead.page.getByRole('button', { name: 'Buka kembali' })).toBeVisible();

  const phone = await official(browser, url, { email: MEMBER, password, viewport: PHONE, dark: true });

  await test.step('across all tasks', async () => {
    await member.page.goto('/app/');
    const line = item(member.page, TASK).filter({ hasText: '3 pesan belum dibaca' });
    await expect(member.page.getByRole('heading', { name: 'Yang berubah sejak kunjungan' })).toBeVisible();
    await expect(line).toBeVisible({ timeout: 20_000 });
    await picture(member.page, 'beranda-desktop-terang');
    await accessible(member.page);
    for (const [page, name] of [
      [member.page, 'semua-desktop-terang'],
      [phone.page, 'semua-ponsel-gelap'],
    ] as const) {
      await page.goto('/app/kejar-ketinggalan');
      await expect(item(page, TASK)).toContainText('1 untuk Bapak/Ibu');
      await expect(item(page, TASK)).toContainText('1 perubahan status atau tim');
      await picture(page, name);
      await accessible(page);
      await page.getByRole('link', { name: TASK }).click();
      await expect(page.getByRole('heading', { level: 2, name: 'Kejar ketinggalan' })).toBeFocused();
    }
  });

  const talk = new RegExp(`2 pesan belum dibaca dalam “${settled}”`);
  const conclusion = /Mulai Senin\./;
  const mention = new RegExp(`menyebut Bapak/Ibu dalam “${asked}”`);

  await test.step('in the task: in order, on every device', async () => {
    for (const [page, name] of [
      [member.page, 'tugas-desktop-terang'],
      [phone.page, 'tugas-ponsel-gelap'],
    ] as const) {
      const headings = page.getByRole('heading', { level: 3 });
      await expect(headings.filter({ hasText: /Status|Ditujukan|Pesan/ })).toHaveText([
        /^Status dan tim/,
        /^Ditujukan kepada Bapak\/Ibu/,
        /^Pesan menurut topik/,
      ]);
      await picture(page, name);
      await accessible(page);
    }
    await phone.page.getByRole('link', { name: talk }).click();
    await expect(phone.page.getByText('Senin di sungai besar.')).toBeVisible();
    await phone.page.goBack();
    // Read on the phone's screen: gone there and here.
    await expect(item(phone.page, talk)).toHaveCount(0);
    await expect(item(member.page, talk)).toHaveCount(0);
    await member.page.getByRole('button', { name: 'Tandai semua sudah dilihat' }).click();
    await expect(item(member.page, conclusion)).toHaveCount(0);
    await expect(item(member.page, mention)).toBeVisible();
    await item(member.page, mention).getByRole('link').click();
    await expect(member.page.locator('[data-message]').filter({ hasText: 'jaga malam ini.' })).toBeFocused();
    await member.page.goBack();
    await item(member.page, mention)
      .getByRole('button', { name: /^Selesai/ })
      .click();
    await expect(item(member.page, mention)).toHaveCount(0);
    await expect(item(phone.page, mention)).toHaveCount(0);
  });

  await test.step('away and back', async () => {
    await phone.page.getByRole('link', { name: 'Kotak Masuk' }).click();
    await member.page.getByRole('link', { name: 'Kotak Masuk' }).click();
    await lead.page.getByRole('button', { name: 'Buka kembali' }).click();
    await expect(lead.page.getByRole('button', { name: 'Tutup topik' })).toBeVisible();
    await phone.page.goto('/app/');
    await taskCard(phone.page, TASK).click();
    const notice = phone.page.getByRole('region', { name: 'Lihat yang baru' });
    await expect(notice).toContainText('1 hal baru sejak kunjungan terakhir');
    await picture(phone.page, 'pemberitahuan-ponsel-gelap');
    await accessible(phone.page);
    await notice.getByRole('button', { name: 'Tutup pemberitahuan ini' }).click();
    await expect(notice).toHaveCount(0);
    await member.page.goto('/app/');
    await taskCard(member.page, TASK).click();
    await expect(member.page.getByText('1 hal baru sejak kunjungan terakhir')).toBeVisible();
    await picture(member.page, 'pemberitahuan-desktop-terang');
    await member.page.getByRole('link', { name: 'Lihat yang baru' }).click();
    await item(member.page, /membuka kembali/)
      .getByRole('button', { name: /^Sudah dilihat/ })
      .click();
    await expect(member.page.getByText('Tidak ada yang terlewat.')).toBeVisible();
    await picture(member.page, 'kosong-desktop-terang');
    await accessible(member.page);
  });
  for (const { context } of [lead, member, phone]) await context.close();
});
