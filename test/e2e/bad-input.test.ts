// Everything that people can get wrong, over the sandbox's HTTP, in both languages: each gets one
// sentence that helps and changes nothing, neither in the store nor in the repository.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeFrom, showCode } from '../../src/domain/code.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { createTexts, type TextKey } from '../../src/languages/texts.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { toGsm7 } from '../../src/lib/gsm7.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { BERKELEY } from '../support/city.ts';
import { clockOf } from '../support/clock.ts';
import { numberIn, prove } from '../support/prove.ts';
import { openSandbox, type Phone, type TestSandbox } from '../support/sandbox.ts';
import { waitFor } from '../support/wait-for.ts';

const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;
let aheadMs = 0;
const startedAt = Date.now();
// It stands while a case is looked at: no job writes a record in between, however slow the machine is.
const clock = clockOf(() => startedAt + aheadMs);
const TAGS = LANGUAGES.map(({ tag }) => tag);
const texts = createTexts(BERKELEY, LANGUAGES);

type Facts = Readonly<Record<string, number>>;
type Who = 'resident' | 'newcomer' | 'organizer' | 'redeemer' | 'rival' | 'admin';
let sandbox: TestSandbox;
let phones: Readonly<Record<Who, Phone>>;
/** A live code of the resident's. */
let code = '';

const redeem = async (): Promise<string> =>
  CODE.exec(await phones.resident.ask('REDEEM 1'))?.[0] ?? '';

beforeAll(async () => {
  sandbox = await openSandbox({ clock });
  const phone = (number: string) => sandbox.phone('sms', number);
  phones = {
    resident: phone('+15105550141'),
    newcomer: phone('+15105550142'),
    organizer: phone(SEEDED.organizer),
    redeemer: phone(SEEDED.redeemer),
    rival: phone('+15105550143'),
    admin: phone(SEEDED.admin),
  };
  for (const who of ['resident', 'newcomer'] as const) {
    for (const text of ['HI', 'OK']) await phones[who].say(text);
  }
  const invite = await prove((text) => phones.admin.ask(text), 'INVITE redeemer The Rival');
  await phones.rival.say(/ACCEPT [0-9A-Z-]+/.exec(invite)?.[0] ?? '');
  for (const text of ['JOIN 1', 'DONE 1 three bags', 'OK']) await phones.resident.say(text);
  await phones.organizer.say('APPROVE 1');
  await phones.organizer.say('CLOSE 3');
});
afterAll(() => sandbox.stop());

/** The newest record that was decided, and the commit that the PDS stands at. */
async function standing() {
  const { pds, did } = await sandbox.network();
  const [newest] = await sandbox.records();
  const head = await fetch(`${pds}/xrpc/com.atproto.sync.getLatestCommit?did=${did}`);
  return { newest: newest?.seq, head: (await head.json()) as { cid: string; rev: string } };
}

/** What is said, what is answered: the text of a key or a refusal, or how it begins. */
type Case = readonly [
  title: string,
  who: Who,
  says: string | (() => string),
  answer: { readonly key: TextKey } | { readonly refused: string; readonly params?: Facts },
];

const UNKNOWN = { key: 'help.unknown' } as const;
const refused = (code: string, params?: Facts) =>
  params === undefined ? { refused: code } : { refused: code, params };

