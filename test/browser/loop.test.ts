// The whole loop, tapped through by somebody who follows the guide and knows nothing.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, launch, open, PHONE, screenshotPath } from './support/browser.ts';
import { accessFaults, cutOff } from './support/facts.ts';
import { openSandbox } from './support/target.ts';

const STEPS = 12;
/** Browsers call more than 0.1 poor. */
const SHIFT_MAX = 0.05;
const GUIDE_TEXTS = ['#guide-title', '#guide-why', '#guide-send-text', '#guide-who'];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const walks: readonly {
  readonly name: string;
  readonly language: 'en' | 'es';
  readonly options: BrowserContextOptions;
}[] = [
  { name: 'desktop-en-light', language: 'en', options: { ...DESKTOP, colorScheme: 'light' } },
  { name: 'desktop-es-dark', language: 'es', options: { ...DESKTOP, colorScheme: 'dark' } },
  { name: 'phone-en-dark', language: 'en', options: { ...PHONE, colorScheme: 'dark' } },
  { name: 'phone-es-light', language: 'es', options: { ...PHONE, colorScheme: 'light' } },
];

const isNarrow = (page: Page) => page.locator('#tabs').isVisible();

const comesToView = (page: Page, panel: string) =>
  expect
    .poll(async () => Math.round((await page.locator(panel).boundingBox())?.x ?? Number.NaN))
    .toBe(0);

describe.each(walks)('the loop on $name', ({ name, language, options }) => {
  it('is walked to its end by tapping the next step', async () => {
    const sandbox = await openSandbox();
    const watched = await open(browser, `${sandbox.url}/sandbox?lang=${language}`, options);
    const { page, problems } = watched;
    const guide = page.locator('#guide');
    const send = page.locator('#guide-send');
    await page.screenshot({ animations: 'disabled', path: screenshotPath(`${name}-00`) });

    for (let step = 1; step <= STEPS; step += 1) {
      await page.locator('#guide[data-state="ready"]').waitFor();
      expect(await page.locator('#guide-progress').textContent()).toContain(String(step));
      expect(await cutOff(page, GUIDE_TEXTS)).toEqual([]);
      const next = page.locator('.phone[data-next]');
      const id = await next.getAttribute('id');
      await send.click();
      await expect
        .poll(() => page.locator('#guide-track .done').count())
        .toBeGreaterThanOrEqual(step);
      if (await isNarrow(page)) await comesToView(page, `#${id}`);
      await page.screenshot({
        animations: 'disabled',
        path: screenshotPath(`${name}-${String(step).padStart(2, '0')}`),
      });
    }

    expect(await guide.getAttribute('data-state')).toBe('done');
    expect(await cutOff(page, GUIDE_TEXTS)).toEqual([]);
    await page.locator('.state.staged').first().waitFor({ state: 'detached' });
    expect(Number(await page.locator('#records-count').textContent())).toBeGreaterThan(5);
    expect(await accessFaults(page)).toEqual([]);

    // The guide ends in the public record, and the PDS has what the bot wrote.
    await send.click();
    const verdict = page.locator('#record-verdict');
    await expect.poll(() => verdict.getAttribute('data-same')).toBe('true');
    expect(await page.locator('#record-uri').textContent()).toMatch(/^at:\/\/did:plc:/);
    expect(await page.locator('#record-pds').textContent()).toContain('"cid"');
    await page.screenshot({ animations: 'disabled', path: screenshotPath(`${name}-record`) });
    expect(await accessFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('#record').isVisible()).toBe(false);
    expect(await send.evaluate((button) => button === document.activeElement)).toBe(true);

    if (await isNarrow(page)) {
      await page.locator('#tabs [data-target="records"]').click();
      await comesToView(page, '#records');
    }
    await page.screenshot({
      animations: 'disabled',
      path: screenshotPath(`${name}-end`),
      fullPage: true,
    });
    expect(await watched.shift()).toBeLessThan(SHIFT_MAX);
    expect(problems).toEqual([]);
    await watched.close();
    await sandbox.close();
  });
});
