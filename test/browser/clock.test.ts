// The time in the city on the sandbox's page: it is shown, and moved on.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import type { ComingTask } from '../../src/sandbox/page/page-data.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { DESKTOP, launch, open, PHONE, screenshotPath } from './support/browser.ts';
import { accessFaults, cutOff } from './support/facts.ts';
import { openSandbox } from './support/target.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const screens: readonly {
  readonly name: string;
  readonly language: 'en' | 'es';
  readonly options: BrowserContextOptions;
}[] = [
  {
    name: 'desktop',
    language: 'en',
    options: { ...DESKTOP, viewport: { width: 1280, height: 800 } },
  },
  { name: 'phone', language: 'es', options: PHONE },
];

/** As long as days may take on a busy machine. */
const LONG = { timeout: 60_000 };

/** The time (ms) that the page shows. */
const shown = async (page: Page): Promise<number> =>
  Date.parse((await page.locator('#clock-time').getAttribute('datetime')) ?? '');
const isFree = (page: Page) =>
  page.locator('#clock [data-minutes="60"][aria-disabled="false"]').waitFor();

describe.each(screens)('the clock on a $name', ({ name, language, options }) => {
  it('goes on by an hour, by a day and to the start of the next task, and the phones show it', async () => {
    const sandbox = await openSandbox();
    const watched = await open(browser, `${sandbox.url}/sandbox?lang=${language}`, options);
    const { page, problems } = watched;
    const coming = (await (
      await fetch(`${sandbox.url}/sandbox/tasks`)
    ).json()) as readonly ComingTask[];
    // Task 1 can be done at any time, so there is nothing to go to.
    expect(coming.map(({ number }) => number)).toEqual([2, 3, 4]);
    const startsAt = Date.parse(coming[0]?.startsAt ?? '');
    await page.locator('#guide[data-state="ready"]').waitFor();
    await isFree(page);
    const before = await shown(page);
    expect(Math.abs(before - Date.now())).toBeLessThan(2 * MINUTE_MS);
    expect(await cutOff(page, ['#clock-time', '#clock button', '.clock-now'])).toEqual([]);

    await page.locator('#clock [data-minutes="60"]').click();
    await expect.poll(() => shown(page)).toBeGreaterThanOrEqual(before + HOUR_MS - MINUTE_MS);
    await isFree(page);
    const field = page.locator(`.phone[data-person="${SEEDED.resident}"] textarea`);
    await field.fill('HI');
    await field.press('Enter');
    const heard = page.locator(`.phone[data-person="${SEEDED.resident}"] .message.out time`);
    await heard.first().waitFor();
    const at = Date.parse((await heard.first().getAttribute('datetime')) ?? '');
    expect(at).toBeGreaterThanOrEqual(before + HOUR_MS - MINUTE_MS);

    await page.locator('#clock [data-minutes="1440"]').click();
    await expect.poll(() => shown(page)).toBeGreaterThanOrEqual(before + 24 * HOUR_MS);
    await isFree(page);
    await page.screenshot({ animations: 'disabled', path: screenshotPath(`clock-${name}`) });
    expect(await accessFaults(page)).toEqual([]);

    await field.fill('OK');
    await field.press('Enter');
    await page.locator(`.phone[data-person="${SEEDED.resident}"] .day`).waitFor();

    const toTask = page.locator('#clock-task');
    expect(await toTask.getAttribute('aria-label')).toMatch(/ 2$/);
    await toTask.click();
    await expect.poll(() => shown(page), LONG).toBeGreaterThanOrEqual(startsAt);
    expect((await shown(page)) - startsAt).toBeLessThan(5 * MINUTE_MS);
    await isFree(page);
    // It has begun: the one after it is next.
    expect(await toTask.getAttribute('aria-label')).toMatch(/ 3$/);
    expect(await toTask.getAttribute('aria-disabled')).toBe('false');
    await page.screenshot({ animations: 'disabled', path: screenshotPath(`clock-${name}-task`) });
    expect(problems).toEqual([]);
    await watched.close();
    await sandbox.close();
  });
});