const CASES: readonly Case[] = [
  ['nothing at all', 'resident', '', UNKNOWN],
  ['100 KB', 'resident', 'lorem ipsum '.repeat(9000), UNKNOWN],
  ['emoji alone', 'resident', '👩🏽‍🚒🎉🇲🇽', UNKNOWN],
  ['right to left', 'resident', 'مرحبا كيف حالك؟ \u202eabc', UNKNOWN],
  [
    'NUL and lone surrogates',
    'resident',
    'JO\u0000IN\ud800 9\udc00\u00009',
    refused('task-unknown', { task: 99 }),
  ],
  ['SQL', 'resident', "Robert'); DROP TABLE persons;--", UNKNOWN],
  ['SQL in a number', 'resident', "TASK 99' OR '1'='1", refused('task-unknown', { task: 99 })],
  ['HTML', 'resident', '<script>alert(1)</script><b>hello</b>', UNKNOWN],
  ['a task that is not there', 'resident', 'JOIN 99', refused('task-unknown', { task: 99 })],
  ['task zero', 'resident', 'JOIN 0', refused('task-unknown', { task: 0 })],
  ['a closed task', 'resident', 'JOIN 3', refused('task-closed', { task: 3 })],
  ['work on a task of others', 'resident', 'DONE 2 all', refused('not-joined', { task: 2 })],
  ['an offer that is not there', 'resident', 'REDEEM 99', refused('offer-unknown', { offer: 99 })],
  ['half an offer', 'resident', 'REDEEM 1.5', { key: 'redeem.usage' }],
  [
    'more than there is',
    'newcomer',
    'REDEEM 1',
    refused('balance-short', { credits: 10, available: 0 }),
  ],
  ['a code that is none', 'resident', 'RELEASE 12', refused('code-malformed')],
  ['no code at the counter', 'redeemer', 'CONFIRM please', { key: 'confirm.usage' }],
  ['somebody else’s code', 'newcomer', () => `RELEASE ${code}`, refused('release-unknown')],
  ['one’s own code', 'resident', () => `CONFIRM ${code}`, { key: 'role.redeemer' }],
  ['an organizer’s word', 'resident', 'APPROVE 1', { key: 'role.organizer' }],
  ['an admin’s word', 'resident', 'CAP Codornices Creek Friends 9', { key: 'role.admin' }],
  [
    'evidence that is not there',
    'organizer',
    'APPROVE 99',
    refused('evidence-unknown', { evidence: 99 }),
  ],
  ['evidence that is approved', 'organizer', 'REJECT 1 too late', refused('reviewed-already')],
  ['a task that is not theirs', 'organizer', 'CLOSE 99', refused('task-unknown', { task: 99 })],
  ...['0', '-5', '2.5', '99999999999', 'many'].map(
    (credits): Case => [
      `${credits} credits for a task`,
      'organizer',
      `ANNOUNCE Sweep; ${credits}; sat 9am-11am; The square; 5`,
      refused('credits-invalid', { max: 1000 }),
    ],
  ),
  ...['0', '-5', '2.5', '99999999999'].map(
    (slots): Case => [
      `${slots} people for a task`,
      'organizer',
      `ANNOUNCE Sweep; 5; sat 9am-11am; The square; ${slots}`,
      refused('slots-invalid', { max: 10_000 }),
    ],
  ),
  [
    'a day that has passed',
    'organizer',
    'ANNOUNCE Sweep; 5; January 5 2020 9am; The square; 5',
    refused('when-past', { start: Date.UTC(2020, 0, 5, 17) }),
  ],
  [
    'a day that is none',
    'organizer',
    'ANNOUNCE Sweep; 5; whenever; The square; 5',
    refused('when-unclear'),
  ],
  ...['0', '-3', '1.5', '99999999999'].map(
    (credits): Case => [
      `${credits} credits for an offer`,
      'redeemer',
      `OFFER Tea; ${credits}; 5`,
      refused('credits-invalid', { max: 1000 }),
    ],
  ),
  [
    'an offer never given',
    'redeemer',
    'OFFER Tea; 5; 0',
    refused('per-day-invalid', { max: 100_000 }),
  ],
  ['a cap below zero', 'admin', 'CAP Codornices Creek Friends -5', refused('cap-invalid')],
  ['half a credit of a cap', 'admin', 'CAP Codornices Creek Friends 2.5', refused('cap-invalid')],
  [
    'a cap beyond the city’s',
    'admin',
    'CAP Codornices Creek Friends 999999999',
    refused('cap-above-city', { city: 20_000 }),
  ],
];

/** At the counter the answer begins with what to do. */
const AT_THE_COUNTER: readonly (readonly [string, Who, () => string, string])[] = [
  [
    'a code that nobody has',
    'redeemer',
    () => `CONFIRM ${showCode(codeFrom(new Uint8Array(32).fill(9)))}`,
    'code-unknown',
  ],
  ['a code of another business', 'rival', () => `CONFIRM ${code}`, 'code-unknown'],
];

describe.each(TAGS)('what is wrong is answered with one sentence in %s', (language) => {
  beforeAll(async () => {
    // The guesses of the language before are forgotten.
    aheadMs += 2 * MINUTE_MS;
    for (const one of Object.values(phones)) await one.say(`LANG ${language}`);
    code = await redeem();
    expect(code).toMatch(CODE);
  });

  const check = async (who: Who, text: string, expected: string) => {
    const before = await standing();
    const asked = await phones[who].say(text);
    const number = numberIn(asked[0]?.text ?? '');
    const answers = number === undefined ? asked : await phones[who].say(number);
    expect(answers).toHaveLength(1);
    expect(answers[0]?.text.startsWith(toGsm7(expected)), answers[0]?.text).toBe(true);
    expect(answers[0]?.segments).toBeLessThanOrEqual(3);
    expect(await standing()).toEqual(before);
  };

  it.each(CASES)('%s', async (_, who, says, answer) => {
    const expected =
      'key' in answer
        ? texts.say(language, answer.key)
        : texts.refusal(language, { code: answer.refused, params: answer.params ?? {} });
    // Who is not understood twice in a row hears other words the second time.
    if (answer === UNKNOWN) await phones[who].say(texts.word(language, 'balance'));
    await check(who, typeof says === 'string' ? says : says(), expected);
    // A question that it left open does not wait for the next case.
    if (who === 'organizer') await phones[who].say('NO');
  });

  it.each(AT_THE_COUNTER)('%s at the counter', async (_, who, says, refusal) => {
    const reason = texts.refusal(language, { code: refusal, params: {} });
    await check(who, says(), texts.say(language, 'confirm.no', { reason }));
  });
});

it('an expired code is not honored, and its credits come back', async () => {
  const balance = async () => /\d+/.exec(await phones.resident.ask('BALANCE'))?.[0];
  expect(await balance()).toBe('0');
  aheadMs += (BERKELEY.policies.codeMinutes + 1) * MINUTE_MS;
  for (const language of TAGS) {
    await phones.redeemer.say(`LANG ${language}`);
    const reason = texts.refusal(language, { code: 'code-expired', params: {} });
    const answers = await phones.redeemer.say(`CONFIRM ${code}`);
    expect(answers.map(({ text }) => text)).toEqual([
      toGsm7(texts.say(language, 'confirm.no', { reason })),
    ]);
  }
  await waitFor(async () => expect(await balance()).toBe('20'));
});
