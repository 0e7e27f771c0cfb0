import { expect, test, type Page } from '@playwright/test';
import { album, official, visitor, taskCard } from './people.js';

const LEAD = 'irwan.nasution@jambikota.example';
const SEKDA = 'rahmat.saragih@jambikota.example';
const PPID = 'ibrahim.saragih@jambikota.example';
const password = process.env.SIMPUL_DEMO_PASSWORD ?? '';

/** How far the page can be pushed sideways, and what of a select's chosen words is cut. */
const TROUBLES = `(() => {
  const root = document.documentElement;
  const found = root.scrollWidth > root.clientWidth ? ['sideways scroll of ' + (root.scrollWidth - root.clientWidth)] : [];
  const pen = document.createElement('canvas').getContext('2d');
  for (const select of document.querySelectorAll('select')) {
    const style = getComputedStyle(select);
    if (select.clientWidth === 0) continue;
    pen.font = style.font;
    const text = select.selectedOptions[0]?.text ?? '';
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 18;
    if (pen.measureText(text).width > room) found.push('cut: ' + text);
  }
  return found;
})()`;

async function fits(page: Page): Promise<void> {
  expect(await page.evaluate<string[]>(TROUBLES)).toEqual([]);
}

async function openTask(page: Page): Promise<void> {
  await page.goto('/app/');
  await taskCard(page, /Penanganan titik genangan/).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Penanganan titik genangan');
}

for (const { name, viewport } of [
  // The least that WCAG 1.4.10 asks for, and an office PC at 200 %.
  { name: '320', viewport: { width: 320, height: 640 } },
  { name: '200-persen', viewport: { width: 683, height: 384 } },
]) {
  test(`no screen needs sideways scrolling, and no choice is cut: ${name}`, async ({ browser, baseURL }) => {
    test.setTimeout(180_000);
    const url = baseURL ?? '';
    const picture = album(`small-windows/${name}`);
    const look = async (page: Page, title: string) => {
      await picture(page, title);
      await fits(page);
    };

    await test.step('a team lead', async () => {
      const { context, page } = await official(browser, url, { email: LEAD, password, viewport });
      await look(page, 'beranda');
      await openTask(page);
      for (const tab of ['Diskusi', 'Tahapan', 'Keputusan', 'Kabar publik', 'Riwayat']) {
        await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
        await expect(page.getByRole('tabpanel', { name: new RegExp(`^${tab}`) })).toBeVisible();
        await look(page, tab);
      }
      await page.getByRole('button', { name: 'Rincian' }).click();
      await look(page, 'rincian');
      await page.getByRole('tab', { name: /^Tahapan/ }).click();
      await page
        .getByRole('button', { name: /^Ubah tahap/ })
        .first()
        .click();
      await look(page, 'ubah-tahap');
      await page.getByRole('button', { name: 'Ubah status' }).click();
      await look(page, 'ubah-status');
      await context.close();
    });

    await test.step('a leader', async () => {
      const { context, page } = await official(browser, url, { email: SEKDA, password, viewport });
      await page.goto('/app/pantauan');
      await expect(page.getByText(/Penanganan titik genangan/).first()).toBeVisible();
      await look(page, 'pantauan');
      const fold = page.getByText('Saringan', { exact: true });
      if (await fold.isVisible()) await fold.click();
      await page.getByLabel('Urutkan').scrollIntoViewIfNeeded();
      await look(page, 'saringan');
      await context.close();
    });

    await test.step('the PPID', async () => {
      const { context, page } = await official(browser, url, { email: PPID, password, viewport });
      await page.goto('/app/tayang');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await look(page, 'tayang');
      await context.close();
    });

    await test.step('a citizen', async () => {
      const { context, page } = await visitor(browser, url, { viewport });
      await page.goto('/');
      await look(page, 'daftar');
      await page
        .getByRole('link', { name: /genangan/ })
        .first()
        .click();
      await expect(page.getByRole('heading', { name: 'Kabar terbaru' })).toBeVisible();
      await look(page, 'pekerjaan');
      await context.close();
    });
  });
}

for (const viewport of [
  { width: 1366, height: 768 },
  { width: 360, height: 640 },
]) {
  test(`the buttons of the status dialog are always in sight: ${viewport.width} × ${viewport.height}`, async ({
    browser,
    baseURL,
  }) => {
    const { context, page } = await official(browser, baseURL ?? '', { email: LEAD, password, viewport });
    await openTask(page);
    await page.getByRole('button', { name: 'Ubah status' }).click();
    const dialog = page.getByRole('dialog');
    // The longest form: citizens are owed a sentence too.
    await dialog.getByRole('radio', { name: /Ditunda/ }).check();
    const save = dialog.getByRole('button', { name: /^Ubah ke/ });
    for (const field of [dialog.getByRole('radio').first(), dialog.getByRole('textbox').last()]) {
      await field.focus();
      await expect(save).toBeInViewport({ ratio: 1 });
      await expect(dialog.getByRole('button', { name: 'Batal' })).toBeInViewport({ ratio: 1 });
      const [one, other] = [await field.boundingBox(), await save.boundingBox()];
      expect((one?.y ?? 0) + (one?.height ?? 0)).toBeLessThanOrEqual(other?.y ?? 0);
    }
    await album('small-windows')(page, `dialog-${viewport.width}`);
    await context.close();
  });
}

test('after an outage the composer stands at the end of the window again', async ({ browser, baseURL }) => {
  const viewport = { width: 360, height: 740 };
  const { context, page } = await official(browser, baseURL ?? '', { email: LEAD, password, viewport });
  await openTask(page);
  await page.getByRole('button', { name: /Bangunan di atas saluran/ }).click();
  const composer = page.locator('form').filter({ has: page.getByLabel('Tulis pesan') });
  await expect(composer).toBeVisible();
  const gap = async () => {
    const [form, places] = await Promise.all([
      composer.boundingBox(),
      page.getByRole('navigation', { name: 'Menu utama' }).boundingBox(),
    ]);
    return Math.abs((places?.y ?? 0) - (form?.y ?? 0) - (form?.height ?? 0));
  };
  await expect.poll(gap).toBeLessThan(12);

  const banner = page.locator('#content').locator('xpath=preceding-sibling::*');
  await context.setOffline(true);
  await expect(banner).toContainText('Sambungan terputus', { timeout: 20_000 });
  await expect.poll(gap).toBeLessThan(12);
  await context.setOffline(false);
  await expect(banner).toContainText('Terhubung kembali', { timeout: 20_000 });
  await expect(banner).toHaveCount(0, { timeout: 10_000 });
  await expect.poll(gap).toBeLessThan(12);
  await context.close();
});

test('on a small laptop the facts of a task leave their lines to the discussion', async ({
  browser,
  baseURL,
}) => {
  const viewport = { width: 1366, height: 625 };
  const { context, page } = await official(browser, baseURL ?? '', { email: LEAD, password, viewport });
  await openTask(page);
  await expect(page.getByLabel('Tulis pesan')).toBeVisible();
  // The day it is due stays; the rest is in the details.
  await expect(page.getByText('Tenggat', { exact: true }).filter({ visible: true })).toHaveCount(1);
  await expect(page.getByText('Pejabat pengarah', { exact: true })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Kirim', exact: true })).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Rincian tugas' }).click();
  await expect(page.getByText('Pejabat pengarah', { exact: true })).toBeVisible();
  await context.close();
});
