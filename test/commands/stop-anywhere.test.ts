// STOP in the middle of everything: one confirmation, then nothing until START.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import {
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';

const EVA_ON_BLUESKY = 'did:plc:evaabcdefghijklmnopqrst';
const CODE = /\b\d{3} \d{3}\b|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/;

/** `ok` is a picture; `below` says it below the post of the seeded task 1. */
type Line = readonly [from: string, text: string, how?: 'ok' | 'below'];

/**
 * What leads to each open question; the last line is of the one who is asked, without words where
 * they say nothing themself. `…` stands for the last code that somebody got.
 */
const FLOWS: Readonly<Record<string, readonly Line[]>> = {
  'hello consent': [[BEN, 'HI']],
  'join which': [[ANA, 'JOIN']],
  'drop which': [
    [ANA, 'JOIN 1'],
    [ANA, 'JOIN 2'],
    [ANA, 'DROP'],
  ],
  'drop sure': [
    [EVA_ON_BLUESKY, 'HI'],
    [EVA_ON_BLUESKY, 'OK'],
    [EVA_ON_BLUESKY, 'JOIN 1'],
    [EVA_ON_BLUESKY, 'Sorry, I can no longer make it', 'below'],
  ],
  'done which': [
    [ANA, 'JOIN 1'],
    [ANA, 'JOIN 2'],
    [ANA, '', 'ok'],
  ],
  'done more': [
    [ANA, 'JOIN 1'],
    [ANA, 'DONE 1'],
  ],
  'done public': [
    [ANA, 'JOIN 1'],
    [ANA, 'DONE 1', 'ok'],
  ],
  'link agree': [
    [BEN, 'HI'],
    [BEN, 'OK'],
    [BEN, 'LINK'],
    [ANA, 'LINK …'],
  ],
  'unlink sure': [
    [BEN, 'HI'],
    [BEN, 'OK'],
    [BEN, 'LINK'],
    [ANA, 'LINK …'],
    [ANA, 'OK'],
    [BEN, 'OK'],
    [ANA, 'UNLINK 2'],
  ],
  'move renew': [[ANA, 'MOVE NEW']],
  'move now': [
    [BEN, 'HI'],
    [BEN, 'OK'],
    [ANA, 'MOVE NEW'],
    [ANA, 'OK'],
    [BEN, 'MOVE …'],
    [ANA, ''],
  ],
  'me second': [[ANA, 'ME 2']],
  'help choose': [
    [ANA, 'qwzx'],
    [ANA, 'vbnm'],
  ],
  'announce title': [[ORGANIZER, 'ANNOUNCE']],
  'announce credits': [
    [ORGANIZER, 'ANNOUNCE'],
    [ORGANIZER, 'Rake'],
  ],
  'announce when': [
    [ORGANIZER, 'ANNOUNCE'],
    [ORGANIZER, 'Rake'],
    [ORGANIZER, '10'],
  ],
  'announce where': [
    [ORGANIZER, 'ANNOUNCE'],
    [ORGANIZER, 'Rake'],
    [ORGANIZER, '10'],
    [ORGANIZER, 'sat 9am-11am'],
  ],
  'announce slots': [
    [ORGANIZER, 'ANNOUNCE'],
    [ORGANIZER, 'Rake'],
    [ORGANIZER, '10'],
    [ORGANIZER, 'sat 9am-11am'],
    [ORGANIZER, 'The park'],
  ],
  'announce confirm': [[ORGANIZER, 'ANNOUNCE Rake; 10; sat 9am-11am; The park; 5']],
  'ask words': [
    [ANA, 'JOIN 1'],
    [ANA, 'ASK 1'],
  ],
  'tell confirm': [
    [ANA, 'JOIN 1'],
    [ORGANIZER, 'TELL 1 bring gloves'],
  ],
  'change confirm': [[ORGANIZER, 'CHANGE 1 where The lake']],
  'calloff why': [[ORGANIZER, 'CALLOFF 1']],
  'calloff confirm': [[ORGANIZER, 'CALLOFF 1 heavy rain']],
  'forget first': [[ANA, 'FORGET ME']],
  'forget second': [
    [ANA, 'FORGET ME'],
    [ANA, 'OK'],
  ],
  'offer title': [[REDEEMER, 'OFFER']],
  'offer credits': [
    [REDEEMER, 'OFFER'],
    [REDEEMER, 'Green tea'],
  ],
  'offer perDay': [
    [REDEEMER, 'OFFER'],
    [REDEEMER, 'Green tea'],
    [REDEEMER, '7'],
  ],
  'offer close': [[REDEEMER, 'OFFER 1 CLOSE']],
  'undo sure': [
    [ANA, 'JOIN 1'],
    [ANA, 'DONE 1 swept'],
    [ANA, 'OK'],
    [ORGANIZER, 'APPROVE 1'],
    [ANA, 'REDEEM 1'],
    [REDEEMER, 'CONFIRM …'],
    [REDEEMER, 'UNDO'],
  ],
  'reject reason': [
    [ANA, 'JOIN 1'],
    [ANA, 'DONE 1 swept'],
    [ANA, 'OK'],
    [ORGANIZER, 'REJECT 1'],
  ],
  'approve all': [
    [ANA, 'JOIN 1'],
    [ANA, 'DONE 1 swept'],
    [ANA, 'OK'],
    [ORGANIZER, 'APPROVE ALL 1'],
  ],
  'reject several': [[ORGANIZER, 'REJECT 1 2 bags']],
  'approve several': [[ORGANIZER, 'APPROVE 1 or 2']],
  'redeem sure': [[ANA, 'REDEEM coffee']],
  'confirm sure': [[REDEEMER, '7GK2-M4QX']],
};

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
});
afterEach(() => city.close());

