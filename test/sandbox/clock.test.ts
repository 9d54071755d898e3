// The sandbox's time is moved on over HTTP, and what becomes due happens in its order.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAudit } from '../../src/cli/run-audit.ts';
import { DAY_MS, HOUR_MS, isoTime, MINUTE_MS } from '../../src/lib/clock.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { TUESDAY } from '../support/city.ts';
import { earn } from '../support/earn.ts';
import type { Phone } from '../support/phone.ts';
import { runTool } from '../support/run-tool.ts';
import { openSandbox, type TestSandbox } from '../support/sandbox.ts';

/** As long as a test may take on a busy machine. */
const A_WHILE_MS = 15 * MINUTE_MS;
const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

let sandbox: TestSandbox;
let resident: Phone;

beforeAll(async () => {
  // Tuesday, 10:00 in Berkeley, when the sandbox is opened.
  const openedAt = performance.now();
  const elapsed = () => performance.now() - openedAt;
  sandbox = await openSandbox({
    clock: { now: () => TUESDAY + Math.floor(elapsed()), elapsed },
  });
  resident = await earn(sandbox, SEEDED.resident);
});
afterAll(() => sandbox.stop());

/** What the resident's phone got after `before`. */
const heard = async (before: string | undefined) =>
  (await resident.messages(before)).filter(({ direction }) => direction === 'out');
const newest = async () => (await resident.messages()).at(-1)?.id;

/** Moves the city's time to an hour of the day that it is in Berkeley, or of a day after it. */
async function advanceTo(hour: number, daysLater = 0): Promise<void> {
  const now = await sandbox.now();
  const midnight =
    TUESDAY - 10 * HOUR_MS + Math.floor((now - TUESDAY + 10 * HOUR_MS) / DAY_MS) * DAY_MS;
  const at = midnight + daysLater * DAY_MS + hour * HOUR_MS;
  await sandbox.advance(Math.ceil((at - now) / MINUTE_MS));
}

it('goes on by as much as it is asked to, and all of the city with it', async () => {
  const before = await sandbox.now();
  expect(before).toBeGreaterThanOrEqual(TUESDAY);
  const after = await sandbox.advance(90);
  expect(after - before).toBeGreaterThanOrEqual(90 * MINUTE_MS);
  expect(after - before).toBeLessThan(90 * MINUTE_MS + A_WHILE_MS);
  const [answer] = await resident.say('TASKS');
  expect(Date.parse(answer?.at ?? '')).toBeGreaterThanOrEqual(after);
});

it('a code expires, its holder hears of it, and it is public when the answer comes', async () => {
  const [given] = await resident.say('REDEEM 1');
  expect(given?.text).toMatch(CODE);
  await sandbox.advance(60);
  const [told, ...others] = await heard(given?.id);
  expect(told?.text).toMatch(/code for Coffee, any size expired.*10 credits are yours again/);
  expect(others).toEqual([]);
  // At the end of the quarter of an hour in which it expired.
  const lateMs = Date.parse(told?.at ?? '') - Date.parse(given?.at ?? '') - 15 * MINUTE_MS;
  expect(lateMs).toBeLessThan(15 * MINUTE_MS + A_WHILE_MS);
  expect(await resident.ask('BALANCE')).toMatch(/20 CITY credits/);
  await sandbox.advance(1);
  expect((await sandbox.records()).filter(({ state }) => state === 'staged')).toEqual([]);
});

it('what becomes due at night is told when the contact hours begin, and nothing before', async () => {
  await advanceTo(19.95);
  const [given] = await resident.say('REDEEM 1');
  await advanceTo(8, 1);
  expect(await heard(given?.id)).toEqual([]);
  await sandbox.advance(DAY_MS / MINUTE_MS);
  const [told] = await heard(given?.id);
  expect(told?.text).toMatch(/expired/);
  // Nine o'clock on Wednesday, though time went on until Thursday in one go.
  expect(told?.at.slice(0, '2026-11-25T17:00'.length)).toBe(
    isoTime(TUESDAY + 23 * HOUR_MS).slice(0, '2026-11-25T17:00'.length),
  );
});

it('two who move it at once have it moved by both, one after the other', async () => {
  const before = await sandbox.now();
  const after = await Promise.all([sandbox.advance(120), sandbox.advance(30)]);
  expect(Math.max(...after) - before).toBeGreaterThanOrEqual(150 * MINUTE_MS);
  expect(Math.max(...after) - before).toBeLessThan(150 * MINUTE_MS + A_WHILE_MS);
});

it('a month later everything that was done stands, works and is proved by the audit', async () => {
  const last = await newest();
  await sandbox.advance(31 * (DAY_MS / MINUTE_MS));
  expect((await heard(last)).filter(({ text }) => /expired/.test(text))).toEqual([]);
  expect(await resident.ask('REDEEM 1')).toMatch(CODE);
  expect(JSON.parse(await sandbox.text('/healthz'))).toMatchObject({ ok: true, problem: null });
  const { did, plc, pds } = await sandbox.network();
  await sandbox.advance(1);
  const { out } = await runTool(runAudit, [did, '--json'], {
    PLC_URL: plc,
    BLUESKY_SERVICE: pds,
  });
  expect(JSON.parse(out)).toMatchObject({ ok: true });
  expect(sandbox.logged()).not.toMatch(/"level":(?:50|60)/);
});
