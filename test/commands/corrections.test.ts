// Corrections of credits: one admin asks, another agrees, the holder hears what it was and why.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { KINDS } from '../../src/records/kinds/index.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
} from '../support/conversation.ts';

let city: Conversation;
let ana: string;
/** The second admin. */
const OTHER = EVA;

const idOf = async (address: string): Promise<string> =>
  /p-[0-9a-z]{12}/.exec(await city.ask(address, 'ME'))?.[0] ?? '';

beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
  await city.say(ANA, 'JOIN 1');
  await city.say(ANA, 'DONE 1 two bags');
  await city.say(ANA, 'OK');
  await city.say(ORGANIZER, 'APPROVE 1');
  ana = await idOf(ANA);
});
afterEach(() => city.close());

const heardBy = (address: string): string =>
  city
    .heard(address)
    .map(({ text }) => text)
    .join('\n');

/** Makes somebody else an admin as well. */
async function withOther(): Promise<void> {
  await city.join(OTHER);
  city.meddle(`insert into delegations (person_id, partner_id, role, created_at)
    select id, null, 'admin', 0 from persons where participant_id = '${await idOf(OTHER)}'`);
}

describe('with two admins', () => {
  beforeEach(withOther);

  test('one asks, the other agrees, and the holder hears what it was, what it is, and why', async () => {
    const asked = await city.prove(ADMIN, `ADJUST ${ana} +8 because one bag was missed.`);
    expect(asked).toBe(
      `Correction 1: ${ana} from 20 to 28, because one bag was missed. Another admin has to reply AGREE 1 within 3 days.`,
    );
    expect(heardBy(OTHER)).toContain(`${ana} from 20 to 28, because one bag was missed.`);
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 20 CITY');
    expect(await city.prove(OTHER, 'AGREE 1')).toContain(
      `${ana} had 20 credits to use and has 28.`,
    );
    expect(heardBy(ANA)).toContain('it was 20, it is 28, because one bag was missed.');
    expect(heardBy(ADMIN)).toContain('Correction 1 is done');
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 28 CITY');
    expect(await city.ask(ANA, 'HISTORY')).toContain('8 corrected');
    expect(await city.prove(OTHER, 'AGREE 1')).toContain("There's no open correction 1.");
  });

  test('the public record names both by their public ids, and the reason', async () => {
    await city.prove(ADMIN, `adjust ${ana.toUpperCase()} -5 counted twice, call +1 510 555 0142`);
    await city.prove(OTHER, 'AGREE 1');
    const [newest] = city.store.read.records
      .newest(100)
      .filter(({ collection }) => collection.endsWith('.transfer'));
    const value = JSON.parse(newest?.value ?? '{}');
    expect(value).toMatchObject({
      code: 'adjust',
      debit: `person:${ana}`,
      credit: 'adjustment',
      amount: 5,
      askedBy: await idOf(ADMIN),
      agreedBy: await idOf(OTHER),
    });
    expect(value.reason).toContain('counted twice');
    expect(value.reason).not.toContain('555');
    expect(KINDS.transfer.lexicon.$nsid).toBe(value.$type);
  });

  test('whoever asked cannot agree, and nobody to a correction of their own', async () => {
    await city.prove(ADMIN, `ADJUST ${ana} +8 because one bag was missed`);
    expect(await city.prove(ADMIN, 'AGREE 1')).toContain('You asked for this correction');
    const own = await idOf(OTHER);
    expect(await city.prove(OTHER, `ADJUST ${own} +8 because I say so`)).toContain(
      'These are your own credits',
    );
    expect(await city.prove(ADMIN, `ADJUST ${own} +8 because of them`)).toContain(
      'takes two admins',
    );
    expect(city.ledger().transfers).toBe(1);
  });

  test('takes no more than somebody has to use, held credits aside', async () => {
    await city.say(ANA, 'REDEEM 1');
    expect(await city.prove(ADMIN, `ADJUST ${ana} -11 because of a mistake`)).toContain(
      'Credits they can use: 10.',
    );
    await city.prove(ADMIN, `ADJUST ${ana} -10 because of a mistake`);
    city.clock.time += MINUTE_MS;
    await city.say(ANA, 'REDEEM 1');
    expect(await city.prove(OTHER, 'AGREE 1')).toContain('Credits they can use: 0.');
  });

  test('corrects nothing twice', async () => {
    expect(await city.prove(ADMIN, `ADJUST ${ana} +21 because of a mistake`)).toContain(
      '20 at most',
    );
    await city.prove(ADMIN, `ADJUST ${ana} +15 because of a mistake`);
    await city.prove(ADMIN, `ADJUST ${ana} +6 because of a mistake`);
    await city.prove(OTHER, 'AGREE 1');
    expect(await city.prove(OTHER, 'AGREE 2')).toContain('5 at most');
    await city.prove(ADMIN, `ADJUST ${ana} -20 because of a mistake`);
    expect(await city.prove(OTHER, 'AGREE 3')).toContain('had 35 credits to use and has 15');
  });

  test('lasts three days, and only while whoever asked is an admin', async () => {
    await city.prove(ADMIN, `ADJUST ${ana} +8 because one bag was missed`);
    await city.prove(ADMIN, `ADJUST ${ana} +7 because one bag was missed`);
    city.clock.time += 3 * DAY_MS;
    expect(await city.prove(OTHER, 'AGREE 1')).toContain('no open correction 1');
    await city.prove(ADMIN, `ADJUST ${ana} +6 because one bag was missed`);
    city.meddle(`update delegations set revoked_at = 1 where role = 'admin' and person_id =
      (select id from persons where participant_id = '${await idOf(ADMIN)}')`);
    expect(await city.prove(OTHER, 'AGREE 3')).toContain('no open correction 3');
  });

  test('says what it wants', async () => {
    for (const said of ['ADJUST', `ADJUST ${ana}`, `ADJUST ${ana} 8 because`, 'ADJUST Ana +8 x']) {
      expect(await city.prove(ADMIN, said)).toContain('Reply ADJUST, the public id');
      // How it is written is not said twice in a row.
      await city.ask(ADMIN, 'BALANCE');
    }
    expect(await city.prove(ADMIN, `ADJUST ${ana} +8`)).toContain('Why?');
    expect(await city.prove(ADMIN, `ADJUST ${ana} +8 because`)).toContain('Why?');
    expect(await city.prove(ADMIN, `ADJUST ${ana} +0 because`)).not.toContain('Correction');
    expect(await city.prove(ADMIN, 'ADJUST p-aaaaaaaaaaaa +8 because')).toContain('Nobody here');
    expect(await city.prove(ADMIN, 'AGREE')).toContain('like AGREE 3');
    expect(await city.prove(BEN, `ADJUST ${ana} +8 because`)).not.toContain('Correction');
  });

  test('in Spanish', async () => {
    await city.say(ADMIN, 'IDIOMA ES');
    await city.say(ANA, 'IDIOMA ES');
    expect(await city.prove(ADMIN, `AJUSTAR ${ana} +8 porque faltó una bolsa`)).toContain(
      'de 20 a 28, porque',
    );
    await city.prove(OTHER, 'AVALAR 1');
    expect(heardBy(ANA)).toMatch(/eran 20, son 28, porque falt. una bolsa\./);
  });
});

