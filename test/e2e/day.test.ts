// The day of a task, as people live it: from the announcement for Saturday to the coffee, on three
// channels and in both languages, while the sandbox's clock goes on; then what the public record says.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAudit } from '../../src/cli/run-audit.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import type { SandboxChannel } from '../../src/sandbox/page/page-data.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { TUESDAY } from '../support/city.ts';
import { CODE } from '../support/loop-ways.ts';
import type { Phone } from '../support/phone.ts';
import { fetchRepository } from '../support/repository.ts';
import { runTool } from '../support/run-tool.ts';
import { openSandbox, type TestSandbox } from '../support/sandbox.ts';

const PHOTO = new Uint8Array(
  readFileSync(new URL('../../src/sandbox/page/client/photo.jpg', import.meta.url)),
);
/** Saturday, 9:00 in Berkeley: the start. */
const START = TUESDAY + (4 * 24 - 1) * HOUR_MS;
const END = START + 2 * HOUR_MS;
/** Four tasks are seeded. */
const TASK = 5;

/** Who takes part, in the order in which they join. */
const PEOPLE = {
  ana: { channel: 'sms', person: '+15105550141', hi: 'HI', join: 'JOIN', me: 'ME' },
  beto: { channel: 'telegram', person: '7000142987', hi: 'HOLA', join: 'UNIRME', me: 'YO' },
  eva: {
    ...{ channel: 'bluesky', person: 'did:plc:evaeva2345abcdefghijk' },
    ...{ hi: 'HI', join: 'JOIN', me: 'ME' },
  },
  dora: { channel: 'sms', person: '+15105550142', hi: 'HOLA', join: 'UNIRME', me: 'YO' },
  gil: { channel: 'telegram', person: '7000142988', hi: 'HI', join: 'JOIN', me: 'ME' },
} as const satisfies Record<string, { channel: SandboxChannel; [word: string]: string }>;
type Name = keyof typeof PEOPLE;
const NAMES = Object.keys(PEOPLE) as Name[];

let sandbox: TestSandbox;
let phones: Readonly<Record<Name, Phone>>;
let organizer: Phone;
/** The newest message of each phone when the time was last moved on. */
const seen = new Map<Name, string | undefined>();
const participants = new Map<Name, string>();

beforeAll(async () => {
  // Tuesday, 10:00 in Berkeley, when the sandbox is opened.
  const openedAt = performance.now();
  const elapsed = () => performance.now() - openedAt;
  sandbox = await openSandbox({ clock: { now: () => TUESDAY + Math.floor(elapsed()), elapsed } });
  organizer = sandbox.phone('sms', SEEDED.organizer);
  const phoneOf = (name: Name) => sandbox.phone(PEOPLE[name].channel, PEOPLE[name].person);
  phones = Object.fromEntries(NAMES.map((name) => [name, phoneOf(name)])) as typeof phones;
});
afterAll(() => sandbox.stop());

/** Remembers what the phones show now, so that `heard` tells what comes after it. */
async function look(): Promise<void> {
  for (const name of NAMES) seen.set(name, (await phones[name].messages()).at(-1)?.id);
}

/** Moves the city's time to `at` (ms). */
async function until(at: number): Promise<void> {
  await look();
  await sandbox.advance(Math.ceil((at - (await sandbox.now())) / MINUTE_MS));
}

/** What came to a phone since the last look, as one text. */
const heard = async (name: Name): Promise<string> =>
  (await phones[name].messages(seen.get(name)))
    .filter(({ direction }) => direction === 'out')
    .map(({ text }) => text)
    .join('\n');

/** The number that the roster gives somebody. */
const numberIn = (roster: string, name: Name): string =>
  new RegExp(`^(\\d+) ${participants.get(name)}\\b`, 'm').exec(roster)?.[1] ?? '';

