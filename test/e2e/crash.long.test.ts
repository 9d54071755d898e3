// The process is killed with SIGKILL at every step of the way of a message, again and again, over
// one database and one repository. Nothing may get lost on the way, and nothing may be done twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { auditTransfers } from '../support/audit.ts';
import { BERKELEY } from '../support/city.ts';
import type { DeathStep, Kill } from '../support/crash-child.ts';
import { type CrashCity, openCrashCity } from '../support/crash-city.ts';
import { twoColours } from '../support/pictures.ts';
import { fetchRepository } from '../support/repository.ts';

const CREDITS = 20;
const COFFEE = 10;
const TASK = 4;

/** The loop of one resident, message by message. */
const LOOP = ['hi', 'ok', 'join', 'done', 'agree', 'approve', 'redeem', 'confirm'] as const;
type Message = (typeof LOOP)[number];
type Scenario = Partial<Record<Message, readonly (DeathStep | readonly [DeathStep, number])[]>>;

const SCENARIOS: readonly (readonly [string, Scenario])[] = [
  ['nowhere', {}],
  [
    'while a message comes in with a picture',
    { done: ['picture.kept', 'message.stored', 'picture.cleaned', 'picture.checked'] },
  ],
  [
    'while a message is processed, and after',
    {
      hi: ['decision.half'],
      approve: ['messages.processed'],
      redeem: ['decision.half', 'messages.processed'],
    },
  ],
  [
    'before a message is sent',
    { ok: [['delivery.sending', 2]], approve: ['delivery.leased'], confirm: ['delivery.sending'] },
  ],
  [
    'after a message was sent',
    {
      ok: ['delivery.recorded'],
      approve: [['delivery.sent', 2]],
      confirm: [['delivery.recorded', 2]],
    },
  ],
  ['while records are on their way', { agree: ['batch.submitted'], approve: ['batch.submitted'] }],
  [
    'after records were published',
    {
      join: ['batch.marked'],
      agree: ['batch.committed'],
      approve: ['batch.committed'],
      redeem: ['batch.marked'],
    },
  ],
  [
    'at one step after the other of the same message',
    {
      confirm: [
        // It is processed in the commit that stores it: the next start has to send alone.
        'message.stored',
        'delivery.leased',
        'delivery.sending',
        'delivery.sent',
        'batch.submitted',
        'batch.committed',
      ],
    },
  ],
];

let city: CrashCity;
/** How often each message of the loop is answered when nobody dies. */
const answers = new Map<Message, number>();
/** The messages of all loops with what they are. */
const said = new Map<string, Message>();
let loops = 0;

const phoneOf = (loop: number) => `+151055502${String(loop).padStart(2, '0')}`;

/** What arrived on a phone, each message once, in order of its first arrival. */
function arrived(phone: string) {
  const texts = new Map<number, string>();
  for (const { id, to, reply } of city.provider.received) {
    if (to === phone && !texts.has(id)) texts.set(id, reply.text);
  }
  return texts;
}

async function walk(scenario: Scenario): Promise<void> {
  loops += 1;
  const resident = phoneOf(loops);
  // Every other resident sends the same photo.
  const colours = loops % 2 === 0 ? 320 : 320 + loops * 2;
  const picture = new Uint8Array(await twoColours(colours, 240).jpeg().toBuffer());
  const code = () =>
    /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec([...arrived(resident).values()].at(-1) ?? '')?.[0] ?? '';
  const evidence = () => city.rows<{ id: number }>('select max(id) as id from evidence')[0]?.id;
  const words: Readonly<
    Record<Message, () => { from: string; text: string; picture?: Uint8Array }>
  > = {
    hi: () => ({ from: resident, text: 'HI' }),
    ok: () => ({ from: resident, text: 'OK' }),
    join: () => ({ from: resident, text: `JOIN ${TASK}` }),
    done: () => ({ from: resident, text: `DONE ${TASK} three bags`, picture }),
    agree: () => ({ from: resident, text: 'OK' }),
    approve: () => ({ from: SEEDED.organizer, text: `APPROVE ${evidence()}` }),
    redeem: () => ({ from: resident, text: 'REDEEM 1' }),
    confirm: () => ({ from: SEEDED.redeemer, text: `CONFIRM ${code()}` }),
  };
  for (const message of LOOP) {
    const deadly = (scenario[message] ?? []).map(
      (step): Kill =>
        typeof step === 'string' ? { step, occurrence: 1 } : { step: step[0], occurrence: step[1] },
    );
    said.set(await city.say(words[message](), deadly), message);
  }
}

beforeAll(async () => {
  city = await openCrashCity({ ...BERKELEY, contactHours: { from: 0, to: 24 } });
  const organizer = { from: SEEDED.organizer };
  const line = 'ANNOUNCE Paint the fence; 20; any time until tomorrow 11am; The fence; 50';
  await city.say({ ...organizer, text: line });
  await city.say({ ...organizer, text: 'OK' });
});
afterAll(() => city.close());

