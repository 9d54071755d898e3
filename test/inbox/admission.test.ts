// Whole cities with the limits that every city has. Those who do their work meet none of them; those
// who flood meet them, and nobody else feels it.
import { afterEach, describe, expect, test } from 'vitest';
import { showCode } from '../../src/domain/code.ts';
import { WAITING_MAX } from '../../src/domain/waiting.ts';
import { broadcastJob } from '../../src/jobs/broadcast.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { agreeToPublicEvidence } from '../../src/services/people/agree-to-public-evidence.ts';
import { setAlerts } from '../../src/services/people/set-alerts.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { expectOk, newPerson, TUESDAY } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { rememberingChannel, testCity } from '../support/test-city.ts';

const { organizer: ORGANIZER, redeemer: REDEEMER } = SEEDED;
const ANA = '+15105550141';

type Options = Partial<Pick<Parameters<typeof testCity>[0], 'segmentsPerDay'>>;

async function openTown(options: Options = {}) {
  const clock = standingClock(TUESDAY);
  const { channel, sent, sentTo } = rememberingChannel();
  const refused = new Map<string, number>();
  const turns: number[] = [];
  const city = testCity({
    ...options,
    clock,
    channels: () => [channel],
    jobs: (mailer, channels) => [broadcastJob(mailer, channels)],
    observe: (step, { count, budget = '' }) => {
      if (step === 'budget.refused') refused.set(budget, (refused.get(budget) ?? 0) + count);
      if (step === 'messages.processed') turns.push(count);
    },
  });
  city.seed();
  await city.start();
  await city.idle();
  /** Says something; everything that came back. */
  const ask = async (sender: string, text: string): Promise<string> => {
    const before = sentTo(sender).length;
    await city.receive({ sender, text });
    await city.idle();
    return sentTo(sender).slice(before).join('\n');
  };
  /** People who take part, and let their evidence be public. */
  const people = (count: number, from = 0): string[] =>
    city.run((context) =>
      Array.from({ length: count }, (_, at) => {
        const number = `+1510556${String(from + at).padStart(4, '0')}`;
        const { id: personId, identityId } = newPerson(context, number);
        const said = { wording: 'agreed in a test', consent: 'words' as const };
        agreeToPublicEvidence(context, { identityId, personId }, said);
        return number;
      }),
    );
  const personOf = (number: string) => {
    const { keys } = city.core.foundation;
    const lookup = keys.identityLookup('sms', number);
    const identity = city.store.read.identities.get(
      city.store.read.identities.idOf('sms', lookup) ?? 0,
    );
    const person = city.store.read.people.get(identity?.personId ?? 0);
    if (person === undefined || identity === undefined) throw new Error('nobody');
    return { ...person, identityId: identity.id };
  };
  /** A task with as many spots; its number. */
  const newTask = (slots: number, credits = 10): number =>
    city.run((context) => {
      const times = {
        startsAt: clock.time,
        endsAt: clock.time + 2 * DAY_MS,
        isAnyTime: 1,
      };
      const draft = { title: 'Plant trees', place: 'Park', credits, slots, ...times };
      return expectOk(announceTask(context, personOf(ORGANIZER).id, draft)).task.id;
    });
  return { ...city, clock, sent, sentTo, refused, turns, ask, people, personOf, newTask };
}

let town: Awaited<ReturnType<typeof openTown>>;
afterEach(() => town.stop());

/** People with evidence that waits for its review. */
async function withEvidence(count: number, credits = 10): Promise<string[]> {
  const task = town.newTask(count, credits);
  const crew = town.people(count);
  for (const person of crew) {
    await town.ask(person, `JOIN ${task}`);
    await town.ask(person, `DONE ${task} all planted`);
  }
  return crew;
}

