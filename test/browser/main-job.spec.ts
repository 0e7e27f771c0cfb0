import { expect, test, type Page } from '@playwright/test';
import { startCluster, type Cluster } from '../support/cluster.js';
import { accessible, album, official, PHONE, visitor, type Looks, taskCard } from './people.js';

const PASSWORD = 'peramban-uji-coba';
const THREAD = /Bangunan di atas saluran/;
const picture = album('main-job');

let cluster: Cluster;
let drainage: string;

test.describe.configure({ mode: 'serial' });
// Kept also when all is well: it shows what each person saw.
test.use({ trace: 'on' });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  cluster = await startCluster({ env: { SIMPUL_DEMO: '1', SIMPUL_DEMO_PASSWORD: PASSWORD } });
});

test.afterAll(async () => {
  test.setTimeout(60_000);
  await cluster?.stop();
});

async function openThread(page: Page): Promise<void> {
  await page.goto(`/app/tugas/${drainage}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Penanganan titik genangan');
  const thread = page.getByRole('link', { name: THREAD }).or(page.getByRole('button', { name: THREAD }));
  if (await thread.first().isVisible()) await thread.first().click();
  await expect(page.getByLabel('Tulis pesan')).toBeVisible();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Tulis pesan').fill(text);
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
}

test('two agencies, a leader and a citizen see each other’s work at once', async ({ browser }) => {
  test.setTimeout(240_000);
  const [first, second] = cluster.apps.map((app) => app.url.replace('127.0.0.1', 'localhost'));
  const door = cluster.url.replace('127.0.0.1', 'localhost');
  const signedIn = (url: string | undefined, who: Looks & { email: string }) =>
    official(browser, url ?? '', { ...who, password: PASSWORD });
  const lead = await signedIn(first, { email: 'irwan.nasution@jambikota.example' });
  const member = await signedIn(second, {
    email: 'yudi.simanjuntak@jambikota.example',
    viewport: PHONE,
    dark: true,
  });
  const leader = await signedIn(door, { email: 'rahmat.saragih@jambikota.example', viewport: PHONE });
  const citizen = await visitor(browser, second ?? '', { viewport: PHONE });

  await test.step('Beranda', async () => {
    await expect(lead.page.getByText('Perlu Bapak/Ibu lakukan', { exact: true })).toBeVisible();
    const task = taskCard(lead.page, /Penanganan titik genangan/);
    await expect(task).toBeVisible();
    drainage = /tugas\/([0-9a-f-]{36})/.exec((await task.getAttribute('href')) ?? '')?.[1] ?? '';
    await picture(lead.page, 'beranda-desktop');
    await picture(member.page, 'beranda-ponsel-gelap');
    await accessible(lead.page);
    await accessible(member.page);
  });

  await test.step('a word from each side reaches the other', async () => {
    await openThread(lead.page);
    await openThread(member.page);
    await say(lead.page, 'Pompa dari PUPR tiba pukul 14.00.');
    await expect(member.page.getByText('Pompa dari PUPR tiba pukul 14.00.', { exact: true })).toBeVisible();
    await say(member.page, 'BPBD siap di lokasi.');
    await expect(lead.page.getByText('BPBD siap di lokasi.', { exact: true })).toBeVisible();
    await expect(lead.page.getByText('2 orang di ruang ini', { exact: true })).toBeVisible();
    await picture(lead.page, 'ruang-kerja-desktop');
    await picture(member.page, 'ruang-kerja-ponsel-gelap');
    await accessible(lead.page);
    await accessible(member.page);
  });

  await test.step('the leader’s board and the citizen’s page move with the status', async () => {
    await leader.page.goto('/app/pantauan');
    await expect(leader.page.getByRole('heading', { level: 1, name: 'Pantauan' })).toBeVisible();
    await picture(leader.page, 'pantauan-ponsel');
    await accessible(leader.page);
    await citizen.page.goto('/');
    await picture(citizen.page, 'publik-daftar-ponsel');
    await accessible(citizen.page);
    await citizen.page
      .getByRole('link', { name: /genangan/ })
      .first()
      .click();
    await expect(citizen.page.getByText(/Sedang dikerjakan\./).first()).toBeVisible();
    await picture(citizen.page, 'publik-rincian-ponsel');
    await accessible(citizen.page);

    await lead.page.getByRole('button', { name: 'Ubah status' }).click();
    const dialog = lead.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Ditunda/ }).check();
    await dialog.getByLabel('Alasan atau catatan').fill('Air sungai pasang');
    await dialog.getByLabel('Kalimat untuk warga').fill('Pekerjaan ditunda sampai air surut.');
    await picture(lead.page, 'ubah-status-desktop');
    await accessible(lead.page);
    await dialog.getByRole('button', { name: /^Ubah ke/ }).click();

    await expect(member.page.getByText('Ditunda', { exact: true }).first()).toBeVisible({ timeout: 3_000 });
    await expect(citizen.page.getByText(/^Ditunda/).first()).toBeVisible({ timeout: 3_000 });
    const row = leader.page.locator('article, li, tr').filter({ hasText: 'Penanganan titik genangan' });
    await expect(row.getByText('Ditunda', { exact: true }).first()).toBeVisible({ timeout: 3_000 });
    await picture(leader.page, 'pantauan-ponsel-ditunda');
    await picture(citizen.page, 'publik-rincian-ponsel-ditunda');
  });

  await test.step('the PPID approves the sentence and the citizen reads it on the open page', async () => {
    const ppid = await signedIn(first, { email: 'ibrahim.saragih@jambikota.example' });
    await ppid.page.goto('/app/tayang');
    await expect(ppid.page.getByText('Pekerjaan ditunda sampai air surut.', { exact: true })).toBeVisible();
    await expect(citizen.page.getByText('Pekerjaan ditunda sampai air surut.', { exact: true })).toHaveCount(
      0,
    );
    await picture(ppid.page, 'tayang-desktop');
    await accessible(ppid.page);
    await ppid.page.getByRole('button', { name: 'Tayangkan' }).first().click();
    await ppid.page.getByRole('dialog').getByRole('button', { name: 'Tayangkan' }).click();
    await expect(citizen.page.getByText('Pekerjaan ditunda sampai air surut.', { exact: true })).toBeVisible({
      timeout: 5_000,
    });
    await picture(citizen.page, 'publik-kabar-baru-ponsel');
    await ppid.context.close();
  });

  await test.step('writing goes on without a network, and everything arrives once and in order', async () => {
    await member.context.setOffline(true);
    for (const text of ['Luring satu', 'Luring dua', 'Luring tiga']) await say(member.page, text);
    await expect(member.page.getByText(/Sambungan terputus/).first()).toBeVisible({ timeout: 45_000 });
    await expect(member.page.getByText('Luring tiga', { exact: true })).toBeVisible();
    await picture(member.page, 'luring-ponsel-gelap');
    await member.context.setOffline(false);
    await expect(lead.page.getByText('Luring tiga', { exact: true })).toBeVisible({ timeout: 20_000 });
    const order = await lead.page.getByText(/^Luring (satu|dua|tiga)$/).allInnerTexts();
    expect(order).toEqual(['Luring satu', 'Luring dua', 'Luring tiga']);
  });

  await test.step('a second tab is the same as the first', async () => {
    const tab = await lead.context.newPage();
    await openThread(tab);
    await expect(tab.getByText('Luring tiga', { exact: true })).toBeVisible();
    await say(tab, 'Dari tab kedua');
    await expect(lead.page.getByText('Dari tab kedua', { exact: true })).toBeVisible();
    await tab.close();
  });

  await test.step('Redis stops in the middle, and nobody notices more than a second', async () => {
    await cluster.redis.kill();
    await say(lead.page, 'Tanpa Redis');
    await expect(member.page.getByText('Tanpa Redis', { exact: true })).toBeVisible({ timeout: 5_000 });
    await cluster.redis.restartEmpty();
    await say(member.page, 'Redis sudah kembali');
    await expect(lead.page.getByText('Redis sudah kembali', { exact: true })).toBeVisible({ timeout: 5_000 });
  });

  for (const { context } of [lead, member, leader, citizen]) await context.close();
});