test('a single admin cannot correct by words, and hears of the tool', async () => {
  const said = await city.prove(ADMIN, `ADJUST ${ana} +8 because one bag was missed`);
  expect(said).toContain('takes two admins');
  expect(said).toContain('npm run admin');
});

describe('accounts that are close to each other', () => {
  const close = async (one: string, other: string): Promise<void> =>
    city.meddle(`insert into account_pairs
      (person_id, other_id, basis, times, verdict, created_at)
      select min(one.id, other.id), max(one.id, other.id), 'unlinked', 1, 'same', 0
      from persons as one, persons as other
      where one.participant_id = '${await idOf(one)}' and other.participant_id = '${await idOf(other)}'`);
  const ADJUST = (): string => `ADJUST ${ana} -8 counted twice`;

  test('are no two admins', async () => {
    await withOther();
    await city.prove(ADMIN, ADJUST());
    await close(ADMIN, OTHER);
    expect(await city.prove(OTHER, 'AGREE 1')).not.toContain('had 20 credits');
    expect(await city.prove(ADMIN, ADJUST())).not.toContain('Correction 2');
    expect(await city.ask(ANA, 'BALANCE')).toContain('20 CITY');
  });

  test('are the holder’s own', async () => {
    await withOther();
    await city.prove(ADMIN, ADJUST());
    await close(OTHER, ANA);
    expect(await city.prove(OTHER, 'AGREE 1')).toContain('your own credits');
    expect(await city.prove(OTHER, ADJUST())).toContain('your own credits');
  });
});
