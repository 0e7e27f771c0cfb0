import { expect, test, type Locator, type Page } from '@playwright/test';
import { accessible, album, official, PHONE, type Person, taskCard } from './people.js';

const LEAD = 'irwan.nasution@jambikota.example';
const MEMBER = 'yudi.simanjuntak@jambikota.example';
const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';
const picture = album('talk');

test.describe.configure({ mode: 'serial' });

let lead: Person;
let member: Person;
let task: string;
let topic: string;

test.beforeAll(async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  lead = await official(browser, baseURL ?? '', { email: LEAD, password });
  member = await official(browser, baseURL ?? '', { email: MEMBER, password, viewport: PHONE, dark: true });
  const link = taskCard(lead.page, /Penanganan titik genangan/);
  task = (await link.getAttribute('href')) ?? '';
  await lead.page.goto(task);
  await lead.page.getByRole('button', { name: 'Buka topik baru' }).click();
  await lead.page.getByLabel('Judul topik').fill('Alat berat pekan depan');
  await lead.page.getByRole('button', { name: 'Buka topik', exact: true }).click();
  await expect(lead.page.getByRole('heading', { level: 2, name: 'Alat berat pekan depan' })).toBeVisible();
  topic = new URL(lead.page.url()).searchParams.get('topik') ?? '';
  await member.page.goto(`${task}?topik=${topic}`);
  await expect(member.page.getByLabel('Tulis pesan')).toBeVisible();
});

test.afterAll(async () => {
  await lead?.context.close();
  await member?.context.close();
});

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Tulis pesan').fill(text);
  await page.getByLabel('Tulis pesan').press('Control+Enter');
}

const row = (page: Page, text: string | RegExp): Locator =>
  page.locator('[data-message]').filter({ hasText: text });

const words = (page: Page, text: string): Locator =>
  page.locator('[data-list]').getByText(text, { exact: true });

async function act(page: Page, message: Locator, action: string): Promise<void> {
  await message.getByRole('button', { name: /^Tindakan untuk pesan/ }).click();
  const menu = page.getByRole('menu');
  await menu
    .getByRole('menuitem', { name: action, exact: true })
    .or(menu.getByRole('menuitemcheckbox', { name: action, exact: true }))
    .click();
}

test('a mention is chosen with the keys and marked for the other', async () => {
  const field = lead.page.getByLabel('Tulis pesan');
  await field.click();
  await field.pressSequentially('Mohon @yud');
  await expect(lead.page.getByRole('listbox', { name: 'Siapa yang disebut' })).toBeVisible();
  await picture(lead.page, 'sebutan-desktop');
  await accessible(lead.page);
  await field.press('Enter');
  await expect(field).toHaveValue(/^Mohon @Yudi Simanjuntak $/);
  await field.pressSequentially('cek alat.');
  await field.press('Control+Enter');
  const mention = row(member.page, 'cek alat.').getByText('@Yudi Simanjuntak', { exact: true });
  await expect(mention).toHaveClass(/mention/);
});

test('the tools make a part of Markdown, and nothing else is markup', async () => {
  const field = member.page.getByLabel('Tulis pesan');
  await field.click();
  await member.page.getByRole('button', { name: 'Daftar', exact: true }).click();
  await field.pressSequentially('pompa <b>besar</b>');
  await field.press('Control+Enter');
  const item = row(lead.page, 'pompa').getByRole('listitem');
  await expect(item).toHaveText('pompa <b>besar</b>');
});

test('an edit is seen at once, with what was there before', async () => {
  await say(member.page, 'Alat datang hari Rabu.');
  await act(member.page, row(member.page, 'Alat datang hari Rabu.'), 'Ubah');
  const dialog = member.page.getByRole('dialog');
  await expect(dialog.getByLabel('Isi pesan')).toHaveValue('Alat datang hari Rabu.');
  await dialog.getByLabel('Isi pesan').fill('Alat datang hari Kamis.');
  await picture(member.page, 'ubah-ponsel-gelap');
  await accessible(member.page);
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await expect(dialog).toHaveCount(0);
  const changed = row(lead.page, 'Alat datang hari Kamis.');
  await expect(changed).toBeVisible();
  await changed.getByRole('button', { name: 'diubah' }).click();
  await expect(lead.page.getByRole('dialog').getByText('Alat datang hari Rabu.')).toBeVisible();
  await picture(lead.page, 'isi-sebelumnya-desktop');
  await accessible(lead.page);
  await lead.page.keyboard.press('Escape');
});

