// The guide leads to its end however people played before, as it reads what the phones show.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX_PEOPLE } from '../../src/sandbox/people.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { DESKTOP, launch, open } from './support/browser.ts';
import { openSandbox } from './support/target.ts';

/** The steps, and those that full tasks add. */
const TAPS_MAX = 24;
const ON_TELEGRAM = SANDBOX_PEOPLE.find(({ channel }) => channel === 'telegram')?.person ?? '';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const phone = (page: Page, person: string) => page.locator(`.phone[data-person="${person}"]`);

/** Sends a message from a phone, the sample photo with it where it is wished, and waits for the answer. */
async function say(page: Page, person: string, text: string, withPhoto = false): Promise<void> {
  const own = phone(page, person);
  const before = await own.locator('.message.in').count();
  await own.locator('textarea').fill(text);
  if (withPhoto) {
    await own.locator('.attach summary').click();
    await own.locator('[data-sample]').click();
  } else {
    await own.locator('textarea').press('Enter');
  }
  await expect.poll(() => own.locator('.message.in').count()).toBeGreaterThan(before);
  await own.locator('.message.in >> nth=-1').waitFor();
  await expect.poll(() => own.locator('.message').last().getAttribute('class')).toContain('out');
}

/** Taps whatever the guide proposes until it is at its end; what it proposed. */
async function follow(page: Page): Promise<readonly string[]> {
  const guide = page.locator('#guide');
  const sent: string[] = [];
  while ((await guide.getAttribute('data-state')) !== 'done' && sent.length < TAPS_MAX) {
    await page.locator('#guide:is([data-state="ready"],[data-state="done"])').waitFor();
    if ((await guide.getAttribute('data-state')) === 'done') break;
    const step = `${await page.locator('#guide-who').textContent()}: ${await page.locator('#guide-send-text').textContent()}`;
    sent.push(step);
    const answers = await page.locator('.phone .message.out').count();
    await page.locator('#guide-send').click();
    await expect.poll(() => page.locator('.phone .message.out').count()).toBeGreaterThan(answers);
  }
  return sent;
}

const stories: readonly {
  readonly name: string;
  readonly play: (page: Page) => Promise<void>;
  readonly has: RegExp;
}[] = [
  {
    name: 'the Telegram phone went the whole way to its evidence',
    play: async (page) => {
      for (const text of ['HI', 'OK', 'JOIN 1']) await say(page, ON_TELEGRAM, text);
      await say(page, ON_TELEGRAM, 'DONE 1', true);
      await say(page, ON_TELEGRAM, 'OK');
    },
    has: /REVIEW 2”\n[^\n]*APPROVE 2”/,
  },
  {
    name: 'the task is joined already, in other words',
    play: async (page) => {
      for (const text of ['HI', 'OK', 'TASK 1', "I'm in", '1'])
        await say(page, SEEDED.resident, text);
    },
    has: /DONE 1/,
  },
  {
    name: 'the first task was left',
    play: async (page) => {
      for (const text of ['HI', 'OK', 'TASKS', 'JOIN 1', 'DROP 1']) {
        await say(page, SEEDED.resident, text);
      }
    },
    has: /JOIN 1”[\s\S]*DONE 1/,
  },
];

describe('after playing freely', () => {
  it.each(stories)(
    'the guide reaches its end: $name',
    { timeout: 120_000 },
    async ({ play, has }) => {
      const sandbox = await openSandbox();
      const watched = await open(browser, `${sandbox.url}/sandbox?lang=en`, DESKTOP);
      const { page } = watched;
      await page.locator('#guide[data-state="ready"]').waitFor();
      await play(page);
      const sent = await follow(page);
      expect(sent.join('\n')).toMatch(has);
      expect(sent.filter((step) => step.includes('APPROVE'))).toHaveLength(1);
      expect([await page.locator('#guide').getAttribute('data-state'), sent]).toEqual([
        'done',
        sent,
      ]);
      expect(watched.problems).toEqual([]);
      await watched.close();
      await sandbox.close();
    },
  );
});
