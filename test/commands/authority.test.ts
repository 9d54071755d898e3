// Who may act, said on phones: roles, AS, UNINVITE, SUSPEND, and the number that SMS has to prove.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { delegations } from '../../src/store/schema/index.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';

let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

const CREEK = 'Codornices Creek Friends';
const TELEGRAM_ADMIN = '7000555';
const invitation = (text: string): string => /ACCEPT [\w-]+/.exec(text)?.[0] ?? '';
const numberIn = (text: string): string => /reply (\d{4}) from/.exec(text)?.[1] ?? '';

/** Somebody is invited and accepts; the answer. */
const bring = async (by: string, words: string, who: string): Promise<string> =>
  city.ask(who, invitation(await city.prove(by, words)));

/** Ana earns 20 credits. */
async function earn(who: string): Promise<void> {
  await city.join(who);
  await city.say(who, 'JOIN 1');
  await city.say(who, 'DONE 1 swept the bank');
  await city.say(who, 'OK');
  const [, number] = /Evidence (\d+)/.exec(await city.ask(ORGANIZER, 'REVIEW')) ?? [];
  await city.say(ORGANIZER, `APPROVE ${number}`);
  city.heard(who);
}

describe('words that move authority, by SMS', () => {
  const INVITE = 'INVITE business Corner Bakery';

  test('are carried out once the number came back', async () => {
    const asked = await city.ask(ADMIN, INVITE);
    expect(asked).toMatch(/^To do this, reply \d{4} from this phone within 10 minutes: INVITE bus/);
    expect(await city.ask(ADMIN, numberIn(asked))).toContain('Pass this on to Corner Bakery');
    expect(await city.ask(ADMIN, numberIn(asked))).not.toContain('Pass this on');
  });

  test('are not carried out for three wrong numbers', async () => {
    const right = numberIn(await city.ask(ADMIN, INVITE));
    const wrong = right === '0000' ? '1111' : '0000';
    expect(await city.ask(ADMIN, wrong)).toContain('Tries left: 2');
    expect(await city.ask(ADMIN, wrong)).toContain('Tries left: 1');
    expect(await city.ask(ADMIN, wrong)).toContain('nothing was changed');
    expect(await city.ask(ADMIN, right)).not.toContain('Pass this on');
    expect(city.store.read.partners.byName('redeemer', 'CORNER BAKERY')).toBeUndefined();
  });

  test('stop being asked about after nine wrong numbers in a day', async () => {
    for (let round = 0; round < 3; round += 1) {
      const right = numberIn(await city.ask(ADMIN, INVITE));
      const wrong = right === '0000' ? '1111' : '0000';
      for (let at = 0; at < 3; at += 1) await city.say(ADMIN, wrong);
    }
    expect(await city.ask(ADMIN, INVITE)).toContain('too many wrong numbers today');
    city.clock.time += DAY_MS;
    expect(await city.ask(ADMIN, INVITE)).toMatch(/reply \d{4} from/);
  });

  test('are dropped by anything else, which is then understood', async () => {
    await city.say(ADMIN, INVITE);
    const answer = await city.ask(ADMIN, 'BALANCE');
    expect(answer).toContain("wasn't the number, so nothing was changed");
    expect(answer).toContain('0 CITY credits');
  });

  test('wait ten minutes for their number', async () => {
    const right = numberIn(await city.ask(ADMIN, INVITE));
    city.clock.time += 11 * MINUTE_MS;
    expect(await city.ask(ADMIN, right)).not.toContain('Pass this on');
  });

  test('need no number on Telegram', async () => {
    await bring(ADMIN, 'INVITE admin', TELEGRAM_ADMIN);
    expect(await city.ask(TELEGRAM_ADMIN, INVITE)).toContain('Pass this on to Corner Bakery');
  });
});

