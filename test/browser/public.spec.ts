import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import { io } from 'socket.io-client';

const LEAD = 'irwan.nasution@jambikota.example';
const PPID = 'ibrahim.saragih@jambikota.example';
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The drainage work of the demo city: its page and its workspace. */
async function drainage(request: APIRequestContext): Promise<string> {
  const [path] = /\/pekerjaan\/drainase[^"]+/.exec(await (await request.get('/')).text()) ?? [];
  if (!path) throw new Error('the demo city has no drainage page');
  return path;
}

async function signIn(request: APIRequestContext, baseURL: string, login: string): Promise<string> {
  const answer = await request.post('/api/session', {
    headers: { Origin: baseURL },
    data: { login, password: process.env.SIMPUL_DEMO_PASSWORD },
  });
  expect(answer.status()).toBe(200);
  const { cookies } = await request.storageState();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** The team lead drafts a sentence and the PPID publishes it, each in the way of the staff's own pages. */
async function publish(request: APIRequestContext, baseURL: string, body: string): Promise<void> {
  const cookie = await signIn(request, baseURL, LEAD);
  const socket = io(baseURL, { transports: ['websocket'], extraHeaders: { cookie, origin: baseURL } });
  try {
    const { person } = (await (await request.get('/api/session')).json()) as { person: { id: string } };
    const board = (await socket.emitWithAck('board.join', { scope: `person:${person.id}` })) as {
      rows: { taskId: string; title: string }[];
    };
    const workspaceId = board.rows.find(({ title }) => title.includes('drainase'))!.taskId;
    const command = { workspaceId, commandId: randomUUID(), body };
    expect(await socket.emitWithAck('public-update.draft', command)).toMatchObject({ ok: true });
  } finally {
    socket.disconnect();
  }
  await signIn(request, baseURL, PPID);
  const queue = (await (await request.get('/api/public-updates?status=PENDING')).json()) as {
    items: { update: { id: string; body: string } }[];
  };
  const { id } = queue.items.find(({ update }) => update.body === body)!.update;
  const verdict = { commandId: randomUUID(), updateId: id, verdict: 'APPROVED' };
  const answer = await request.post(`/api/public-updates/${id}/review`, {
    headers: { Origin: baseURL },
    data: verdict,
  });
  expect(answer.status()).toBe(200);
}

for (const { colorScheme, viewport } of [
  { colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { colorScheme: 'dark', viewport: { width: 1366, height: 768 } },
] as const) {
  test.describe(`${colorScheme}, ${viewport.width} px wide`, () => {
    test.use({ colorScheme, viewport });

    test('citizens’ pages have no barrier and no sideways scroll', async ({ page, request }) => {
      // Each page is looked through by axe, and photographed.
      test.setTimeout(90_000);
      const path = await drainage(request);
      const pages = ['/', '/?q=zzz', path, `/en${path}`, '/pekerjaan/tidak-ada'];
      for (const [i, address] of pages.entries()) {
        await page.goto(address);
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
        expect(violations.map(({ id, nodes }) => [address, id, nodes[0]?.html])).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        await page.screenshot({
          path: `test-results/public-${i + 1}-${colorScheme}-${viewport.width}.png`,
          fullPage: true,
        });
      }
    });
  });
}

test('a citizen finds a work by its search, with the keyboard', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Langsung ke isi' })).toBeFocused();
  await page.getByLabel('Cari pekerjaan').fill('genangan');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /pekerjaan cocok/ })).toBeVisible();
  await page.getByRole('link', { name: /drainase/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('drainase');
  await expect(page.getByText('Sedang dikerjakan. Perkiraan selesai')).toBeVisible();
  await page.getByRole('link', { name: 'Read this page in English' }).click();
  await expect(page.getByText('Under way. Expected to be finished')).toBeVisible();
});

test('a citizen sees the stages that are shown to citizens, and no others', async ({ page, request }) => {
  await page.goto(await drainage(request));
  const stages = page.getByRole('region', { name: 'Tahapan' });
  await expect(stages.getByText(/^\d dari 5 tahap selesai$/)).toBeVisible();
  await expect(stages.getByRole('listitem')).toHaveCount(5);
  await expect(stages.getByText(/rencana \d+ \w+ \d{4}/).first()).toBeVisible();
  await expect(page.getByText('Penanganan 9 bangunan')).toHaveCount(0);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('everything is there, and a link to see the latest', async ({ page, request }) => {
    await page.goto(await drainage(request));
    await expect(page.getByRole('heading', { name: 'Kabar terbaru' })).toBeVisible();
    await expect(page.getByText('Uang pajak kami ke mana?')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Muat ulang' })).toBeVisible();
  });
});

function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('503')) problems.push(message.text());
  });
  return problems;
}

test('an approved sentence appears on an open page, is announced, and moves nothing else', async ({
  page,
  request,
  baseURL,
}) => {
  const problems = watchProblems(page);
  await page.goto(await drainage(request));
  await expect(page.getByRole('link', { name: 'Muat ulang' })).toBeHidden();
  const body = `Pipa di titik ketiga dipindahkan malam ini. ${randomUUID().slice(0, 8)}`;
  await publish(request, baseURL!, body);
  await expect(page.getByText(body)).toBeVisible({ timeout: 3_000 });
  await expect(page.getByRole('status')).toContainText(/Halaman ini baru diperbarui pukul \d\d\.\d\d WIB/);
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(problems).toEqual([]);
});

test('where events are refused the page asks now and then', async ({ page, request, baseURL }) => {
  const problems = watchProblems(page);
  await page.clock.install();
  await page.route('**/peristiwa*', (route) => route.fulfill({ status: 503 }));
  await page.goto(await drainage(request));
  await page.clock.runFor(4_000);
  await expect(page.getByRole('link', { name: 'Muat ulang' })).toBeHidden();
  const body = `Saluran dibuka penuh. ${randomUUID().slice(0, 8)}`;
  await publish(request, baseURL!, body);
  await expect(async () => {
    await page.clock.runFor(20_000);
    await expect(page.getByText(body)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(problems).toEqual([]);
});

test('a phone that saves data is left alone', async ({ page, request }) => {
  await page.addInitScript("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })");
  const live: string[] = [];
  page.on('request', (each) => {
    if (/peristiwa|terkini/.test(each.url())) live.push(each.url());
  });
  await page.goto(await drainage(request));
  await page.waitForTimeout(1_500);
  expect(live).toEqual([]);
  await expect(page.getByRole('link', { name: 'Muat ulang' })).toBeVisible();
});
