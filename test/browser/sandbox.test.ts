// What the sandbox's page does beside the guide.
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ON_BLUESKY, ON_TELEGRAM, ORGANIZER, RESIDENT } from '../support/memory-page-data.ts';
import { serveSandbox } from '../support/web-server.ts';
import type { Watched } from './support/browser.ts';
import { DESKTOP, launch, open, PHONE, screenshotPath } from './support/browser.ts';
import { accessFaults } from './support/facts.ts';

const PHOTO = fileURLToPath(new URL('../../src/sandbox/page/client/photo.jpg', import.meta.url));

let browser: Browser;
let sandbox: Awaited<ReturnType<typeof serveSandbox>>;
let watched: Watched;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  sandbox = await serveSandbox();
});
afterEach(async () => {
  await watched.close();
  await sandbox.close();
});

async function visit(options = DESKTOP): Promise<Page> {
  watched = await open(browser, `${sandbox.url}/sandbox?lang=en`, options);
  await watched.page.locator('#guide[data-state="ready"]').waitFor();
  return watched.page;
}

const phone = (page: Page, person: string) => page.locator(`.phone[data-person="${person}"]`);

describe('a phone', () => {
  it('sends with Enter, keeps Shift+Enter for a new line, and keeps the focus', async () => {
    const page = await visit();
    const field = phone(page, RESIDENT).locator('textarea');
    await field.focus();
    await page.keyboard.type('DONE 1');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two bags');
    await page.keyboard.press('Enter');
    await phone(page, RESIDENT).locator('.message.in', { hasText: 'two bags' }).waitFor();
    expect(sandbox.data.received.map(({ text }) => text)).toEqual(['DONE 1\ntwo bags']);
    await expect.poll(() => field.inputValue()).toBe('');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(watched.problems).toEqual([]);
  });

  it('shows segments and encoding under each text of the bot', async () => {
    const page = await visit();
    sandbox.data.stage.say(RESIDENT, 'x'.repeat(161));
    sandbox.data.stage.say(RESIDENT, 'ok');
    const lines = phone(page, RESIDENT).locator('.segments');
    await expect
      .poll(() => lines.allTextContents())
      .toEqual(['2 segments · GSM-7', '1 segment · GSM-7']);
  });

  it('shows strangers’ text as text', async () => {
    const page = await visit();
    const evil =
      '<img src=x onerror="document.title=\'hacked\'"><script>document.title="hacked"</script>';
    const field = phone(page, RESIDENT).locator('textarea');
    await field.fill(evil);
    await field.press('Enter');
    sandbox.data.stage.say(ORGANIZER, `A resident wrote: ${evil} javascript:alert(1)`);
    sandbox.data.stage.record({
      collection: 'org.city-sync.civic.task',
      summary: evil,
      value: { title: evil },
    });
    await phone(page, ORGANIZER).locator('.text', { hasText: '<img src=x' }).waitFor();
    await page.locator('.entry', { hasText: '<img src=x' }).first().click();
    await page.locator('#record-pds', { hasText: 'onerror' }).waitFor();
    expect(
      await page.locator('.phone img:not([src^="/assets/"]), a[href^="javascript"]').count(),
    ).toBe(0);
    expect(await page.title()).not.toBe('hacked');
    expect(watched.problems).toEqual([]);
  });

  it('makes web addresses links, and at:// addresses ways to the record', async () => {
    const page = await visit();
    const { uri } = sandbox.data.stage.record({
      collection: 'org.city-sync.civic.claim',
      summary: 'x',
      value: { n: 1 },
    });
    sandbox.data.stage.say(RESIDENT, `See https://example.org/a?b=c, and ${uri}.`);
    const links = phone(page, RESIDENT).locator('.text a');
    await expect.poll(() => links.allTextContents()).toEqual(['https://example.org/a?b=c', uri]);
    expect(await links.first().getAttribute('rel')).toBe('noopener noreferrer');
    await links.last().click();
    await page.locator('#record-ours', { hasText: '"n": 1' }).waitFor();
    expect(await page.locator('#record-uri').textContent()).toBe(uri);
  });

  it('sends what a suggestion says, and by keyboard goes on in the field', async () => {
    const page = await visit();
    const tasks = phone(page, RESIDENT).locator('.suggestions button', { hasText: 'TASKS' });
    await tasks.focus();
    await page.keyboard.press('Enter');
    await phone(page, RESIDENT)
      .locator('.message.in', { hasText: 'TAREAS' })
      .waitFor({ state: 'detached' });
    await phone(page, RESIDENT).locator('.suggestions button', { hasText: '1' }).first().waitFor();
    expect(sandbox.data.received[0]?.text).toBe('TASKS');
    const field = phone(page, RESIDENT).locator('textarea');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('sends a chosen file after showing it, and can let it go', async () => {
    const page = await visit();
    const own = phone(page, RESIDENT);
    await own.locator('input[type="file"]').setInputFiles(PHOTO);
    await own.locator('.attached', { hasText: 'photo.jpg' }).waitFor();
    await own.locator('[data-remove-file]').click();
    expect(await own.locator('.attached').isVisible()).toBe(false);
    await own.locator('input[type="file"]').setInputFiles(PHOTO);
    await own.locator('textarea').fill('DONE 1');
    await own.locator('.send').click();
    await own.locator('.message.in img').waitFor();
    expect(sandbox.data.received).toHaveLength(1);
    expect(sandbox.data.received[0]?.media[0]?.mediaType).toBe('image/jpeg');
    expect(await own.locator('.attached').isVisible()).toBe(false);
    const shown = own.locator('.message.in img');
    await expect
      .poll(() =>
        shown.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth),
      )
      .toBeGreaterThan(0);
  });

  it('says why a file is not taken, and why a message was refused', async () => {
    const page = await visit();
    const own = phone(page, RESIDENT);
    const big = { name: 'big.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(9 * 1024 * 1024) };
    await own.locator('input[type="file"]').setInputFiles(big);
    await expect.poll(() => own.locator('.problem').textContent()).toContain('8 MB at most');
    await own.locator('textarea').fill('REFUSE ME');
    await own.locator('textarea').press('Enter');
    await expect.poll(() => own.locator('.problem').textContent()).toBe('The script refuses that.');
    expect(await own.locator('textarea').inputValue()).toBe('REFUSE ME');
  });
});

describe('the messages of a phone', () => {
  it('follow what comes, from the end, and also after one has spoken from further up', async () => {
    const page = await visit();
    const list = phone(page, RESIDENT).locator('.messages');
    const below = () =>
      list.evaluate((all) => Math.round(all.scrollHeight - all.scrollTop - all.clientHeight));
    for (let count = 0; count < 30; count += 1) sandbox.data.stage.say(RESIDENT, `line ${count}`);
    await list.locator('.text', { hasText: 'line 29' }).waitFor();
    await expect.poll(below).toBeLessThan(2);
    await list.evaluate((all) => all.scrollTo(0, 0));
    await expect.poll(below).toBeGreaterThan(200);
    sandbox.data.stage.say(RESIDENT, 'while reading further up');
    await list.locator('.text', { hasText: 'while reading' }).waitFor();
    expect(await below()).toBeGreaterThan(200);
    await phone(page, RESIDENT).locator('textarea').fill('HI');
    await phone(page, RESIDENT).locator('textarea').press('Enter');
    await list.locator('.message.out', { hasText: 'Reply OK' }).waitFor();
    await expect.poll(below).toBeLessThan(2);
  });
});

describe('channels', () => {
  it('Telegram: a button below the message sends its word', async () => {
    const page = await visit();
    const choices = [{ label: 'Join', send: 'JOIN 1' }];
    sandbox.data.stage.say(ON_TELEGRAM, 'Creek clean-up', { public: true, choices });
    await phone(page, ON_TELEGRAM).locator('.inline-buttons button', { hasText: 'Join' }).click();
    await phone(page, ON_TELEGRAM).locator('.message.in', { hasText: 'JOIN 1' }).waitFor();
    expect(sandbox.data.received).toMatchObject([{ channel: 'telegram', from: ON_TELEGRAM }]);
    expect(sandbox.data.received[0]).not.toHaveProperty('replyTo');
  });

  it('Bluesky: one answers the post in the thread; direct messages stand apart', async () => {
    const page = await visit();
    sandbox.data.stage.say(ON_BLUESKY, 'Creek clean-up', { public: true });
    const own = phone(page, ON_BLUESKY);
    await own.locator('.reply').click();
    await own.locator('textarea').fill("I'm in");
    await own.locator('textarea').press('Enter');
    await own.locator('.message.in.post', { hasText: "I'm in" }).waitFor();
    expect(sandbox.data.received[0]?.replyTo).toBe(
      sandbox.data.messages('bluesky', ON_BLUESKY)[0]?.id,
    );
    await own.locator('.divider').waitFor();
    await own.locator('textarea').fill('BALANCE');
    await own.locator('textarea').press('Enter');
    await own.locator('.message.in:not(.post)', { hasText: 'BALANCE' }).waitFor();
    expect(sandbox.data.received[1]).not.toHaveProperty('replyTo');
  });

  it('Bluesky: a photo answers the newest post, for direct messages carry none', async () => {
    const page = await visit();
    sandbox.data.stage.say(ON_BLUESKY, 'Creek clean-up', { public: true });
    await phone(page, ON_BLUESKY).locator('.post').waitFor();
    await phone(page, ON_BLUESKY).locator('.attach summary').click();
    await phone(page, ON_BLUESKY).locator('[data-sample]').click();
    await phone(page, ON_BLUESKY).locator('.message.in img').waitFor();
    expect(sandbox.data.received[0]?.replyTo).toBe('m1');
  });
});

describe('the page', () => {
  it('shows what was said while the connection was gone, once and in order', async () => {
    const page = await visit();
    sandbox.data.stage.say(RESIDENT, 'before');
    await phone(page, RESIDENT).locator('.text', { hasText: 'before' }).waitFor();
    sandbox.drop();
    sandbox.data.stage.say(RESIDENT, 'meanwhile');
    sandbox.data.stage.record({
      collection: 'org.city-sync.civic.claim',
      summary: 'meanwhile',
      value: {},
    });
    await phone(page, RESIDENT).locator('.text', { hasText: 'meanwhile' }).waitFor();
    sandbox.data.stage.say(RESIDENT, 'after');
    await phone(page, RESIDENT).locator('.text', { hasText: 'after' }).waitFor();
    const texts = await phone(page, RESIDENT).locator('.text').allTextContents();
    expect(texts).toEqual(['before', 'meanwhile', 'after']);
    expect(await page.locator('.entry', { hasText: 'meanwhile' }).count()).toBe(1);
    await page.locator('#offline').waitFor({ state: 'hidden' });
  });

  it('shows everything again after a reload, and the guide where it was', async () => {
    const page = await visit();
    await page.locator('#guide-send').click();
    await expect.poll(() => page.locator('#guide-track .done').count()).toBe(1);
    const before = await page.locator('.text').allTextContents();
    await page.reload();
    await expect.poll(() => page.locator('#guide-track .done').count()).toBe(1);
    await expect.poll(() => page.locator('.text').allTextContents()).toEqual(before);
  });

  it('reads new messages out, once', async () => {
    const page = await visit();
    sandbox.data.stage.say(ON_TELEGRAM, 'For everybody', { public: true });
    sandbox.data.stage.say(ON_BLUESKY, 'For everybody', { public: true });
    const announcer = page.locator('#announcer');
    await expect.poll(() => announcer.textContent()).toBe('Ben Okafor receives: For everybody');
    expect(await announcer.getAttribute('aria-live')).toBe('polite');
  });

  it('keeps the focus in the dialog, and follows references from record to record', async () => {
    const page = await visit();
    const { data } = sandbox;
    const task = data.stage.record({
      collection: 'org.city-sync.civic.task',
      summary: 'Task 1',
      value: {},
    });
    data.stage.record({
      collection: 'org.city-sync.civic.claim',
      summary: 'A claim',
      value: { task },
    });
    const entry = page.locator('.entry', { hasText: 'A claim' });
    await entry.click();
    await page.locator('#record-ours a', { hasText: 'civic.task' }).click();
    await expect.poll(() => page.locator('#record-uri').textContent()).toBe(task.uri);
    await page.locator('#record-verdict[data-same="true"]').waitFor();
    for (let count = 0; count < 12; count += 1) {
      await page.keyboard.press('Tab');
      const outside = await page.evaluate(
        () =>
          document.activeElement !== document.body && !document.activeElement?.closest('dialog'),
      );
      expect(outside).toBe(false);
    }
    await page.keyboard.press('Escape');
    expect(await entry.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('shows in an open dialog that its record has been published', async () => {
    await sandbox.close();
    const published = Promise.withResolvers<void>();
    sandbox = await serveSandbox(published.promise);
    const page = await visit();
    sandbox.data.stage.record({
      collection: 'org.city-sync.civic.task',
      summary: 'Slow',
      value: {},
    });
    await page.locator('.entry', { hasText: 'Slow' }).click();
    await page.locator('#record-source', { hasText: 'Not published yet' }).waitFor();
    published.resolve();
    await page.locator('#record-verdict[data-same="true"]').waitFor();
    expect(watched.problems).toEqual([]);
  });

  it('remembers dark or light', async () => {
    const page = await visit({ ...DESKTOP, colorScheme: 'light' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.locator('[data-theme-toggle]').click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await ground()).toBe(dark);
    expect(await accessFaults(page)).toEqual([]);
  });

  it('stands still for those who ask for it', async () => {
    const page = await visit({ ...DESKTOP, reducedMotion: 'reduce' });
    sandbox.data.stage.say(RESIDENT, 'hello');
    sandbox.data.stage.record({ collection: 'org.city-sync.civic.task', summary: 'x', value: {} });
    await page.locator('.entry').first().waitFor();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  it('on a narrow screen leads to every phone and to the records, and marks news', async () => {
    const page = await visit(PHONE);
    const tabs = page.locator('#tabs button');
    for (const target of await tabs.evaluateAll((all) =>
      all.map((each) => each.dataset['target']),
    )) {
      await page.locator(`#tabs [data-target="${target}"]`).click();
      await page.locator(`#tabs [data-target="${target}"][aria-current]`).waitFor();
    }
    expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0]);
    sandbox.data.stage.say(RESIDENT, 'hello');
    await page.locator(`#tabs [data-target="sms ${RESIDENT}"] .dot`).waitFor();
    await page.locator(`#tabs [data-target="sms ${RESIDENT}"]`).click();
    await page.locator(`#tabs [data-target="sms ${RESIDENT}"] .dot`).waitFor({ state: 'hidden' });
    await page.screenshot({ animations: 'disabled', path: screenshotPath('phone-tabs') });
    expect(await accessFaults(page)).toEqual([]);
  });

  it('is walked by keyboard in the order in which it is seen', async () => {
    const page = await visit();
    const stops: string[] = [];
    for (let count = 0; count < 14; count += 1) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(() => {
          const element = document.activeElement;
          const seen = element && getComputedStyle(element).outlineStyle !== 'none';
          return `${element?.id || element?.className || element?.tagName}${seen ? '' : ' unseen'}`;
        }),
      );
    }
    expect(stops.slice(0, 2)).toEqual(['skip', 'brand']);
    expect(stops.indexOf('guide-send')).toBeGreaterThan(1);
    expect(stops.indexOf('guide-send')).toBeLessThan(stops.indexOf('messages'));
    expect(stops.filter((stop) => stop.endsWith('unseen'))).toEqual([]);
  });
});
