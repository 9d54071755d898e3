// A confirmation that is undone, by the records alone: once, whole, in ten minutes, by its operator.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { brokenIn, openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import {
  type FoundedCity,
  foundPaperCity,
  PRICE,
  participantOf,
  type Ref,
  rkeyOf,
} from '../support/paper-city.ts';

let audit: PaperAudit;
let city: FoundedCity;
const [operator, other, holder] = [participantOf(701), participantOf(702), participantOf(1)];

beforeAll(async () => {
  audit = await openPaperAudit();
});
afterAll(() => audit.close());
beforeEach(async () => {
  city = await foundPaperCity();
});

/** Somebody earned credits, and an operator confirmed a code of theirs. */
function honored(): Ref {
  const redeemer = city.replace(city.redeemer, {
    delegations: [operator, other].map((participant) => ({
      ...{ participant, role: 'counter', by: participantOf(801) },
      startsAt: '2026-10-02T00:00:00.000Z',
    })),
    history: [{ status: 'approved', decidedAt: '2026-10-01T00:00:00.000Z' }],
  });
  city.earn(1);
  const burn = city.resolve(city.hold(holder, redeemer, city.offer), 'burn');
  city.addRedemption(city.offer, redeemer, burn, { by: operator });
  return burn;
}

const shop = (): string => `redeemed:${rkeyOf(city.redeemer)}`;
const take = (burn: Ref, by = operator, amount = PRICE): Ref =>
  city.adjust(shop(), 'adjustment', amount, burn, { undoneBy: by });
const give = (burn: Ref, by = operator, amount = PRICE): Ref =>
  city.adjust('adjustment', `person:${holder}`, amount, burn, { undoneBy: by });

const firstBroken = async (): Promise<string> => {
  const { first } = await audit.city(city);
  return `${first?.code} ${first?.uri}`;
};

it('is green, and no note, when its operator undid it in time', async () => {
  const burn = honored();
  take(burn);
  give(burn);
  const report = await audit.city(city);
  expect(brokenIn(report)).toEqual([]);
  expect(report.notes.counts).not.toHaveProperty('adjusted');
  expect(report.totals).toMatchObject([{ redeemed: 0, adjustedIn: PRICE, adjustedOut: PRICE }]);
});

it('is red after ten minutes', async () => {
  const burn = honored();
  city.wait(11 / (24 * 60));
  const late = take(burn);
  give(burn);
  expect(await firstBroken()).toBe(`undo-invalid ${late.uri}`);
});

it('is red by somebody else than who confirmed it', async () => {
  const burn = honored();
  const first = take(burn, other);
  give(burn, other);
  expect(await firstBroken()).toBe(`undo-invalid ${first.uri}`);
});

it('is red when two people did one half each', async () => {
  const burn = honored();
  take(burn);
  expect(await firstBroken()).toContain('undo-invalid');
  const second = give(burn, other);
  expect(await firstBroken()).toBe(`undo-invalid ${second.uri}`);
});

it('is red in part, and of what burns nothing', async () => {
  const burn = honored();
  const part = take(burn, operator, PRICE - 1);
  expect(await firstBroken()).toBe(`undo-invalid ${part.uri}`);
  const again = await foundPaperCity();
  city = again;
  honored();
  const { issue } = city.earn(2);
  const wrong = city.adjust('adjustment', `person:${participantOf(2)}`, 20, issue, {
    undoneBy: operator,
  });
  expect(await firstBroken()).toBe(`undo-invalid ${wrong.uri}`);
});

it('is red when it gives before it takes, or gives alone', async () => {
  const burn = honored();
  const alone = give(burn);
  expect(await firstBroken()).toBe(`undo-invalid ${alone.uri}`);
});

it('is red a second time', async () => {
  const burn = honored();
  take(burn);
  give(burn);
  const again = give(burn);
  expect(await firstBroken()).toBe(`transfer-kind ${again.uri}`);
});

it('is red to the account of somebody else', async () => {
  const burn = honored();
  take(burn);
  const astray = city.adjust('adjustment', `person:${participantOf(2)}`, PRICE, burn, {
    undoneBy: operator,
  });
  expect(await firstBroken()).toBe(`transfer-kind ${astray.uri}`);
});

it('is red by an operator who had no right to by then', async () => {
  const burn = honored();
  const first = take(burn);
  give(burn);
  const { delegations } = city.read(city.redeemer) as { delegations: readonly object[] };
  const endsAt = new Date(Date.parse(String(city.read(first)['createdAt'])) - 500).toISOString();
  const ended = delegations.map((one) => ({ ...one, endsAt }));
  city.replace(city.redeemer, { delegations: ended as never });
  expect(await firstBroken()).toBe(`act-unauthorized ${first.uri}`);
});

it('is red when admins are named as well', async () => {
  const burn = honored();
  const both = city.adjust(shop(), 'adjustment', PRICE, burn, {
    ...{ undoneBy: operator, askedBy: participantOf(801), agreedBy: participantOf(802) },
  });
  expect(await firstBroken()).toBe(`transfer-kind ${both.uri}`);
});
