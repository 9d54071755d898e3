// The guide's second chapter: the day of a task, tapped through with the phones and the clock.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { DESKTOP, launch, open, PHONE, screenshotPath } from './support/browser.ts';
import { accessFaults, cutOff } from './support/facts.ts';
import { openSandbox } from './support/target.ts';

/** As long as days may take on a busy machine. */
const LONG = { timeout: 60_000 };
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
  readonly taps: readonly (string | RegExp)[];
}[] = [
  {
    name: 'desktop',
    language: 'en',
    options: { ...DESKTOP, viewport: { width: 1280, height: 800 } },
    taps: [
      'Send “JOIN 2”',
      'To a day before task 2',
      'Send “OK 2”',
      'To the start of task 2',
      'Send “ROSTER 2”',
      /^Send “HERE \d{4}”$/,
      'Send “DONE 2” + photo',
      'Send “APPROVE 2”',
    ],
  },
  {
    name: 'phone',
    language: 'es',
    options: PHONE,
    taps: [
      'Enviar «UNIRME 2»',
      'A un día antes de la tarea 2',
      'Enviar «OK 2»',
      'Al inicio de la tarea 2',
      'Enviar «PERSONAS 2»',
      /^Enviar «AQUÍ \d{4}»$/,
      'Enviar «LISTO 2» + foto',
      'Enviar «APROBAR 2»',
    ],
  },
];

const state = (page: Page) => page.locator('#guide').getAttribute('data-state');
const chapter = (page: Page) => page.locator('#guide-chapter');
const progress = async (page: Page) =>
  Number(/\d+/.exec((await page.locator('#guide-progress').textContent()) ?? '')?.[0]);

/** Taps what the guide proposes until the chapter is at its end; what it proposed. */
async function follow(page: Page, looked: (tap: number) => Promise<void>): Promise<string[]> {
  const sent: string[] = [];
  for (;;) {
    await page.locator('#guide:is([data-state="ready"],[data-state="done"])').waitFor(LONG);
    if ((await state(page)) === 'done') return sent;
    await looked(sent.length);
    const step = await progress(page);
    sent.push((await page.locator('#guide-send-text').textContent()) ?? '');
    await page.locator('#guide-send').click();
    const isOver = async () =>
      (await state(page)) === 'done' ||
      ((await state(page)) === 'ready' && (await progress(page)) > step);
    await expect.poll(isOver, LONG).toBe(true);
  }
}

describe.each(walks)('the day of a task on a $name', ({ name, language, options, taps }) => {
  it('follows the whole loop and is tapped through', { timeout: 240_000 }, async () => {
    const sandbox = await openSandbox();
    const watched = await open(browser, `${sandbox.url}/sandbox?lang=${language}`, options);
    const { page, problems } = watched;
    await follow(page, async () => {
      // Not before the first chapter is at its end.
      expect(await chapter(page).isVisible()).toBe(false);
    });
    await page.screenshot({ animations: 'disabled', path: screenshotPath(`day-${name}-before`) });
    await chapter(page).click();

    const sent = await follow(page, async (tap) => {
      expect(await cutOff(page, GUIDE_TEXTS)).toEqual([]);
      await page.screenshot({ animations: 'disabled', path: screenshotPath(`day-${name}-${tap}`) });
      // A page that is loaded again goes on where it was.
      if (tap !== 2) return;
      await page.reload();
      await page.locator('#guide[data-state="ready"]').waitFor();
      expect(await progress(page)).toBe(3);
    });
    expect(sent).toEqual(
      taps.map((tap) => (tap instanceof RegExp ? expect.stringMatching(tap) : tap)),
    );
    expect(await cutOff(page, GUIDE_TEXTS)).toEqual([]);
    expect(await accessFaults(page)).toEqual([]);
    await page.screenshot({ animations: 'disabled', path: screenshotPath(`day-${name}-end`) });

    // It ends in the claim's record, which tells the steps.
    await page.locator('#guide-send').click();
    await expect
      .poll(() => page.locator('#record-verdict').getAttribute('data-same'), LONG)
      .toBe('true');
    const record = (await page.locator('#record-pds').textContent()) ?? '';
    const steps = [...record.matchAll(/"status": ?"([\w-]+)"/g)].map(([, status]) => status);
    const day = ['joined', 'confirmed', 'checked-in', 'submitted', 'verified'];
    expect(steps.filter((step, at) => step !== steps[at - 1])).toEqual(expect.arrayContaining(day));
    await page.screenshot({ animations: 'disabled', path: screenshotPath(`day-${name}-record`) });
    await page.keyboard.press('Escape');

    // And back to the first chapter, which is at its end.
    await chapter(page).click();
    expect(await state(page)).toBe('done');
    expect(await page.locator('#guide-track li').count()).toBe(12);
    expect(problems).toEqual([]);
    await watched.close();
    await sandbox.close();
  });
});

it('is skipped step by step, whatever was played before', { timeout: 120_000 }, async () => {
  const sandbox = await openSandbox();
  const watched = await open(browser, `${sandbox.url}/sandbox?lang=en`, DESKTOP);
  const { page, problems } = watched;
  await page.locator('#guide[data-state="ready"]').waitFor();
  while ((await state(page)) !== 'done') await page.locator('#guide-skip').click();
  await chapter(page).click();
  expect(await state(page)).toBe('ready');
  // Nothing was offered to the resident, so there is nothing to join: the guide says what it needs.
  expect(await page.locator('#guide-why').textContent()).toContain('TASKS');
  expect(await page.locator('#guide-send').getAttribute('aria-disabled')).toBe('true');
  const phone = page.locator(`.phone[data-person="${SEEDED.resident}"]`);
  const answers = phone.locator('.message.out');
  for (const text of ['HI', 'OK', 'TASKS']) {
    const before = await answers.count();
    await phone.locator('textarea').fill(text);
    await phone.locator('textarea').press('Enter');
    await expect.poll(() => answers.count(), LONG).toBeGreaterThan(before);
  }
  await expect
    .poll(() => page.locator('#guide-send-text').textContent(), LONG)
    .toBe('Send “JOIN 2”');
  while ((await state(page)) !== 'done') await page.locator('#guide-skip').click();
  expect(problems).toEqual([]);
  await watched.close();
  await sandbox.close();
});
