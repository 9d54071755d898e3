// Offers that change, by the records alone: steps, notice, who decided, and what a hold may cost.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { brokenIn, openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import {
  type FoundedCity,
  foundPaperCity,
  PRICE,
  participantOf,
  type Ref,
} from '../support/paper-city.ts';

let audit: PaperAudit;
let city: FoundedCity;
let redeemer: Ref;
const manager = participantOf(701);
const holder = participantOf(1);

beforeAll(async () => {
  audit = await openPaperAudit();
});
afterAll(() => audit.close());
beforeEach(async () => {
  city = await foundPaperCity();
  redeemer = city.replace(city.redeemer, {
    delegations: [
      {
        ...{ participant: manager, role: 'manager', by: participantOf(801) },
        startsAt: '2026-10-02T00:00:00.000Z',
      },
    ],
    history: [{ status: 'approved', decidedAt: '2026-10-01T00:00:00.000Z' }],
  });
  city.earn(1);
});

const now = (): string => city.inMinutes(0);
const inDays = (days: number): string => city.inMinutes(days * 24 * 60);

/** How the offer was added, as the first of its changes. */
const added = () => {
  const decidedAt = String(city.read(city.offer)['createdAt']);
  return { decidedAt, status: 'open', credits: PRICE, startsAt: decidedAt };
};

type Change = Record<string, string | number>;

/** The offer with changes, as its record is written from then on. */
const change = (fields: Record<string, string | number>, ...changes: readonly Change[]): Ref =>
  city.replace(city.offer, { redeemer, ...fields, history: [added(), ...changes] });

const lower = (credits: number): Change => ({
  ...{ decidedAt: now(), by: manager, credits },
  startsAt: now(),
});

const hold = (offer: Ref, credits: number): Ref => city.hold(holder, redeemer, offer, credits);

const firstBroken = async (): Promise<string> => {
  const { first } = await audit.city(city);
  return `${first?.code} ${first?.uri}`;
};

it('is green when prices moved as they may, and holds cost what counted then', async () => {
  city.resolve(hold(city.offer, PRICE), 'release');
  const decidedAt = now();
  const raised = { decidedAt, by: manager, credits: 12, startsAt: inDays(30) };
  const told = change({ nextCredits: 12, nextCreditsAt: raised.startsAt }, raised);
  city.resolve(hold(told, PRICE), 'release');
  city.wait(31);
  const offer = change({ credits: 12 }, raised);
  city.resolve(hold(offer, 12), 'release');
  expect(brokenIn(await audit.city(city))).toEqual([]);
});

it.each([
  ['down by more than a quarter', () => ({ credits: 7, startsAt: now() })],
  ['up by more than a quarter', () => ({ credits: 13, startsAt: inDays(30) })],
  ['up at once', () => ({ credits: 11, startsAt: now() })],
  ['up after 29 days', () => ({ credits: 11, startsAt: inDays(29) })],
])('is red when a price went %s', async (_name, to) => {
  const { credits, startsAt } = to();
  const fields = startsAt === now() ? { credits } : {};
  const offer = change(fields, { decidedAt: now(), by: manager, credits, startsAt });
  expect(await firstBroken()).toBe(`offer-price ${offer.uri}`);
});

it('measures a step from the price that counted, not from one that was given up', async () => {
  const up = { decidedAt: now(), by: manager, credits: 12, startsAt: inDays(30) };
  city.wait(1);
  const back = lower(PRICE);
  city.wait(60);
  const offer = change({}, up, back, { ...lower(14), startsAt: inDays(30) });
  expect(await firstBroken()).toBe(`offer-price ${offer.uri}`);
  change({}, up, back, { ...lower(12), startsAt: inDays(30) });
  expect(brokenIn(await audit.city(city))).toEqual([]);
});

it('is red at a price of before or after', async () => {
  const offer = change({ credits: 8 }, lower(8));
  city.wait(1);
  const dear = hold(offer, PRICE);
  expect(await firstBroken()).toBe(`hold-offer ${dear.uri}`);
});

it('is red when a code was given while the offer was paused or closed', async () => {
  const paused = { decidedAt: now(), by: manager, status: 'paused' };
  const offer = change({ status: 'paused' }, paused);
  city.wait(1);
  const during = hold(offer, PRICE);
  expect(await firstBroken()).toBe(`hold-offer ${during.uri}`);
  change({ status: 'closed' }, { ...paused, status: 'closed' });
  expect(await firstBroken()).toBe(`hold-offer ${during.uri}`);
});

it.each<[string, string, () => Ref]>([
  [
    'the record says another price',
    'offer-history',
    () => change({ credits: 9 }, { decidedAt: now(), by: manager, status: 'open' }),
  ],
  [
    'the record says another state',
    'offer-history',
    () => change({}, { decidedAt: now(), by: manager, status: 'paused' }),
  ],
  [
    'it was opened after its end',
    'offer-history',
    () =>
      change(
        {},
        { decidedAt: now(), by: manager, status: 'closed' },
        { decidedAt: now(), by: manager, status: 'open' },
      ),
  ],
  [
    'a change is dated back',
    'offer-history',
    () => change({}, { decidedAt: '2026-10-03T00:00:00.000Z', by: manager, status: 'open' }),
  ],
  [
    'nobody decided it',
    'act-unauthorized',
    () => change({ status: 'paused' }, { decidedAt: now(), status: 'paused' }),
  ],
  [
    'somebody without that right decided it',
    'act-unauthorized',
    () => change({ status: 'paused' }, { decidedAt: now(), by: holder, status: 'paused' }),
  ],
])('is red when %s', async (_name, code, make) => {
  const offer = make();
  expect(await firstBroken()).toBe(`${code} ${offer.uri}`);
});