test('an answer without words is counted on both sides and taken back', async () => {
  const message = row(lead.page, 'Alat datang hari Kamis.');
  await act(lead.page, message, 'Setuju');
  const seen = row(member.page, 'Alat datang hari Kamis.').getByRole('button', { name: 'Setuju 1' });
  await expect(seen).toHaveAttribute('aria-pressed', 'false');
  await seen.click();
  await expect(message.getByRole('button', { name: 'Setuju 2' })).toHaveAttribute('aria-pressed', 'true');
  await message.getByRole('button', { name: 'Setuju 2' }).click();
  await expect(
    row(member.page, 'Alat datang hari Kamis.').getByRole('button', { name: 'Setuju 1' }),
  ).toHaveAttribute('aria-pressed', 'true');
});

test('the menu is used with the keys, and a pin is seen on top', async () => {
  const message = row(lead.page, 'Alat datang hari Kamis.');
  await message.getByRole('button', { name: /^Tindakan/ }).focus();
  await lead.page.keyboard.press('Enter');
  await expect(lead.page.getByRole('menuitem', { name: 'Balas' })).toBeFocused();
  await picture(lead.page, 'menu-pesan-desktop');
  await accessible(lead.page);
  await lead.page.keyboard.press('ArrowUp');
  await expect(lead.page.getByRole('menuitem', { name: 'Hapus' })).toBeFocused();
  await lead.page.keyboard.press('Escape');
  await expect(lead.page.getByRole('menu')).toHaveCount(0);
  await act(lead.page, message, 'Sematkan');
  await member.page.getByText('1 pesan tersemat', { exact: true }).click();
  await expect(member.page.locator('details').getByText('Alat datang hari Kamis.')).toBeVisible();
  await picture(member.page, 'sematan-ponsel-gelap');
  await accessible(member.page);
  await member.page.getByText('1 pesan tersemat', { exact: true }).click();
});

test('a deleted message leaves a trace and its reason', async () => {
  await say(member.page, 'Nomor saya 0812 3456 7890.');
  const heard = lead.page.locator('[aria-live="polite"]');
  await expect(heard).toContainText('Nomor saya', { timeout: 15_000 });
  await act(lead.page, row(lead.page, 'Nomor saya'), 'Hapus');
  const dialog = lead.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Hapus', exact: true }).click();
  await expect(dialog.getByText(/Alasan belum diisi|Alasan hanya/)).toBeVisible();
  await dialog.getByLabel('Alasan').fill('Memuat nomor telepon');
  await picture(lead.page, 'hapus-desktop');
  await accessible(lead.page);
  await dialog.getByRole('button', { name: 'Hapus', exact: true }).click();
  for (const { page } of [lead, member]) {
    await expect(row(page, 'Alasan: Memuat nomor telepon')).toBeVisible();
    await expect(page.locator('[data-list]').getByText('Nomor saya')).toHaveCount(0);
  }
  await expect(heard).not.toContainText('Nomor saya');
  await member.page.reload();
  await expect(row(member.page, 'Alasan: Memuat nomor telepon')).toBeVisible();
  await expect(member.page.locator('[data-list]').getByText('Nomor saya')).toHaveCount(0);
  await picture(member.page, 'jejak-hapus-ponsel-gelap');
});

test('what is marked as unread stays so on every device until its topic is opened anew', async () => {
  const other = await lead.context.newPage();
  await other.goto(`${task}?topik=${topic}`);
  const inList = (page: Page) => page.getByRole('button', { name: /^Alat berat pekan depan/ });
  const news = /\d+ belum dibaca/;
  for (const page of [lead.page, other]) {
    await expect(row(page, 'Alat datang hari Kamis.')).toBeVisible();
    await expect(inList(page)).not.toContainText(news);
  }
  await act(lead.page, row(lead.page, 'Alat datang hari Kamis.'), 'Tandai belum dibaca');
  for (const page of [lead.page, other]) await expect(inList(page)).toContainText(news);
  await picture(lead.page, 'belum-dibaca-desktop');
  await accessible(lead.page);
  await lead.page.getByRole('button', { name: 'Urungkan' }).click();
  for (const page of [lead.page, other]) await expect(inList(page)).not.toContainText(news);
  await act(lead.page, row(lead.page, 'Alat datang hari Kamis.'), 'Tandai belum dibaca');
  for (const page of [lead.page, other]) await expect(inList(page)).toContainText(news);
  // New words before the eyes do not take it away; opening the topic does.
  await say(member.page, 'Baik, dicatat.');
  await expect(words(other, 'Baik, dicatat.')).toBeVisible();
  for (const page of [lead.page, other]) await expect(inList(page)).toContainText(news);
  await other.getByRole('navigation', { name: 'Daftar topik' }).getByRole('button').nth(2).click();
  await inList(other).click();
  await row(other, 'Alat datang hari Kamis.').scrollIntoViewIfNeeded();
  await row(other, 'Baik, dicatat.').scrollIntoViewIfNeeded();
  for (const page of [lead.page, other]) await expect(inList(page)).not.toContainText(news);
  await other.close();
});

