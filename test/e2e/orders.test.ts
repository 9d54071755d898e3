// Six messages of three people in each of their 720 orders, as networks deliver them; `npm test` takes
// every seventh of these. Whatever was said first, the books agree, the public record proves itself,
// and what comes again changes nothing.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { createStore } from '../../src/store/store.ts';
import { provenBooks } from '../support/books.ts';
import { TUESDAY } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import type { Encodable } from '../support/dag-cbor.ts';
import { openMemory } from '../support/migrated.ts';
import { openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import { newKey, signRepository } from '../support/paper-repository.ts';
import { DID } from '../support/record-facts.ts';
import { runs } from '../support/runs.ts';
import { rememberingChannel, testCity } from '../support/test-city.ts';

const RESIDENT = SEEDED.resident;
/** Long before any code is given: nobody has this one. */
const NO_CODE = 'AAAA-AAAA';
const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

type Message = { readonly from: string; readonly text: string };

/** The resident has twenty credits of task 1; this is about task 2 and an offer of ten. */
const MESSAGES: readonly Message[] = [
  { from: RESIDENT, text: 'JOIN 2' },
  { from: RESIDENT, text: 'DONE 2 all day' },
  { from: SEEDED.organizer, text: 'APPROVE 2' },
  { from: RESIDENT, text: 'REDEEM 1' },
  { from: SEEDED.redeemer, text: 'CONFIRM' },
  { from: RESIDENT, text: 'DROP 2' },
];

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) =>
    ordersOf(items.toSpliced(at, 1)).map((order) => [item, ...order]),
  );
}

/** A city in memory, which can be put back to where it was. */
function openCity() {
  const { client, db, inTransaction } = openMemory();
  const { channel, sentTo } = rememberingChannel();
  const city = testCity({
    clock: standingClock(TUESDAY),
    channels: () => [channel],
    opened: { store: createStore(db, inTransaction), close: () => client.close() },
  });
  return {
    ...city,
    sentTo,
    rows: <Row>(query: string) => client.prepare(query).all() as Row[],
    /** Says something under an id of its own; whether that was new. */
    say: async ({ from, text }: Message, id: string): Promise<boolean> => {
      const { isNew } = await city.receive({ externalId: id, sender: from, text });
      await city.idle();
      return isNew;
    },
    begin: () => client.exec('begin'),
    putBack: () => client.exec('rollback'),
  };
}

let audit: PaperAudit;
let key: Awaited<ReturnType<typeof newKey>>;
let city: ReturnType<typeof openCity>;
beforeAll(async () => {
  audit = await openPaperAudit();
  key = await newKey();
  audit.know({ did: DID, key });
  city = openCity();
  city.seed();
  await city.start();
  for (const [at, text] of ['HI', 'OK', 'JOIN 1', 'DONE 1 three bags', 'OK'].entries()) {
    await city.say({ from: RESIDENT, text }, `before-${at}`);
  }
  await city.say({ from: SEEDED.organizer, text: 'APPROVE 1' }, 'before');
});
afterAll(async () => {
  await city.stop();
  await audit.close();
});

/** The newest version of each record, signed as the city's repository. */
async function repositoryOf(): Promise<Uint8Array> {
  const values = city
    .rows<{ collection: string; rkey: string; value: string }>(
      `select collection, rkey, value from records
        where seq in (select max(seq) from records group by collection, rkey)`,
    )
    .map((record) => ({ ...record, value: JSON.parse(record.value) as Encodable }));
  return (await signRepository(values, { did: DID, key, rev: '3zzzzzzzzzz22' })).car;
}

/** Says all of it, and then all of it again. */
async function sayInOrder(order: readonly Message[]): Promise<void> {
  const before = city.sentTo(RESIDENT).length;
  const said: Message[] = [];
  for (const { from, text } of order) {
    const heard = city.sentTo(RESIDENT).slice(before).join('\n');
    const code = CODE.exec(heard)?.[0] ?? NO_CODE;
    const message = { from, text: text === 'CONFIRM' ? `CONFIRM ${code}` : text };
    said.push(message);
    expect(await city.say(message, text)).toBe(true);
  }
  const standing = () => [
    city.rows('select max(seq) from records'),
    city.rows('select count(*) from outbox'),
  ];
  const then = standing();
  for (const [at, message] of said.entries()) {
    expect(await city.say(message, order[at]?.text ?? '')).toBe(false);
  }
  expect(standing()).toEqual(then);
}

/** What has to come of an order: credits, a code that is honored, a place that is given back. */
function expectedOf(order: readonly Message[]) {
  const [join, done, approve, redeem, confirm, drop] = MESSAGES.map((one) => order.indexOf(one));
  const isBefore = (one = 0, other = 0): boolean => one < other;
  // Who has joined can drop until there is evidence.
  const isDropped = isBefore(join, drop) && !(isBefore(join, done) && isBefore(done, drop));
  return {
    earned: isBefore(join, done) && isBefore(done, approve) && !(isDropped && isBefore(drop, done)),
    honored: isBefore(redeem, confirm),
    dropped: isDropped,
  };
}

it('six messages in every order leave books that agree and a record that proves itself', async () => {
  const all = ordersOf(MESSAGES);
  expect(all).toHaveLength(720);
  const every = runs(7, 1);
  for (const order of all.filter((_, at) => at % every === 0)) {
    const name = order.map(({ text }) => text).join(', ');
    city.begin();
    await sayInOrder(order);
    for (const [rule, broken] of provenBooks(city.rows)) {
      expect(broken, `${rule}: ${name}`).toEqual([]);
    }
    expect((await audit.car(await repositoryOf())).findings.list, name).toEqual([]);
    const [facts = {}] = city.rows<Readonly<Record<string, number>>>(`select
      (select count(*) from transfers where code = 'issue') - 1 as earned,
      (select count(*) from redemptions where state = 'honored') as honored,
      (select count(*) from claims where state = 'left') as dropped`);
    const reached = Object.entries(facts).map(([fact, count]) => [fact, count === 1]);
    expect(Object.fromEntries(reached), name).toEqual(expectedOf(order));
    city.putBack();
  }
});