describe.each(SCENARIOS)('killed %s, a city', (title, scenario) => {
  it('gets a resident through the loop', () => walk(scenario));

  it('has lost no message and no answer', () => {
    expect(city.errors).toEqual([]);
    const inbox = city.rows<{ external_id: string; state: string; id: number }>(
      'select external_id, state, id from inbox',
    );
    expect(inbox.every(({ state }) => state === 'done')).toBe(true);
    const outbox = city.rows<{ id: number; inbox_id: number | null; state: string }>(
      'select id, inbox_id, state from outbox',
    );
    const sent = new Set(city.provider.received.map(({ id }) => id));
    expect(outbox.filter(({ state, id }) => state !== 'sent' || !sent.has(id))).toEqual([]);
    for (const [externalId, message] of said) {
      const id = inbox.find((row) => row.external_id === externalId)?.id;
      const count = outbox.filter((row) => row.inbox_id === id).length;
      if (title === 'nowhere') answers.set(message, count);
      expect(count, message).toBe(answers.get(message));
      expect(count).toBeGreaterThan(0);
    }
  });

  it('has told everybody in order, and twice only what a death left in doubt', () => {
    const texts = new Map<number, string>();
    for (const { id, reply } of city.provider.received) {
      expect(texts.get(id) ?? reply.text).toBe(reply.text);
      texts.set(id, reply.text);
    }
    expect(city.provider.received.length - texts.size).toBeLessThanOrEqual(2 * city.deaths());
    for (const phone of [phoneOf(loops), SEEDED.organizer, SEEDED.redeemer]) {
      const ids = [...arrived(phone).keys()];
      expect(ids).toEqual(ids.toSorted((one, other) => one - other));
    }
    expect([...arrived(SEEDED.redeemer).values()].at(-1)).toMatch(/^GIVE IT/);
    expect([...arrived(phoneOf(loops)).values()].at(-1)).toMatch(/^Enjoy!/);
  });

  it('has done everything once', () => {
    const [counts] = city.rows(`select
      (select count(*) from inbox where external_id in (${[...said.keys()].map((id) => `'${id}'`).join()})) as messages,
      (select count(*) from persons) - 3 as residents,
      (select count(*) from claims) as claims,
      (select count(*) from evidence) as evidence,
      (select count(*) from evidence_pictures) as pictures,
      (select count(*) from reviews) as reviews,
      (select count(*) from redemptions where state = 'honored') as redemptions,
      (select count(*) from transfers) as transfers`);
    expect(counts).toEqual({
      messages: said.size,
      residents: loops,
      claims: loops,
      evidence: loops,
      pictures: loops,
      reviews: loops,
      redemptions: loops,
      transfers: 3 * loops,
    });
  });

  it('has kept no picture that is published', () => {
    expect(city.spooled()).toEqual([]);
  });
});

describe('what was published through it all', () => {
  it('is what was decided, every record once', async () => {
    const repository = await fetchRepository(city.network);
    const decided = city.rows<{ uri: string; cid: string }>(
      `select 'at://${city.network.did}/' || collection || '/' || rkey as uri, cid from records
        where seq in (select max(seq) from records group by collection, rkey)`,
    );
    expect(city.rows("select seq from records where state = 'staged'")).toEqual([]);
    const inOrder = (records: readonly { uri: string; cid: string }[]) =>
      records
        .map(({ uri, cid }) => `${uri} ${cid}`)
        .toSorted((one, other) => (one < other ? -1 : 1));
    expect(inOrder(repository.records)).toEqual(inOrder(decided));
    expect(repository.of(COLLECTIONS.redemption)).toHaveLength(loops);

    const audit = auditTransfers(repository.of(COLLECTIONS.transfer));
    expect(audit.chain).toHaveLength(3 * loops);
    expect(audit.open).toEqual([]);
    for (const name of audit.names.filter((one) => one.startsWith('person:'))) {
      expect(audit.balance(name)).toEqual({ posted: CREDITS - COFFEE, held: 0 });
    }
    for (const { value } of repository.of(COLLECTIONS.evidence)) {
      const [content] = value['content'] as { blob: { ref: { $link: string } } }[];
      const cid = content?.blob.ref.$link ?? '';
      expect(cidOfBlob(await repository.blob(cid))).toBe(cid);
    }
  });

  it('took two dozen deaths', () => {
    const planned = SCENARIOS.flatMap(([, scenario]) => Object.values(scenario).flat());
    expect(city.deaths()).toBe(planned.length);
    expect(city.deaths()).toBeGreaterThanOrEqual(26);
  });
});
