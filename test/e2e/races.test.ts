// Many at once: what only one can have, only one gets, and nobody waits for somebody else's trouble.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WAITING_MAX } from '../../src/domain/waiting.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { auditTransfers } from '../support/audit.ts';
import { type Crowd, openCrowd } from '../support/crowd.ts';
import { prove } from '../support/prove.ts';
import { fetchRepository } from '../support/repository.ts';
import { openSandbox, type Phone, type TestSandbox } from '../support/sandbox.ts';

const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;
const { admin: ADMIN, organizer: ORGANIZER, redeemer: REDEEMER } = SEEDED;

describe('a crowd', () => {
  let crowd: Crowd;
  beforeEach(async () => {
    crowd = await openCrowd();
  });
  afterEach(async () => {
    await crowd.close();
    expect(crowd.errors).toEqual([]);
  });

  const staged = (collection: string) =>
    crowd.store.read.records.after(0, 10_000).filter((record) => record.collection === collection);
  const transfers = (code: string) =>
    staged(COLLECTIONS.transfer).filter(({ value }) => JSON.parse(value).code === code);

  it('of operators confirms one code a hundred times at once: one burns it', async () => {
    const [resident = ''] = await crowd.people(1);
    for (const text of ['JOIN 1', 'DONE 1 all clean', 'OK']) await crowd.ask(resident, text);
    await crowd.ask(ORGANIZER, 'APPROVE 1');
    const code = CODE.exec(await crowd.ask(resident, 'REDEEM 1'))?.[0];

    const operators = [REDEEMER, ...(await crowd.people(9))];
    for (const operator of operators.slice(1)) {
      const invite = await prove(
        (text) => crowd.ask(ADMIN, text),
        'INVITE redeemer Northside Café',
      );
      await crowd.ask(operator, /ACCEPT [0-9A-Z-]+/.exec(invite)?.[0] ?? '');
    }
    const before = crowd.sent.length;
    const asked = Array.from({ length: 100 }, (_, at) => operators[at % operators.length] ?? '');
    await Promise.all(asked.map((operator) => crowd.post(operator, `CONFIRM ${code}`)));
    await crowd.core.idle();

    const answers = crowd.sent.slice(before).filter(({ to }) => operators.includes(to ?? ''));
    expect(answers).toHaveLength(100);
    expect(answers.filter(({ text }) => text.startsWith('GIVE IT'))).toHaveLength(1);
    const receipts = answers.filter(({ text }) => text.startsWith('DO NOT GIVE IT again'));
    expect(receipts).toHaveLength(99);
    expect(new Set(receipts.map(({ text }) => text)).size).toBe(1);
    expect(crowd.heard(resident).filter((text) => text.startsWith('Enjoy!'))).toHaveLength(1);
    expect(transfers('burn')).toHaveLength(1);
    expect(staged(COLLECTIONS.redemption)).toHaveLength(1);
  });

  it('of a hundred joins ten slots at once: ten are in, ninety stand by in their order', async () => {
    await crowd.ask(ORGANIZER, 'ANNOUNCE Ten only; 1; in 7 days 9am-11am; The square; 10');
    const task = /task (\d+)/.exec(await crowd.ask(ORGANIZER, 'OK'))?.[1];
    const people = await crowd.people(100);
    const order: { readonly person: string; readonly id: number }[] = [];
    await Promise.all(
      people.map(async (person) => {
        const { id } = await crowd.post(person, `JOIN ${task}`);
        order.push({ person, id });
      }),
    );
    await crowd.core.idle();
    const answers = order
      .toSorted((one, other) => one.id - other.id)
      .map(({ person }) => crowd.heard(person).at(-1) ?? '');
    expect(answers.slice(0, 10).every((text) => text.startsWith("You're in for Ten only"))).toBe(
      true,
    );
    expect(answers.slice(10).map((text) => /number (\d+) on the waitlist/.exec(text)?.[1])).toEqual(
      Array.from({ length: 90 }, (_, at) => String(at + 1)),
    );
    const states = staged(COLLECTIONS.claim).map(({ value }) => JSON.parse(value).status);
    expect(states.filter((state) => state === 'joined')).toHaveLength(10);
    expect(states.filter((state) => state === 'standby')).toHaveLength(90);
  });

  it('of copies of one message is one message', async () => {
    const [resident = ''] = await crowd.people(1);
    const before = crowd.heard(resident).length;
    const taken = await Promise.all(
      Array.from({ length: 50 }, () => crowd.post(resident, 'JOIN 1', { id: 'the same' })),
    );
    await crowd.core.idle();
    await crowd.post(resident, 'JOIN 1', { id: 'the same' });
    await crowd.core.idle();
    expect(new Set(taken.map(({ id }) => id)).size).toBe(1);
    expect(taken.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(crowd.heard(resident)).toHaveLength(before + 1);
    expect(staged(COLLECTIONS.claim)).toHaveLength(1);
  });

  it('of one person’s two thousand messages leaves room for everybody else', async () => {
    const [flooding = '', patient = ''] = await crowd.people(2);
    const before = crowd.sent.length;
    const flood = Array.from({ length: 2000 }, (_, at) =>
      crowd.post(flooding, at % 2 === 0 ? 'BALANCE' : `TASK ${at}`),
    );
    await Promise.all(flood.slice(0, 1000));
    await crowd.post(patient, 'BALANCE');
    await Promise.all(flood);
    await crowd.core.idle();
    // Of one sender two hundred wait at most: what comes beyond them is dropped.
    const answers = crowd.sent.slice(before);
    expect(answers.length).toBeGreaterThan(WAITING_MAX);
    const place = answers.findIndex(({ to }) => to === patient);
    // All that had waited before it, and no more than one message of each turn since.
    expect(place).toBeGreaterThanOrEqual(0);
    expect(place).toBeLessThan(1001);
    const numbers = crowd
      .heard(flooding)
      .flatMap((text) => /There's no task (\d+)/.exec(text)?.[1] ?? []);
    expect(numbers.map(Number)).toEqual(numbers.map(Number).toSorted((one, other) => one - other));
  });
});

describe('one balance', () => {
  let sandbox: TestSandbox;
  const phones: Record<string, Phone> = {};
  beforeAll(async () => {
    sandbox = await openSandbox();
    const organizer = sandbox.phone('sms', ORGANIZER);
    // Evidence of what can be done any time is taken at once.
    const announced: number[] = [];
    for (const credits of [16, 25]) {
      await organizer.say(
        `ANNOUNCE Rake leaves; ${credits}; any time until in 7 days; The square; 1`,
      );
      announced.push(Number(/task (\d+)/.exec(await organizer.ask('OK'))?.[1]));
    }
    let evidence = 0;
    // Twenty credits are enough for one breakfast, sixty-one for one of each offer.
    for (const [name, number, tasks] of [
      ['one', '+15105550161', [1]],
      ['three', '+15105550162', [1, ...announced]],
    ] as const) {
      const phone = sandbox.phone('sms', number);
      phones[name] = phone;
      for (const text of ['HI', 'OK']) await phone.say(text);
      for (const task of tasks) {
        await phone.say(`JOIN ${task}`);
        await phone.say(`DONE ${task} all done`);
        if (task === 1) await phone.say('OK');
        evidence += 1;
        await organizer.say(`APPROVE ${evidence}`);
      }
    }
  });
  afterAll(() => sandbox.stop());

  it.each([
    ['one', ['REDEEM 3'], 'You have 0 CITY credits'],
    ['three', ['REDEEM 1', 'REDEEM 2', 'REDEEM 3'], 'You have 16 CITY credits'],
  ] as const)(
    'is asked for a hundred codes at once and gives each offer’s once: %s',
    async (name, words, left) => {
      const phone = phones[name] as Phone;
      const last = (await phone.messages()).at(-1)?.id;
      const responses = await Promise.all(
        Array.from({ length: 100 }, (_, at) => phone.post(words[at % words.length] ?? '')),
      );
      expect(responses.map(({ status }) => status)).toEqual(Array(100).fill(202));
      await sandbox.idle();
      const answers = (await phone.messages(last)).filter(({ direction }) => direction === 'out');
      expect(answers).toHaveLength(100);
      const codes = answers.flatMap(({ text }) =>
        text.startsWith('Your code') ? (CODE.exec(text)?.[0] ?? []) : [],
      );
      expect(codes).toHaveLength(100);
      expect(new Set(codes).size).toBe(words.length);
      expect(await phone.ask('BALANCE')).toContain(left);
    },
  );

  it('is never overdrawn in the public record', async () => {
    const repository = await fetchRepository(await sandbox.network());
    const audit = auditTransfers(repository.of(COLLECTIONS.transfer));
    expect(audit.open).toHaveLength(4);
    expect(
      audit.names
        .filter((account) => account.startsWith('person:'))
        .map((account) => audit.balance(account))
        .toSorted((one, other) => one.posted - other.posted),
    ).toEqual([
      { posted: 20, held: 20 },
      { posted: 61, held: 45 },
    ]);
  });
});
