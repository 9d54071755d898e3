// The desk as people use it: the review queue by keyboard, the counter on a flaky line, both widths and
// both languages.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { type DeskCity, openDeskCity } from '../support/desk.ts';
import { serveApp } from '../support/web-server.ts';
import { DESKTOP, launch, open, PHONE, screenshotPath } from './support/browser.ts';
import { accessFaults } from './support/facts.ts';

const ANA = '+15105550141';
const PAGE_BYTES_MAX = 60_000;

describe('the desk', () => {
  let browser: Browser;
  let desk: DeskCity;
  let web: Awaited<ReturnType<typeof serveApp>>;
  beforeAll(async () => {
    browser = await launch();
    desk = await openDeskCity();
    // Browsers keep cookies that are for safe places alone on `localhost`, too.
    web = await serveApp(desk.app);
  });
  afterAll(async () => {
    await browser.close();
    await web.close();
    await desk.city.stop();
  });

  /** Opens the desk by a link, as its person does. */
  async function signIn(from: string, options: Parameters<typeof open>[2]) {
    const link = await desk.link(from);
    const opened = await open(browser, `${web.url}${link}`, options);
    await opened.page.getByRole('button', { name: 'Open my desk' }).click();
    await opened.page.waitForURL('**/desk');
    return opened;
  }

  async function looksRight(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: screenshotPath(name), fullPage: true });
    expect(await accessFaults(page)).toEqual([]);
    expect((await page.content()).length).toBeLessThan(PAGE_BYTES_MAX);
  }

  it.each([
    { name: 'desktop', lang: 'en', options: { ...DESKTOP, colorScheme: 'light' } },
    { name: 'phone', lang: 'es', options: { ...PHONE, colorScheme: 'light' } },
    { name: 'phone-dark', lang: 'en', options: { ...PHONE, colorScheme: 'dark' } },
  ] as const)('can be used by everybody: $name', async ({ name, lang, options }) => {
    await desk.sendEvidence(ANA, 'Three bags');
    const pages = {
      [SEEDED.organizer]: ['', '/tasks', '/tasks/1', '/review', '/team'],
      [SEEDED.redeemer]: ['/counter', '/offers'],
      [SEEDED.admin]: ['/city'],
    };
    for (const [person, paths] of Object.entries(pages)) {
      const { page, problems, close } = await signIn(person, options);
      for (const path of paths) {
        await page.goto(`${web.url}/desk${path}?lang=${lang}`);
        await looksRight(page, `desk-${name}${path.replaceAll('/', '-')}`);
      }
      expect(problems).toEqual([]);
      await close();
    }
  });

  it('approves with one key, and undoes with one', async () => {
    await desk.sendEvidence('+15105550143', 'Four bags', 400);
    await desk.sendEvidence('+15105550144', 'Five bags', 500);
    const { page, problems, close } = await signIn(SEEDED.organizer, DESKTOP);
    await page.goto(`${web.url}/desk/review`);
    const first = await page.locator('article h2').textContent();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL('**/desk/review/2');
    expect(await page.locator('article h2').textContent()).not.toBe(first);
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL('**/desk/review/1');
    await page.keyboard.press('a');
    await page.getByText('approved in a moment').waitFor();
    await page.keyboard.press('u');
    await page.getByText('Undone.').waitFor();
    await page.keyboard.press('r');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('reason');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await page.getByText('not approved, in a moment').waitFor();
    await looksRight(page, 'desk-review-held');
    expect(problems).toEqual([]);
    await close();
  });

  it('says at the counter that it does not know yet while the line is down, and then the truth', async () => {
    const { page, close } = await signIn(SEEDED.redeemer, PHONE);
    await page.goto(`${web.url}/desk/counter`);
    let asked = 0;
    await page.route('**/desk/act/confirm', async (route) => {
      asked += 1;
      // The first answer is lost on its way back.
      if (asked === 1) {
        await route.fetch({ maxRedirects: 0 });
        await route.abort();
      } else await route.continue();
    });
    await page.getByLabel('Code').fill('AAAA-AAAA');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('NOT SURE YET').waitFor();
    await page.screenshot({ path: screenshotPath('desk-counter-not-sure') });
    await page.getByText('DO NOT GIVE IT', { exact: false }).first().waitFor();
    expect(asked).toBe(2);
    await looksRight(page, 'desk-counter-stop');
    await close();
  });
});
