import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { accessible, album, official, PHONE, taskCard } from './people.js';

const LEAD = 'irwan.nasution@jambikota.example';
const MEMBER = 'yudi.simanjuntak@jambikota.example';
const TASK = /Penanganan titik genangan/;
const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';

const row = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

async function openTask(page: Page): Promise<void> {
  await page.goto('/app/');
  await taskCard(page, TASK).click();
  await expect(page.getByRole('heading', { level: 1, name: TASK })).toBeVisible();
}

async function write(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Tulis pesan' }).fill(words);
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
  await expect(page.getByText(words)).toBeVisible();
}

test('what is said to somebody waits in their inbox, on every device, until they put it away', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const url = baseURL ?? '';
  const picture = album('screens/kotak-masuk');
  const title = `Pompa cadangan ${randomUUID().slice(0, 8)}`;
  const lead = await official(browser, url, { email: LEAD, password });
  await openTask(lead.page);
  await lead.page.getByRole('button', { name: 'Buka topik baru' }).click();
  await lead.page.getByRole('textbox', { name: /Judul/ }).fill(title);
  await lead.page.getByRole('button', { name: 'Buka topik', exact: true }).click();
  await write(lead.page, 'Berapa pompa yang siap?');

  const member = await official(browser, url, { email: MEMBER, password });
  await openTask(member.page);
  await member.page.getByRole('button', { name: new RegExp(title) }).click();

  const phone = await official(browser, url, { email: LEAD, password, viewport: PHONE, dark: true });
  await lead.page.goto('/app/kotak-masuk');
  await phone.page.goto('/app/kotak-masuk');
  await expect(lead.page.getByRole('heading', { level: 1, name: 'Kotak Masuk' })).toBeVisible();
  await write(member.page, 'Tiga siap, satu diperbaiki.');
  await write(member.page, 'Besok empat.');

  const sentence = new RegExp(`2 pesan baru dalam “${title}”, terakhir dari Yudi`);
  await expect(lead.page.getByRole('link', { name: sentence })).toBeVisible();
  await expect(phone.page.getByRole('link', { name: sentence })).toBeVisible();
  await picture(lead.page, 'desktop-terang');
  await picture(phone.page, 'ponsel-gelap');
  await accessible(lead.page);
  await accessible(phone.page);

  await row(phone.page, title)
    .getByRole('button', { name: /^Nanti/ })
    .click();
  await picture(phone.page, 'nanti');
  await accessible(phone.page);
  await phone.page.getByRole('button', { name: /^Senin pukul/ }).click();
  await expect(row(phone.page, title)).toHaveCount(0);
  await expect(row(lead.page, title)).toHaveCount(0);
  await phone.page.getByRole('button', { name: 'Urungkan' }).click();
  await expect(row(lead.page, title)).toHaveCount(1);

  // Without a network it goes at once here, and elsewhere when it is back.
  await phone.context.setOffline(true);
  await row(phone.page, title)
    .getByRole('button', { name: /^Selesai/ })
    .click();
  await expect(row(phone.page, title)).toHaveCount(0);
  await phone.context.setOffline(false);
  await expect(row(lead.page, title)).toHaveCount(0, { timeout: 20_000 });

  await lead.page.getByRole('button', { name: 'Selesai', exact: true }).click();
  await expect(row(lead.page, title)).toHaveCount(1);
  await picture(lead.page, 'selesai');
  await row(lead.page, title)
    .getByRole('button', { name: /^Kembalikan/ })
    .click();
  await expect(row(phone.page, title)).toHaveCount(1);
  await lead.page.getByRole('link', { name: sentence }).click();
  await expect(lead.page.locator('[data-list]').getByText('Besok empat.')).toBeVisible();
  // Read on the screen here: done there.
  await expect(row(phone.page, title)).toHaveCount(0);
  // What is said elsewhere in the task is counted beside its topic until it was on the screen.
  const other = lead.page.getByRole('navigation', { name: 'Daftar topik' }).getByRole('button').nth(2);
  await other.click();
  await write(member.page, 'Empat sudah siap.');
  const topic = lead.page.getByRole('button', { name: new RegExp(title) });
  await expect(topic).toContainText('1 belum dibaca');
  await topic.click();
  await expect(topic).not.toContainText('belum dibaca');
  for (const { context } of [lead, member, phone]) await context.close();
});