describe('roles', () => {
  test('a manager announces and does not review', async () => {
    expect(await bring(ADMIN, `INVITE manager ${CREEK}`, ANA)).toContain('ANNOUNCE to post a task');
    expect(await city.ask(ANA, 'ANNOUNCE')).toContain("What's the task?");
    await city.say(ANA, 'NO');
    expect(await city.ask(ANA, 'REVIEW')).toContain("Your role doesn't allow that");
    const help = await city.ask(ANA, 'HELP');
    expect(help).toContain('ANNOUNCE');
    expect(help).not.toMatch(/REVIEW|APPROVE|INVITE/);
  });

  test('a reviewer reviews and does not announce', async () => {
    await bring(ADMIN, `INVITE reviewer ${CREEK}`, ANA);
    expect(await city.ask(ANA, 'ANNOUNCE')).toContain("Your role doesn't allow that");
    expect(await city.ask(ANA, 'REVIEW')).toContain('nothing to review');
  });

  test('a counter, invited by the owner, confirms codes and adds no offer', async () => {
    expect(await bring(REDEEMER, 'INVITE counter Northside Café', ANA)).toContain('CONFIRM');
    expect(city.heard(REDEEMER)[0]?.text).toMatch(/^p-\w{12} accepted and now acts for North/);
    expect(await city.ask(ANA, 'OFFER Tea; 3')).toContain("Your role doesn't allow that");
    await earn(BEN);
    const [, code] = /(\w{4}-\w{4})/.exec(await city.ask(BEN, 'REDEEM 1')) ?? [];
    expect(await city.ask(ANA, `CONFIRM ${code}`)).toMatch(/^GIVE IT/);
  });

  test('an owner invites for no other partner, and no new one', async () => {
    expect(await city.prove(REDEEMER, `INVITE reviewer ${CREEK}`)).toContain('admin');
    expect(await city.prove(REDEEMER, 'INVITE business Corner Bakery')).toContain('admin');
  });

  test('end on their day', async () => {
    const words = await city.prove(ADMIN, `INVITE manager ${CREEK} until dec 20`);
    expect(words).toContain('The role ends Dec 20');
    await city.say(ANA, invitation(words));
    expect(await city.ask(ANA, 'ANNOUNCE')).toContain("What's the task?");
    await city.say(ANA, 'NO');
    city.clock.time += 27 * DAY_MS;
    expect(await city.ask(ANA, 'ANNOUNCE')).toContain("That's for organizers");
  });
});