describe('nobody who does their work meets a budget', () => {
  test('an organizer reviews forty pieces of evidence in five minutes', async () => {
    town = await openTown();
    await withEvidence(40);
    for (let evidence = 1; evidence <= 40; evidence += 1) {
      town.clock.time += (5 * MINUTE_MS) / 40;
      expect(await town.ask(ORGANIZER, 'REVIEW')).toMatch(/Evidence \d+/);
      expect(await town.ask(ORGANIZER, `APPROVE ${evidence}`)).toMatch(/approved/i);
    }
    expect(await town.ask(ORGANIZER, 'CLOSE 4')).toMatch(/closed/i);
    expect(town.refused.size).toBe(0);
  });

  test('a café confirms sixty codes in ten minutes at lunch', async () => {
    town = await openTown();
    const crew = await withEvidence(30, 40);
    for (let evidence = 1; evidence <= 30; evidence += 1) {
      await town.ask(ORGANIZER, `APPROVE ${evidence}`);
      town.clock.time += 8 * SECOND_MS;
    }
    for (let at = 0; at < 60; at += 1) {
      const holder = town.personOf(crew[at % 30] ?? '');
      const { code } = town.run((context) => expectOk(redeemOffer(context, holder, 1)));
      town.clock.time += 10 * SECOND_MS;
      expect(await town.ask(REDEEMER, `CONFIRM ${showCode(code)}`)).toMatch(/^GIVE IT/);
    }
    expect(town.refused.size).toBe(0);
  });

  test('a class of thirty joins in one minute, all with the same words', async () => {
    town = await openTown();
    const pupils = Array.from(
      { length: 30 },
      (_, at) => `+151055570${String(at).padStart(2, '0')}`,
    );
    for (const pupil of pupils) {
      town.clock.time += MINUTE_MS / 30;
      expect(await town.ask(pupil, 'HI')).toMatch(/Reply OK/);
      expect(await town.ask(pupil, 'OK')).toMatch(/you're in/);
    }
    expect(town.refused.size).toBe(0);
  });

  test('forty volunteers leave when their task is closed', async () => {
    town = await openTown();
    const task = town.newTask(40);
    for (const person of town.people(40)) await town.ask(person, `JOIN ${task}`);
    expect(await town.ask(ORGANIZER, `CLOSE ${task}`)).toMatch(/closed/i);
    expect(town.refused.size).toBe(0);
  });

  test('what waited through an outage is no flood', async () => {
    town = await openTown();
    const [ana = ''] = town.people(1);
    for (let at = 0; at < 60; at += 1) {
      await town.receive({
        sender: ana,
        text: 'BALANCE',
        receivedAt: town.clock.time - (60 - at) * MINUTE_MS,
      });
    }
    await town.idle();
    expect(town.sentTo(ana)).toHaveLength(60);
    expect(town.refused.size).toBe(0);
  });
});

describe('a flood', () => {
  test('of 5,000 messages is told once, and the next person is answered in the next turn', async () => {
    town = await openTown();
    const [flooder = '', ben = ''] = town.people(2);
    await Promise.all(
      Array.from({ length: 5000 }, (_, at) =>
        town.receive({ sender: flooder, text: `TASK ${at}` }),
      ),
    );
    const turnsBefore = town.turns.length;
    await town.receive({ sender: ben, text: 'BALANCE' });
    await expect.poll(() => town.sentTo(ben)).toEqual([expect.stringMatching(/^You have 0/)]);
    await town.idle();
    const answers = town.sentTo(flooder);
    expect(answers).toHaveLength(31);
    expect(answers.at(-1)).toMatch(/^That's a lot of messages/);
    // Of one sender so many wait at most; the rest is dropped as it comes.
    expect(town.refused.get('messages')).toBe(WAITING_MAX - 30);
    expect(town.store.read.inbox.backlog().count).toBe(0);
    // Thirty are carried out one by one; the rest goes by the thousand.
    expect(town.turns.length - turnsBefore).toBeLessThan(50);
    town.clock.time += MINUTE_MS;
    expect(await town.ask(flooder, 'BALANCE')).toMatch(/^You have 0/);
  });

  test('does not keep STOP, START and HELP from being carried out', async () => {
    town = await openTown();
    const [ana = ''] = town.people(1);
    for (let at = 0; at < 40; at += 1) await town.receive({ sender: ana, text: `TASK ${at}` });
    expect(await town.ask(ana, 'HELP')).toMatch(/You can say/);
    expect(await town.ask(ana, 'STOP')).toMatch(/unsubscribed/);
    const before = town.sentTo(ana).length;
    for (let at = 0; at < 40; at += 1) {
      await town.ask(ana, 'START');
      await town.ask(ana, 'STOP');
    }
    expect(town.personOf(ana).joinedAt).not.toBeNull();
    expect(town.sentTo(ana).length - before).toBeLessThan(10);
  });

  test('of words that mean nothing is answered twice, then not for an hour', async () => {
    town = await openTown();
    const [ana = ''] = town.people(1);
    const answers: string[] = [];
    for (let at = 0; at < 5; at += 1) answers.push(await town.ask(ana, 'qwzx'));
    expect(answers.map((text) => text !== '')).toEqual([true, true, false, false, false]);
    expect(await town.ask(ana, 'qwzxy')).toMatch(/those words/);
    town.clock.time += HOUR_MS;
    expect(await town.ask(ana, 'qwzx')).toMatch(/didn't understand/);
    expect(
      JSON.stringify(town.store.read.budgets.of(`person:${town.personOf(ana).id}`)),
    ).not.toMatch(/qwzx/);
  });
});

describe('strangers', () => {
  test('are answered a few times, told once, and may agree all the same', async () => {
    town = await openTown();
    const answers: string[] = [];
    for (let at = 0; at < 14; at += 1) answers.push(await town.ask(ANA, `what ${at}`));
    expect(answers.filter((text) => text !== '')).toHaveLength(11);
    expect(answers[10]).toMatch(/Reply OK to take part/);
    expect(await town.ask(ANA, 'OK')).toMatch(/you're in/);
  });

  test('with forged numbers cannot use up the answers of the city', async () => {
    town = await openTown();
    await Promise.all(
      Array.from({ length: 1000 }, (_, at) =>
        town.receive({ sender: `+1510557${String(at).padStart(4, '0')}`, text: 'HI' }),
      ),
    );
    await town.idle();
    expect(town.sent).toHaveLength(300);
    expect(town.refused.get('strangersTogether')).toBe(700);
    const [ana = ''] = town.people(1);
    expect(await town.ask(ana, 'BALANCE')).toMatch(/^You have 0/);
    expect(await town.ask('+15105579999', 'STOP')).toMatch(/unsubscribed/);
  });
});

describe('public records', () => {
  test('do not come from REDEEM and RELEASE without end; what is held comes back', async () => {
    town = await openTown();
    const [ana = ''] = await withEvidence(1, 40);
    await town.ask(ORGANIZER, 'APPROVE 1');
    const before = town.store.read.records.newest(1)[0]?.seq ?? 0;
    const answers: string[] = [];
    for (let at = 0; at < 417; at += 1) {
      town.clock.time += 4 * SECOND_MS;
      const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await town.ask(ana, 'REDEEM 1'))?.[0];
      if (code !== undefined) expect(await town.ask(ana, `RELEASE ${code}`)).toMatch(/back/i);
      else answers.push(town.sentTo(ana).at(-1) ?? '');
    }
    const written = (town.store.read.records.newest(1)[0]?.seq ?? 0) - before;
    expect(written).toBeLessThanOrEqual(61);
    expect(town.sentTo(ana).filter((text) => /Try again after/.test(text))).toHaveLength(1);
    expect(town.refused.get('records')).toBeGreaterThan(200);
    town.clock.time += HOUR_MS;
    expect(await town.ask(ana, 'BALANCE')).toMatch(/^You have 40/);
  });

  test('do not come from DONE said again and again', async () => {
    town = await openTown();
    const task = town.newTask(1);
    const [ana = ''] = town.people(1);
    await town.ask(ana, `JOIN ${task}`);
    const before = town.store.read.records.newest(1)[0]?.seq ?? 0;
    for (let at = 0; at < 200; at += 1) {
      town.clock.time += 3 * SECOND_MS;
      await town.ask(ana, `DONE ${task} tree number ${at}`);
    }
    expect((town.store.read.records.newest(1)[0]?.seq ?? 0) - before).toBeLessThanOrEqual(61);
    town.clock.time += HOUR_MS;
    expect(await town.ask(ana, `DONE ${task} one more`)).not.toMatch(/Try again after/);
  });
});

describe('ANNOUNCE and CLOSE in turn', () => {
  test('bring a subscriber a few alerts, and the issuer no more than its announcements', async () => {
    town = await openTown();
    const [ana = ''] = town.people(1);
    const { identityId } = town.personOf(ana);
    town.run((context) => setAlerts(context, identityId, { isOn: true, wording: 'yes' }));
    const alerts = () =>
      town.sent.filter(({ to, kind }) => to === ana && kind === 'broadcast').length;
    const answers: string[] = [];
    for (let at = 0; at < 15; at += 1) {
      await town.ask(ORGANIZER, `ANNOUNCE Trees ${at}; 10; dec 20 9am-11am; Park; 2`);
      answers.push(await town.ask(ORGANIZER, 'OK'));
      const task = /task (\d+)/.exec(answers.at(-1) ?? '')?.[1];
      if (task !== undefined) await town.ask(ORGANIZER, `CLOSE ${task}`);
      town.clock.time += 10 * SECOND_MS;
    }
    expect(alerts()).toBe(5);
    expect(answers.filter((text) => /^Announced/.test(text))).toHaveLength(10 - 3);
    expect(answers.filter((text) => /will get no text/.test(text)).length).toBe(2);
    expect(town.sentTo(ORGANIZER).filter((text) => /many tasks/.test(text))).toHaveLength(1);
    expect(town.refused.get('alerts')).toBe(2);
  });
});

describe('guesses', () => {
  test('of invitations are counted with those of codes, five a minute', async () => {
    town = await openTown();
    const [ana = ''] = town.people(1);
    const answers: string[] = [];
    for (let at = 0; at < 8; at += 1)
      answers.push(await town.ask(ana, `ACCEPT 0000-0000-000${at}`));
    expect(answers.filter((text) => /isn't valid/.test(text))).toHaveLength(5);
    expect(answers.at(-1)).toMatch(/too many wrong codes/);
    expect(town.refused.get('guesses')).toBe(3);
  });
});

describe('the texts of a day', () => {
  test('go to alerts and answers until the last fifth, which is kept for codes and STOP', async () => {
    town = await openTown({ segmentsPerDay: 100 });
    const [ana = ''] = await withEvidence(1, 40);
    await town.ask(ORGANIZER, 'APPROVE 1');
    const [ben = ''] = town.people(1, 10);
    for (let at = 0; at < 120; at += 1) {
      town.clock.time += 4 * SECOND_MS;
      await town.ask(ben, 'BALANCE');
    }
    const used = () => town.store.read.budgets.segmentsOn('2026-11-24');
    expect(used()).toBeGreaterThan(75);
    expect(used()).toBeLessThan(90);
    expect(town.sentTo(ben).at(-1)).toMatch(/used up/);
    expect(town.sentTo(ben).filter((text) => /used up/.test(text))).toHaveLength(1);
    const code = await town.ask(ana, 'REDEEM 1');
    expect(code).toMatch(/^Your code/);
    expect(await town.ask(REDEEMER, `CONFIRM ${/\w{4}-\w{4}/.exec(code)?.[0]}`)).toMatch(/^GIVE/);
    expect(await town.ask(ben, 'STOP')).toMatch(/unsubscribed/);
    // It was done, though nobody was told.
    expect(town.personOf(ana).language).toBe('en');
    expect(await town.ask(ana, 'LANG ES')).toMatch(/are used up/);
    expect(town.personOf(ana).language).toBe('es');
    expect(used()).toBeLessThanOrEqual(100);
    town.clock.time += DAY_MS;
    expect(await town.ask(ana, 'SALDO')).toMatch(/^Tienes/);
  });
});
