import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
} from '../../support/conversation.ts';

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
  await city.join(BEN);
});
afterEach(() => city.close());

async function send(from: string, task: number, picture: string): Promise<void> {
  await city.say(from, `JOIN ${task}`);
  await city.say(from, `DONE ${task} swept`, { pictures: [picture] });
  await city.say(from, 'OK');
}

/** The jobs run. */
async function pass(): Promise<void> {
  city.clock.time += 5 * MINUTE_MS;
  await city.settle();
}

describe('ALIKE', () => {
  test('shows the admins pairs with the same photos, and takes their word with a reason', async () => {
    await send(ANA, 1, 'creek');
    await send(BEN, 2, 'creek~2');
    await pass();
    const shown = await city.ask(ADMIN, 'ALIKE');
    expect(shown).toMatch(/^1: p-\w+ and p-\w+, same photos \(1\)\n/);
    expect(await city.prove(ADMIN, 'DIFFERENT 1')).toContain('say why');
    expect(await city.prove(ADMIN, 'DIFFERENT 1 two neighbors')).toContain('count as two people');
    expect(await city.ask(ADMIN, 'ALIKE')).toContain('No two accounts look alike.');
    await send(BEN, 1, 'creek');
    await pass();
    expect(await city.ask(ADMIN, 'ALIKE')).toContain('No two accounts look alike.');
    expect(await city.ask(ANA, 'ALIKE')).toContain('admin');
  });

  test('SAME tells both, and neither approves the other from then on', async () => {
    await send(ORGANIZER, 1, 'creek');
    await send(ANA, 2, 'creek');
    await pass();
    city.heard(ANA);
    expect(await city.prove(ADMIN, 'SAME 1 one handwriting')).toContain('count as one person');
    const told = city.heard(ANA).map(({ text }) => text);
    expect(told.join()).toContain('one handwriting');
    expect(await city.ask(ORGANIZER, 'APPROVE 2')).toContain('own');
    expect(await city.ask(ANA, 'BALANCE')).toContain('0 CITY');
    expect(await city.ask(ANA, 'JOIN 3')).not.toContain('banned');
  });

  test('shows who joins the same tasks at the same times', async () => {
    const tasks: string[] = [];
    for (const title of ['Paint', 'Sweep', 'Plant']) {
      await city.say(ORGANIZER, `ANNOUNCE ${title} it; 5; any time until sat 11am; Park; 4`);
      tasks.push(/[Tt]ask (\d+)/.exec(await city.ask(ORGANIZER, 'OK'))?.[1] ?? '');
    }
    for (const task of tasks) {
      await city.say(ANA, `JOIN ${task}`);
      await city.say(BEN, `JOIN ${task}`);
    }
    await city.say(BEN, `DONE ${tasks[0]} done`, { pictures: ['park'] });
    await city.say(BEN, 'OK');
    await pass();
    expect(await city.ask(ADMIN, 'ALIKE')).toMatch(/joined at the same times \(3\)/);
  });
});