test('a link leads to its message, however far it is, and both ways from there', async () => {
  test.setTimeout(120_000);
  for (let n = 1; n <= 130; n++) await say(lead.page, `Catatan ${n}`);
  await expect(words(member.page, 'Catatan 130')).toBeVisible({ timeout: 30_000 });
  const reader = await lead.context.newPage();
  const newer: string[] = [];
  reader.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (/"thread\.page".*"after"/.test(String(payload))) newer.push(String(payload));
    }),
  );
  await reader.goto(`${task}?topik=${topic}&pesan=5`);
  const target = reader.locator('[data-no="5"]');
  await expect(target).toBeInViewport();
  await expect(target).toBeFocused();
  await picture(reader, 'tautan-desktop');
  await accessible(reader);
  // It stays there: what lies below comes when its reader goes down.
  expect(newer).toEqual([]);
  // Down, page by page, until the end is reached and the passage is the live list.
  for (let n = 0; n < 40 && (await words(reader, 'Catatan 130').count()) === 0; n++) {
    await reader.locator('[data-message]').last().scrollIntoViewIfNeeded();
    await reader.mouse.move(900, 400);
    await reader.mouse.wheel(0, 2_000);
    await reader.evaluate('new Promise(requestAnimationFrame)');
  }
  await expect(words(reader, 'Catatan 130')).toHaveCount(1);
  expect(newer.length).toBeGreaterThan(0);
  const numbers = await reader.evaluate<number[]>(
    '[...document.querySelectorAll("[data-no]")].map((row) => Number(row.dataset.no))',
  );
  expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
  await say(member.page, 'Sampai di ujung');
  await expect(words(reader, 'Sampai di ujung')).toHaveCount(1);
  await reader.close();
});

test('a topic opens where its reader left off, without taking the focus', async () => {
  await expect(words(member.page, 'Sampai di ujung')).toBeVisible();
  await member.page.goto('/app');
  await expect(taskCard(member.page, /Penanganan titik genangan/)).toBeVisible();
  for (let n = 1; n <= 30; n++) await say(lead.page, `Sesudah ${n}`);
  // As a message with a number, not as one on its way.
  await expect(lead.page.locator('[data-no]').filter({ hasText: 'Sesudah 30' })).toBeVisible();
  await member.page.goto(`${task}?topik=${topic}`);
  await expect(words(member.page, 'Sesudah 1')).toBeInViewport();
  await expect(words(member.page, 'Sesudah 30')).not.toBeInViewport();
  await expect(member.page.locator('[data-message]:focus')).toHaveCount(0);
  await picture(member.page, 'dibuka-di-belum-dibaca-ponsel-gelap');
});

test('a topic ends with a conclusion, is put aside, and is opened again', async () => {
  await lead.page.getByRole('button', { name: 'Tutup topik' }).click();
  await lead.page.getByRole('dialog').getByLabel('Kesimpulan dalam satu kalimat').fill('Alat datang Kamis.');
  await lead.page.getByRole('dialog').getByRole('button', { name: 'Tutup topik' }).click();
  await expect(member.page.getByText('Alat datang Kamis.', { exact: true })).toBeVisible();
  await expect(member.page.getByRole('button', { name: 'Buka kembali' })).toHaveCount(0);
  await picture(member.page, 'topik-selesai-ponsel-gelap');
  await picture(lead.page, 'topik-selesai-desktop');
  await accessible(lead.page);
  await accessible(member.page);
  await member.page.goto(task);
  const entry = member.page.getByRole('button', { name: /Alat berat pekan depan/ });
  await expect(member.page.getByRole('button', { name: 'Tampilkan 1 topik selesai' })).toBeVisible();
  await expect(entry).toHaveCount(0);
  await member.page.getByRole('button', { name: 'Tampilkan 1 topik selesai' }).click();
  await expect(entry).toBeVisible();
  await lead.page.getByRole('button', { name: 'Buka kembali' }).click();
  await expect(member.page.getByRole('button', { name: /topik selesai/ })).toHaveCount(0);
  await expect(entry).toBeVisible();
});