describe('AS', () => {
  test('chooses for whom somebody acts who acts for two, and answers name it', async () => {
    await bring(ADMIN, 'INVITE organizer Food Shelf', ORGANIZER);
    await city.prove(ADMIN, 'CAP Food Shelf 100');
    expect(await city.ask(ORGANIZER, 'ANNOUNCE')).toMatch(/^Codornices Creek Friends: What's/);
    await city.say(ORGANIZER, 'NO');
    expect(await city.ask(ORGANIZER, 'AS')).toContain('You act for Codornices Creek Friends, Food');
    expect(await city.ask(ORGANIZER, 'AS shelf')).toContain('From now on you act for Food Shelf');
    expect(await city.ask(ORGANIZER, 'ANNOUNCE')).toMatch(/^Food Shelf: What's/);
    await city.say(ORGANIZER, 'NO');
    expect(await city.ask(ORGANIZER, 'ROSTER 1')).toMatch(/^Codornices Creek Friends: Task 1/);
    expect(await city.ask(ORGANIZER, 'AS nobody')).toContain("don't act for an organization with");
    expect(`${await city.ask(ORGANIZER, 'HELP')} ${await city.ask(ORGANIZER, 'HELP 2')}`).toContain(
      'act for another organization',
    );
  });

  test('holds while the one that was chosen is suspended: nothing is done for another', async () => {
    await bring(ADMIN, 'INVITE organizer Food Shelf', ORGANIZER);
    await city.say(ORGANIZER, 'AS shelf');
    await city.prove(ADMIN, 'SUSPEND Food Shelf no insurance');
    expect(await city.ask(ORGANIZER, 'ANNOUNCE Sweep; 5; dec 20 9am; The park; 3')).toContain(
      'Food Shelf is suspended',
    );
    await city.say(ORGANIZER, 'AS creek');
    expect(await city.ask(ORGANIZER, 'ANNOUNCE')).toMatch(/^Codornices Creek Friends: What's/);
  });

  test('is nothing to those who act for one', async () => {
    expect(await city.ask(ORGANIZER, 'AS')).toContain('and for nobody else');
    expect(await city.ask(ORGANIZER, 'HELP')).not.toContain('act for another');
  });
});

describe('UNINVITE', () => {
  test('ends a role at once, chosen from a list, and tells the person', async () => {
    await bring(ADMIN, `INVITE manager ${CREEK}`, ANA);
    city.heard(ANA);
    const list = await city.ask(ORGANIZER, 'UNINVITE');
    const [, at] = /(D\d+) p-\w{12}, MANAGER, Codornices/.exec(list) ?? [];
    expect(await city.prove(ORGANIZER, `UNINVITE ${at}`)).toMatch(
      /^Done: p-\w{12} no longer acts for/,
    );
    expect(city.heard(ANA)[0]?.text).toContain('You no longer act for Codornices Creek Friends');
    expect(await city.ask(ANA, 'ANNOUNCE')).toContain("That's for organizers");
  });

  test('ends an open question of the person who lost the role', async () => {
    await bring(ADMIN, `INVITE manager ${CREEK}`, ANA);
    await city.say(ANA, 'ANNOUNCE Sweep; 5; dec 20 9am; The park; 3');
    const [, id] = /(p-\w{12}), MANAGER/.exec(await city.ask(ADMIN, `UNINVITE ${CREEK}`)) ?? [];
    await city.prove(ADMIN, `UNINVITE ${id}`);
    expect(await city.ask(ANA, 'OK')).not.toContain('Announced');
  });

  test('takes an invitation back', async () => {
    const words = invitation(await city.prove(ADMIN, `INVITE manager ${CREEK}`));
    expect(await city.prove(ADMIN, words.replace('ACCEPT', 'UNINVITE'))).toContain(
      "doesn't work any more",
    );
    expect(await city.ask(ANA, words)).toContain("isn't valid");
  });

  test('makes what its person invited void', async () => {
    await bring(ADMIN, `INVITE owner ${CREEK}`, ANA);
    const words = invitation(await city.prove(ANA, `INVITE owner ${CREEK}`));
    const ids = await city.ask(ADMIN, `UNINVITE ${CREEK}`);
    const ana = [...ids.matchAll(/(D\d+) p-\w{12}, OWNER/g)].at(-1)?.[1];
    await city.prove(ADMIN, `UNINVITE ${ana}`);
    expect(await city.ask(BEN, words)).toContain("isn't valid");
  });

  test('never ends the last admin, and tells all of each one', async () => {
    const [, only] = /(p-\w{12}), ADMIN/.exec(await city.ask(ADMIN, 'UNINVITE admin')) ?? [];
    expect(await city.prove(ADMIN, `UNINVITE ${only}`)).toContain("the city's last admin");
    await bring(ADMIN, 'INVITE admin', ANA);
    expect(city.heard(ADMIN)[0]?.text).toContain('is now an admin');
    await bring(ANA, 'INVITE admin', BEN);
    expect(
      city
        .heard(ADMIN)
        .map(({ text }) => text)
        .join(),
    ).toContain('invited somebody to be');
    expect(await city.prove(ANA, `UNINVITE ${only}`)).toContain('Done');
    expect(city.heard(ADMIN)[0]?.text).toContain('You no longer act for Berkeley');
    expect(
      city
        .heard(BEN)
        .map(({ text }) => text)
        .join(),
    ).toContain('no longer acts for');
    expect(await city.ask(ADMIN, 'CAP x 5')).toContain("That's for the city's admin");
  });
});

describe('SUSPEND', () => {
  test('stops tasks and reviews; what waits is reviewed by the admin; who joined is told', async () => {
    await city.join(EVA);
    await city.say(EVA, 'JOIN 1');
    await city.say(EVA, 'DONE 1 swept the bank');
    await city.say(EVA, 'OK');
    expect(await city.ask(ADMIN, 'REVIEW')).toContain("That's for organizers");
    const done = await city.prove(ADMIN, `SUSPEND ${CREEK} no insurance`);
    expect(done).toContain('is suspended');
    expect(city.heard(ORGANIZER).at(-1)?.text).toContain('suspended Codornices Creek Friends: "no');
    expect(city.heard(EVA).at(-1)?.text).toContain(
      'Task 1, Clean up Codornices Creek: the city susp',
    );
    expect(await city.ask(ORGANIZER, 'ANNOUNCE')).toContain(`${CREEK} is suspended`);
    await city.join(BEN);
    expect(await city.ask(BEN, 'JOIN 2')).not.toContain("You're in");
    const [, number] = /Evidence (\d+)/.exec(await city.ask(ADMIN, 'REVIEW')) ?? [];
    expect(await city.ask(ORGANIZER, `APPROVE ${number}`)).toContain(`${CREEK} is suspended`);
    expect(await city.ask(ADMIN, `APPROVE ${number}`)).toContain('Approved');

    expect(await city.prove(ADMIN, `RESUME ${CREEK}`)).toContain('can act again');
    expect(city.heard(ORGANIZER)[0]?.text).toContain('can act again');
    expect(await city.ask(ORGANIZER, 'ANNOUNCE')).toContain("What's the task?");
  });

  test('gives no new code, and live ones are honored', async () => {
    await earn(BEN);
    const [, code] = /(\w{4}-\w{4})/.exec(await city.ask(BEN, 'REDEEM 1')) ?? [];
    await city.prove(ADMIN, 'SUSPEND Northside Café: mice');
    city.clock.time += MINUTE_MS;
    expect(await city.ask(BEN, 'REDEEM 1')).toContain('no offer 1');
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/^GIVE IT/);
    expect(await city.ask(REDEEMER, 'OFFER Tea; 3')).toContain('Northside Café is suspended');
  });

  test.each([
    ['SUSPEND', 'Reply SUSPEND, the name and why'],
    [`SUSPEND ${CREEK}`, 'Add why'],
    ['SUSPEND Nobody at all', 'no organization called Nobody'],
    [`RESUME ${CREEK}`, 'can act already'],
    ['RESUME', 'Reply RESUME and the name'],
  ])('%s is answered: %s', async (text, expected) => {
    expect(await city.prove(ADMIN, text)).toContain(expected);
  });
});

describe('a new partner', () => {
  test('on yellow gets half of its cap until it is resumed', async () => {
    await bring(ADMIN, 'INVITE organizer Food Shelf; yellow', ANA);
    expect(await city.prove(ADMIN, 'CAP Food Shelf 501')).toContain('can issue 250 CITY credits');
    await city.prove(ADMIN, 'RESUME Food Shelf');
    expect(await city.prove(ADMIN, 'CAP Food Shelf 501')).toContain('can issue 501 CITY credits');
  });

  test('on red waits, for a reason that it is told', async () => {
    expect(await city.prove(ADMIN, 'INVITE organizer Food Shelf; red')).toContain('Add why');
    const answer = await bring(ADMIN, 'INVITE organizer Food Shelf; red no insurance yet', ANA);
    expect(answer).toContain('put it off for now: "no insurance yet"');
    expect(await city.ask(ANA, 'ANNOUNCE')).toContain("That's for organizers");
    await city.prove(ADMIN, 'RESUME Food Shelf');
    await city.prove(ADMIN, 'CAP Food Shelf 100');
    expect(await city.ask(ANA, 'ANNOUNCE')).toContain("What's the task?");
  });
});

test('an invitation said where others read it is void', async () => {
  const words = invitation(await city.prove(ADMIN, `INVITE manager ${CREEK}`));
  const inPublic = await city.ask('ana.test', words, { thread: 'thread' });
  expect(inPublic).toContain("Others could read that invitation, so it doesn't work any more");
  expect(await city.ask(BEN, words)).toContain("isn't valid");
});

describe('a role with an end', () => {
  const ends = () =>
    city.db
      .select()
      .from(delegations)
      .all()
      .filter(({ revokedAt, partnerId }) => revokedAt === null && partnerId === 1)
      .map(({ role, expiresAt }) => [role, expiresAt !== null]);

  test('is not made longer by an owner’s own invitation', async () => {
    await bring(ADMIN, `INVITE owner ${CREEK} until dec 20`, ANA);
    await bring(ANA, `INVITE owner ${CREEK}`, ANA);
    await bring(ANA, `INVITE owner ${CREEK} until dec 30`, BEN);
    expect(ends()).toEqual([
      ['owner', false],
      ['owner', true],
      ['owner', true],
    ]);
    city.clock.time += 60 * DAY_MS;
    expect(await city.ask(ANA, 'ROSTER 1')).toContain("That's for organizers");
    expect(await city.ask(BEN, 'ROSTER 1')).toContain("That's for organizers");
  });

  test('is not lost to a narrower one', async () => {
    await bring(ADMIN, `INVITE owner ${CREEK} until dec 20`, ANA);
    await bring(ADMIN, `INVITE manager ${CREEK}`, ANA);
    expect(ends()).toContainEqual(['owner', true]);
  });
});
