// The counter by page: a code is honored once, and the page says so again when it is asked again.
import { expect, test } from 'vitest';
import { codeFrom } from '../../../src/domain/code.ts';
import { SEEDED } from '../../../src/sandbox/seed.ts';
import { browserOf, type DeskCity, signIn, withDesk } from '../../support/desk.ts';

const ANA = '+15105550141';

/** A code of offer 1. */
async function earnCode(desk: DeskCity): Promise<string> {
  await desk.sendEvidence(ANA, 'Three bags');
  await desk.ask(SEEDED.organizer, 'APPROVE 1');
  return /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await desk.ask(ANA, 'REDEEM 1'))?.[0] ?? '';
}

test('a good code is given once, and the repeat of the same form shows the same', () =>
  withDesk(async (desk) => {
    const code = await earnCode(desk);
    const browser = await signIn(desk, SEEDED.redeemer);
    await browser.get('/desk/counter');
    const form = { ...browser.fieldsOf('/desk/act/confirm'), code: code.toLowerCase() };
    await browser.post('/desk/act/confirm', form);
    expect(browser.html()).toMatch(/class="verdict give" role="status"/);
    expect(browser.text()).toContain('GIVE IT');
    const said = /class="verdict[\s\S]*?<\/div>/;
    const first = said.exec(browser.html())?.[0];
    await browser.post('/desk/act/confirm', form);
    expect(said.exec(browser.html())?.[0]).toBe(first);
    expect(browser.text()).toContain('Honored: 1.');
    await browser.send('/desk/act/confirm', { code });
    expect(browser.html()).toContain('class="verdict give"');
  }));

test('a wrong code is not to be given, by sign, words and role', () =>
  withDesk(async (desk) => {
    const browser = await signIn(desk, SEEDED.redeemer);
    for (const code of ['AAAA-AAAA', 'ABCDEFGH', '<b>1</b>']) {
      await browser.get('/desk/counter');
      await browser.send('/desk/act/confirm', { code });
      expect(browser.html()).not.toContain('verdict give');
      expect(browser.html()).not.toContain('<b>');
      expect(browser.html()).toMatch(/class="verdict stop" role="alert"/);
    }
  }));

test('guesses at the desk use up the same budget as by words', () =>
  withDesk(async (desk) => {
    const code = await earnCode(desk);
    const browser = await signIn(desk, SEEDED.redeemer);
    for (let times = 0; times < 5; times += 1) {
      await browser.get('/desk/counter');
      await browser.send('/desk/act/confirm', {
        code: codeFrom(Uint8Array.of(1, 2, 3, 4, 5, 6, times)),
      });
    }
    await browser.get('/desk/counter');
    await browser.send('/desk/act/confirm', { code });
    expect(browser.html()).not.toContain('verdict give');
  }));

test('nobody without a session learns anything from the counter', () =>
  withDesk(async (desk) => {
    const stranger = browserOf(desk.app);
    expect((await stranger.get('/desk/counter')).status).toBe(401);
    expect((await stranger.post('/desk/act/confirm', { code: 'AAAA-AAAA' })).status).toBe(401);
  }));

test('the last one is taken back at the desk, after it was read back', () =>
  withDesk(async (desk) => {
    const code = await earnCode(desk);
    const browser = await signIn(desk, SEEDED.redeemer);
    await browser.get('/desk/counter');
    await browser.send('/desk/act/confirm', { code });
    expect(browser.text()).toContain('Honored: 1.');
    await browser.send('/desk/act/undo');
    expect(browser.html()).not.toMatch(/class="verdict (?:give|stop)/);
    await browser.send('/desk/answer', { choice: 'OK' });
    expect(browser.text()).toContain('Honored: 0.');
  }));

test('a price and a pause are set on the page of offers', () =>
  withDesk(async (desk) => {
    const browser = await signIn(desk, SEEDED.redeemer);
    await browser.get('/desk/offers');
    await browser.send('/desk/act/price', { credits: '9' }, { offer: '1' });
    await browser.send('/desk/act/pause', {}, { offer: '1' });
    expect(desk.city.store.read.offers.get(1)?.offer).toMatchObject({
      credits: 9,
      state: 'paused',
    });
    await browser.send('/desk/act/unpause', {}, { offer: '1' });
    expect(desk.city.store.read.offers.get(1)?.offer.state).toBe('open');
  }));
