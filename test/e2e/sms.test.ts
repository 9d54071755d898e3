// The whole loop by SMS alone, in English and in Spanish: resident, organizer and café, from the
// first hello to the coffee, between the real core and a server that speaks Twilio's API. What every
// text costs is printed.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prove } from '../support/prove.ts';
import { openSmsCity, type SmsCity, type Texted } from '../support/sms-city.ts';
import { IN_BOTH_LANGUAGES, type SmsWords, tokenOf } from '../support/sms-words.ts';
import { photoFor } from '../support/telegram-city.ts';

const ADMIN = '+15105550100';
const ORGANIZER = '+15105550110';
const CAFE = '+15105550120';
const ANA = '+15105550141';
const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;
/** What the resident's side of the whole loop may cost. */
const RESIDENT_SEGMENTS_MAX = 8;

let city: SmsCity;
beforeEach(async () => {
  city = await openSmsCity();
});
afterEach(() => city.close());

const order = (words: string): Promise<string> => prove((text) => city.say(ADMIN, text), words);

/** An admin, an organizer with a cap, a café with an offer and a task to join. */
async function openTown(words: SmsWords, announcement: string = words.announce): Promise<void> {
  await city.say(ADMIN, `${words.accept} ${city.firstInvite()}`);
  await city.say(ADMIN, words.lang);
  await city.say(ORGANIZER, tokenOf(await order(words.issuer), words));
  await order(words.cap);
  await city.say(CAFE, tokenOf(await order(words.redeemer), words));
  for (const person of [ORGANIZER, CAFE]) await city.say(person, words.lang);
  expect(await city.say(CAFE, words.offer)).toMatch(words.says.enjoy);
  await city.say(ORGANIZER, announcement);
  expect(await city.say(ORGANIZER, 'OK')).toMatch(words.says.joined);
}

const show = (title: string, texts: readonly Texted[]): void => {
  const lines = texts.map(({ text, segments }) => `  ${segments}  ${text.replaceAll('\n', ' / ')}`);
  const sum = texts.reduce((all, { segments }) => all + segments, 0);
  process.stdout.write(`${title}: ${sum} segments\n${lines.join('\n')}\n`);
};
const costOf = (texts: readonly Texted[]): number =>
  texts.reduce((all, { segments }) => all + segments, 0);
const textsTo = (person: string): readonly Texted[] =>
  city.texted().filter(({ to }) => to === person);

describe.each(IN_BOTH_LANGUAGES)('$title', (words) => {
  it('the loop closes by texts alone, the resident’s side in at most eight segments', async () => {
    // Evidence of what can be done any time is taken at once.
    await openTown(words, words.announceAnyTime);
    // As a poster says it: the first text joins, once its sender has agreed to be texted.
    expect(await city.say(ANA, words.join)).toContain('OK');
    expect(await city.say(ANA, 'OK')).toMatch(words.says.joined);
    expect(await city.say(ANA, words.done, [await photoFor(90)])).toMatch(words.says.public);
    expect(await city.say(ANA, 'OK')).toMatch(words.says.thanks);
    expect(await city.say(ORGANIZER, words.review)).toContain('http');
    await city.say(ORGANIZER, words.approve);
    expect(textsTo(ANA).at(-1)?.text).toMatch(words.says.earned);
    const code = CODE.exec(await city.say(ANA, words.redeem))?.[0] ?? '';
    expect(await city.say(CAFE, `${words.confirm} ${code}`)).toMatch(words.says.honor);
    expect(textsTo(ANA).at(-1)?.text).toMatch(words.says.enjoy);
    // The photo is ours, and Twilio does not keep it.
    expect(city.twilio.messages.flatMap(({ media }) => media)).toEqual([]);
    for (const [title, person] of Object.entries({
      resident: ANA,
      organizer: ORGANIZER,
      café: CAFE,
    })) {
      show(`${words.title}, ${title}`, textsTo(person));
    }
    for (const { segments } of city.texted()) expect(segments).toBeLessThanOrEqual(3);
    expect(costOf(textsTo(ANA))).toBeLessThanOrEqual(RESIDENT_SEGMENTS_MAX);
  });

  it('a hello is answered with what this is, and after the OK with what there is to do', async () => {
    await openTown(words);
    await city.say(ANA, words.hello);
    expect(await city.say(ANA, 'OK')).toContain(words.join);
    expect(costOf(textsTo(ANA))).toBeLessThanOrEqual(3);
  });

  const flows: readonly (readonly [string, readonly string[]])[] = [
    ['the greeting', [words.hello]],
    ['joining', [words.hello, 'OK', words.join]],
    ['the question whether evidence may be public', [words.hello, 'OK', words.join, words.done]],
  ];
  it.each(flows)(
    'STOP in the middle of %s is confirmed once, and then it is quiet',
    async (_, said) => {
      await openTown(words, words.announceAnyTime);
      for (const text of said) await city.say(ANA, text);
      const before = textsTo(ANA).length;
      expect(await city.say(ANA, words.stop)).toMatch(words.says.stopped);
      expect(await city.say(ANA, words.stop)).toBe('');
      expect(await city.say(ANA, 'OK')).toBe('');
      expect(await city.say(ANA, words.tasks)).toBe('');
      expect(textsTo(ANA)).toHaveLength(before + 1);
      await city.say(ANA, words.start);
      expect(await city.say(ANA, words.tasks)).toMatch(words.says.joined);
    },
  );

  it('STOP in the middle of an announcement ends it for the organizer, too', async () => {
    await openTown(words);
    await city.say(ORGANIZER, words.announce);
    expect(await city.say(ORGANIZER, words.stop)).toMatch(words.says.stopped);
    const before = city.texted().length;
    expect(await city.say(ORGANIZER, 'OK')).toBe('');
    expect(city.texted()).toHaveLength(before);
  });

  it('what Twilio answered by itself is kept, and not answered again', async () => {
    await openTown(words);
    for (const text of [words.hello, 'OK', words.join]) await city.say(ANA, text);
    const before = textsTo(ANA).length;
    await city.post({ ...city.twilio.receive(ANA, words.stop), OptOutType: 'STOP' });
    await city.settle();
    expect(await city.say(ANA, words.tasks)).toBe('');
    expect(textsTo(ANA)).toHaveLength(before);
  });

  it('an opt-out that only a failed message tells of silences as well', async () => {
    await openTown(words);
    for (const text of [words.hello, 'OK', words.join]) await city.say(ANA, text);
    const last = city.twilio.sentTo(ANA).at(-1);
    await city.report(last?.sid ?? '', 'undelivered', 21610);
    expect(await city.say(ANA, words.tasks)).toBe('');
  });
});
