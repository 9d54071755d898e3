import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSandbox } from '../support/web-server.ts';
import { DESKTOP, launch, open, PHONE, screenshotPath } from './support/browser.ts';
import { accessFaults } from './support/facts.ts';

describe('the public pages', () => {
  let browser: Browser;
  let sandbox: Awaited<ReturnType<typeof serveSandbox>>;
  beforeAll(async () => {
    browser = await launch();
    sandbox = await serveSandbox();
  });
  afterAll(async () => {
    await browser.close();
    await sandbox.close();
  });

  it.each([
    { name: 'home-desktop', path: '/?lang=en', options: { ...DESKTOP, colorScheme: 'light' } },
    { name: 'home-desktop-dark', path: '/?lang=es', options: { ...DESKTOP, colorScheme: 'dark' } },
    { name: 'home-phone', path: '/?lang=es', options: { ...PHONE, colorScheme: 'light' } },
    { name: 'home-phone-dark', path: '/?lang=en', options: { ...PHONE, colorScheme: 'dark' } },
    {
      name: 'task-desktop',
      path: '/tasks/1?lang=en',
      options: { ...DESKTOP, colorScheme: 'light' },
    },
    {
      name: 'task-phone-dark',
      path: '/tasks/2?lang=es',
      options: { ...PHONE, colorScheme: 'dark' },
    },
  ] as const)('are for everybody: $name', async ({ name, path, options }) => {
    const { page, problems, shift, close } = await open(browser, `${sandbox.url}${path}`, options);
    await page.screenshot({ animations: 'disabled', path: screenshotPath(name), fullPage: true });
    expect(await accessFaults(page)).toEqual([]);
    expect(problems).toEqual([]);
    // Half a pixel of one line counts as a shift; what people see move is a thousand times more.
    expect(await shift()).toBeLessThan(0.0001);
    await close();
  });

  it('say in place of a file that is not there which ones are', async () => {
    const url = `${sandbox.url}/export/people.csv?lang=es`;
    const { page, close } = await open(browser, url, { ...PHONE, colorScheme: 'dark' });
    await page.screenshot({ path: screenshotPath('no-such-file'), fullPage: true });
    expect(await page.locator('.links a').count()).toBe(10);
    expect(await accessFaults(page)).toEqual([]);
    await close();
  });

  it('hand a file over under its name', async () => {
    const { page, close } = await open(browser, `${sandbox.url}/?lang=en`, DESKTOP);
    const arriving = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Transfers: CSV' }).click();
    expect((await arriving).suggestedFilename()).toMatch(/^berkeley-transfers-[-0-9]{10}\.csv$/);
    await close();
  });
});