const questions = commands.flatMap(({ name, ...command }) =>
  Object.keys('steps' in command ? (command.steps ?? {}) : {}).map((step) => `${name} ${step}`),
);

test('every question that a command can ask is tried below', () => {
  expect(Object.keys(FLOWS).toSorted()).toEqual(questions.toSorted());
});

/** Says what leads to a question; the address of the one who is asked. */
async function openQuestion(flow: string): Promise<string> {
  const lines = FLOWS[flow] ?? [];
  const [speaker = ''] = lines.at(-1) ?? [];
  let code = '';
  const post = city.publicPosts.find(({ channel }) => channel === 'bluesky')?.message.id ?? '';
  for (const [from, text, how] of lines) {
    if (text === '' && how === undefined) continue;
    const extra = how === 'below' ? { replyTo: post } : how === 'ok' ? { pictures: ['ok'] } : {};
    const answer = await city.ask(from, text.replace('…', code), extra);
    code = CODE.exec(answer)?.[0] ?? code;
  }
  return speaker;
}

test.each(
  Object.keys(FLOWS).flatMap((flow) => [[flow, 'Stop.'] as const, [flow, 'ALTO'] as const]),
)('%s: %j ends it with one confirmation and silence', async (flow, word) => {
  const speaker = await openQuestion(flow);
  const confirmation = await city.say(speaker, word);
  expect(confirmation).toHaveLength(1);
  expect(confirmation[0]?.text).toMatch(/unsubscribed|de baja/);
  for (const text of ['OK', 'NO', '1', 'TASKS', 'MORE', word]) {
    expect(await city.say(speaker, text)).toEqual([]);
  }
  const [first] = await city.say(speaker, 'START');
  expect(first?.text).toMatch(/you're in|ya (estás|participas)/i);
  // Nothing of what was open is taken up again.
  expect(await city.ask(speaker, 'NO')).not.toMatch(/discarded|Nothing was announced/i);
});

test.each(
  Object.keys(FLOWS)
    .filter((flow) => flow !== 'hello consent')
    .flatMap((flow) =>
      ['STOP 12345', 'cancel 2', 'TERMINAR, 7GK2-M4QX'].map((said) => [flow, said] as const),
    ),
)('%s: %j is no wish to be left alone', async (flow, said) => {
  const speaker = await openQuestion(flow);
  expect(await city.ask(speaker, said)).not.toMatch(/unsubscribed|de baja/);
  expect(await city.ask(speaker, 'HELP')).not.toBe('');
});
