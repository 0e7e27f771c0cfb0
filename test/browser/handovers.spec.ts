import { randomUUID } from 'node:crypto';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { accessible, album, official, PHONE, taskCard } from './people.js';

const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';
const TASK = /Penanganan titik genangan/;
const WHAT = 'Sedimen dari 12 saluran diangkut ke TPA sebelum hujan lebat.';

test('work goes from one agency to another, is asked back, accepted and finished; both see who holds it', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const url = baseURL ?? '';
  const picture = album('handovers');
  const title = `Angkut sedimen ${randomUUID().slice(0, 4)}`;
  const person = (name: string, looks: object = {}) =>
    official(browser, url, { email: `${name}@jambikota.example`, password, ...looks });
  const card = (page: Page): Locator =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
  const step = (page: Page, name: string): Locator => page.getByRole('button', { name: `${name}: ${title}` });

  const giver = await person('irwan.nasution');
  await taskCard(giver.page, TASK).click();
  await giver.page.getByRole('tab', { name: /^Serah terima/ }).click();
  await expect(giver.page.getByText('Belum ada pekerjaan yang diserahterimakan.')).toBeVisible();
  await picture(giver.page, 'kosong-desktop-terang');
  await giver.page.getByRole('button', { name: 'Serahkan pekerjaan' }).click();
  const form = giver.page.getByRole('dialog');
  await form.getByLabel('Apa tepatnya yang harus dikerjakan?').fill(WHAT);
  await form.getByRole('button', { name: 'Serahkan', exact: true }).click();
  await expect(form.getByText('Pekerjaan apa? belum diisi', { exact: false })).toBeVisible();
  await form.getByRole('button', { name: 'Batal' }).click();
  // What was typed stays typed.
  await giver.page.getByRole('button', { name: 'Serahkan pekerjaan' }).click();
  await expect(form.getByLabel('Apa tepatnya yang harus dikerjakan?')).toHaveValue(WHAT);
  await form.getByLabel('Pekerjaan apa?').fill(title);
  await form.getByLabel('Kepada OPD').selectOption({ label: 'Badan Penanggulangan Bencana Daerah' });
  await form.getByRole('button', { name: '3 hari lagi' }).click();
  await picture(giver.page, 'serahkan-desktop-terang');
  await accessible(giver.page);
  await form.getByRole('button', { name: 'Serahkan', exact: true }).click();
  await expect(card(giver.page)).toContainText('Menunggu diterima');
  await expect(card(giver.page)).toContainText('Dipegang Badan Penanggulangan Bencana Daerah sejak');
  await expect(step(giver.page, 'Terima')).toHaveCount(0);

  const receiver = await person('yudi.simanjuntak', { viewport: PHONE, dark: true });
  await receiver.page
    .getByRole('link', { name: /Kotak Masuk/ })
    .first()
    .click();
  await receiver.page.getByRole('link', { name: new RegExp(`Serah terima “${title}”`) }).click();
  await expect(step(receiver.page, 'Terima')).toBeVisible();
  await picture(receiver.page, 'kartu-ponsel-gelap');
  await accessible(receiver.page);

  await step(receiver.page, 'Tanya balik').click();
  const note = receiver.page.getByRole('dialog');
  await note.getByRole('button', { name: 'Tanya balik' }).click();
  await expect(note.getByText('Apa yang perlu dijelaskan? belum diisi', { exact: false })).toBeVisible();
  await note.getByLabel('Apa yang perlu dijelaskan?').fill('TPA yang mana?');
  await picture(receiver.page, 'tanya-ponsel-gelap');
  await accessible(receiver.page);
  await note.getByRole('button', { name: 'Tanya balik' }).click();

  await expect(card(giver.page)).toContainText('TPA yang mana?');
  await step(giver.page, 'Jawab').click();
  await form.getByLabel('Jawaban').fill('TPA Talang Gulo.');
  await form.getByRole('button', { name: 'Jawab' }).click();

  await step(receiver.page, 'Terima').click();
  for (const { page } of [giver, receiver]) await expect(card(page)).toContainText('Dikerjakan');
  await receiver.page.getByRole('button', { name: `Riwayat tangan dan lamanya: ${title}` }).click();
  const ages = card(receiver.page).getByRole('table');
  await expect(ages.getByRole('row')).toHaveCount(3);
  await ages.scrollIntoViewIfNeeded();
  await picture(receiver.page, 'riwayat-tangan-ponsel-gelap');
  await accessible(receiver.page);

  await step(receiver.page, 'Selesai').click();
  await note.getByLabel('Hasilnya (boleh kosong)').fill('Semua sudah diangkut.');
  await note.getByRole('button', { name: 'Selesai' }).click();
  await expect(card(giver.page)).toContainText('Diselesaikan Badan Penanggulangan Bencana Daerah');
  await picture(giver.page, 'selesai-desktop-terang');
  await accessible(giver.page);
});