it('on Tuesday the organizer announces three spots for Saturday; three join, two stand by', async () => {
  const announced = 'ANNOUNCE Plant oak seedlings; 20; sat 9am-11am; Live Oak Park; 3';
  expect(await organizer.ask(announced)).toContain('Sat, Nov 28, 9:00-11:00 AM');
  expect(await organizer.ask('OK')).toContain(`task ${TASK}`);

  const joined: string[] = [];
  for (const name of NAMES) {
    const { hi, join, me } = PEOPLE[name];
    for (const text of [hi, 'OK']) await phones[name].ask(text);
    joined.push(await phones[name].ask(`${join} ${TASK}`));
    participants.set(name, /p-[0-9a-z]{12}/.exec(await phones[name].ask(me))?.[0] ?? '');
  }
  expect(joined).toEqual([
    expect.stringMatching(/^You're in/),
    expect.stringMatching(/^Ya tienes lugar/),
    expect.stringMatching(/^You're in/),
    // By SMS without accents, which would make it longer.
    expect.stringMatching(/esta llena. Eres el numero 1 en la lista de espera/),
    expect.stringMatching(/is full. You're number 2 on the waitlist/),
  ]);
  expect(new Set(participants.values()).size).toBe(NAMES.length);
});

it('a day before, the three are asked whether they come, and who stands by is not', async () => {
  await until(START - 24 * HOUR_MS - MINUTE_MS);
  for (const name of NAMES) expect([name, await heard(name)]).toEqual([name, '']);
  await until(START - 24 * HOUR_MS + 5 * MINUTE_MS);
  expect(await heard('ana')).toMatch(/Coming\? Reply OK 5\. Can't come\? Reply DROP 5/);
  expect(await heard('beto')).toMatch(/¿Vienes\? Responde OK 5/);
  expect(await heard('eva')).toMatch(/Coming\? Reply OK 5/);
  expect(await heard('dora')).toBe('');
  expect(await heard('gil')).toBe('');
  expect(await phones.beto.ask('OK 5')).toMatch(/te esperamos/);
});

it('a place that comes free at 20 hours is offered to the first in line, who takes it', async () => {
  await until(START - 20 * HOUR_MS);
  expect(await phones.ana.ask('DROP 5')).toMatch(/^You left task 5/);
  expect(await heard('dora')).toMatch(/Hay un lugar.*¿Lo quieres\? Responde OK 5 antes de/);
  expect(await heard('gil')).toBe('');
  expect(await phones.dora.ask('OK 5')).toMatch(/^El lugar es tuyo/);
});

it('two hours before, those who come are reminded, and the organizer gets the code', async () => {
  const before = (await organizer.messages()).at(-1)?.id;
  await until(START - 2 * HOUR_MS + 5 * MINUTE_MS);
  expect(await heard('ana')).toBe('');
  expect(await heard('beto')).toMatch(/^Ya casi: tarea 5/);
  expect(await heard('eva')).toMatch(/^Soon: task 5/);
  expect(await heard('dora')).toMatch(/^Ya casi: tarea 5/);
  expect(await heard('gil')).toBe('');
  const told = (await organizer.messages(before)).map(({ text }) => text);
  expect(told).toEqual([expect.stringMatching(/^Soon: task 5.*Check-in code.*: \d{4}\./)]);
});

it('one checks in with the code of the roster, the organizer marks another', async () => {
  await until(START - 15 * MINUTE_MS);
  const roster = await organizer.ask('ROSTER 5');
  expect(roster).toContain('Spots taken: 3 of 3');
  const code = /Check-in code: (\d{4})/.exec(roster)?.[1] ?? '';
  expect(await phones.beto.ask(`AQUÍ ${code}`)).toMatch(/Plant oak seedlings/);
  expect(await organizer.ask(`HERE 5: ${numberIn(roster, 'dora')}`)).toMatch(/^There: \d\./);
  const after = await organizer.ask('ROSTER 5');
  expect(after.match(/ is there$/gm)).toHaveLength(2);
});

it('evidence is sent, approved and paid', async () => {
  await until(END + 10 * MINUTE_MS);
  const media = [{ mediaType: 'image/jpeg', bytes: PHOTO }];
  expect(await phones.beto.ask('LISTO 5 Veinte encinos', { media })).toMatch(/es pública/);
  expect(await phones.beto.ask('OK')).toMatch(/Llegó tu foto de la tarea 5/);
  const [review] = await organizer.say('REVIEW');
  await look();
  const approve = review?.choices.find(({ send }) => send.startsWith('APPROVE'))?.send ?? '';
  expect(await organizer.ask(approve)).toContain('20 CITY credits issued');
  expect(await heard('beto')).toMatch(/Se aprobó.*Ganaste 20 créditos CITY/);
});

it('who did not come hears of it two hours after the end, and nobody else does', async () => {
  await until(END + 2 * HOUR_MS - MINUTE_MS);
  expect(await heard('eva')).toBe('');
  await until(END + 2 * HOUR_MS + 15 * MINUTE_MS);
  expect(await heard('eva')).toMatch(/^We didn['’]t see you at task 5/);
  for (const name of ['ana', 'beto', 'dora', 'gil'] as const) {
    expect([name, await heard(name)]).toEqual([name, '']);
  }
});

it('the credits become a coffee', async () => {
  const code = CODE.exec(await phones.beto.ask('CANJEAR 1'))?.[0] ?? '';
  await look();
  const cafe = sandbox.phone('sms', SEEDED.redeemer);
  expect(await cafe.ask(`CONFIRM ${code}`)).toMatch(/^GIVE IT: Coffee, any size/);
  expect(await heard('beto')).toMatch(/^¡Que lo disfrutes!/);
});

it('the public record tells every step in its order, and the audit proves it', async () => {
  // Three days after the end the task closes by itself.
  await until(END + 73 * HOUR_MS);
  const network = await sandbox.network();
  const repository = await fetchRepository(network);
  const claims = new Map(
    repository.of(COLLECTIONS.claim).map(({ value }) => {
      const steps = value['steps'] as readonly { status: string; decidedAt: string }[];
      expect(value['status']).toBe(steps.at(-1)?.status);
      const times = steps.map(({ decidedAt }) => decidedAt);
      expect(times).toEqual(times.toSorted());
      return [value['participant'], steps.map(({ status }) => status)];
    }),
  );
  expect(
    Object.fromEntries(NAMES.map((name) => [name, claims.get(participants.get(name))])),
  ).toEqual({
    ana: ['joined', 'left'],
    beto: ['joined', 'confirmed', 'checked-in', 'submitted', 'verified'],
    eva: ['joined', 'absent'],
    dora: ['standby', 'offered', 'confirmed', 'checked-in', 'closed'],
    gil: ['standby', 'closed'],
  });
  expect(claims.size).toBe(NAMES.length);
  const ways = repository
    .of(COLLECTIONS.claim)
    .flatMap(({ value }) => value['steps'] as readonly { status: string; way?: string }[])
    .filter(({ status }) => status === 'checked-in')
    .map(({ way }) => way);
  expect(ways).toEqual(['code', 'organizer']);

  const { out } = await runTool(runAudit, [network.did, '--json'], {
    PLC_URL: network.plc,
    BLUESKY_SERVICE: network.pds,
  });
  expect(JSON.parse(out)).toMatchObject({ ok: true, first: null });
  expect(sandbox.logged()).not.toMatch(/"level":(?:50|60)/);
});
