// A headless Chromium, and pages of it that notice everything that goes wrong in them.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
  });

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

export type Watched = {
  readonly page: Page;
  /** Errors of the console, of scripts and of the content security policy, so far. */
  readonly problems: readonly string[];
  /** How far things have moved by themselves (the sum that browsers call CLS). */
  readonly shift: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** A page in a browser of its own (its own storage, its own preferences). */
export async function open(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
): Promise<Watched> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ('value' in entry && !('hadRecentInput' in entry && entry.hadRecentInput)) {
          shifts.push(Number(entry.value));
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(url);
  return {
    page,
    problems,
    shift: () =>
      page.evaluate(() => {
        const { shifts } = window as unknown as { shifts: readonly number[] };
        return shifts.reduce((sum, each) => sum + each, 0);
      }),
    close: () => context.close(),
  };
}

let folder: string | undefined;

/** Where screenshots go: `SCREENSHOTS`, or a new folder below the temporary one. */
export function screenshotPath(name: string): string {
  if (folder === undefined) {
    folder = process.env['SCREENSHOTS'] ?? mkdtempSync(join(tmpdir(), 'city-sync-screens-'));
    mkdirSync(folder, { recursive: true });
    process.stdout.write(`Screenshots: ${folder}\n`);
  }
  return join(folder, `${name}.png`);
}
