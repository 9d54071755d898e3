// Organizations and their people: one that is organizer and business, teams, several for one person.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

const HALL = 'Village Hall';
const invitation = (text: string): string => /ACCEPT [\w-]+/.exec(text)?.[0] ?? '';
const bring = async (by: string, words: string, who: string): Promise<string> =>
  city.ask(who, invitation(await city.prove(by, words)));
/** Ana owns both halves of one organization. */
async function openHall(): Promise<void> {
  await bring(ADMIN, `INVITE organizer ${HALL}`, ANA);
  await bring(ADMIN, `INVITE business ${HALL}`, ANA);
  await city.prove(ADMIN, `CAP ${HALL} 200`);
  city.heard(ANA);
}
const standingOf = (): readonly unknown[] =>
  city.store.read.partners
    .every()
    .filter(({ name }) => name === HALL)
    .map(({ kind, state }) => [kind, state]);
const participantOf = (address: string): string => {
  const { keys } = city.core.foundation;
  const id = city.store.read.identities.idOf('sms', keys.identityLookup('sms', address)) ?? 0;
  const { personId = 0 } = city.store.read.identities.get(id) ?? {};
  return city.store.read.people.get(personId)?.participantId ?? '';
};

describe('an organization that is an organizer and a business', () => {
  beforeEach(openHall);

  test('has one name and two partners, and acts as either without a choice', async () => {
    expect(standingOf()).toEqual([
      ['issuer', 'approved'],
      ['redeemer', 'approved'],
    ]);
    expect(await city.ask(ANA, 'AS')).toContain(`You act for ${HALL}, and for nobody else`);
    expect(await city.ask(ANA, 'ANNOUNCE')).toMatch(/^What's the task/);
    await city.say(ANA, 'NO');
    expect(await city.ask(ANA, 'OFFER A tea; 5; 10')).toMatch(/^Offer \d+ is open/);
  });

  test('is chosen as a whole by AS', async () => {
    await bring(ADMIN, 'INVITE organizer Food Shelf', ANA);
    await bring(ADMIN, 'INVITE business Food Shelf', ANA);
    await city.prove(ADMIN, 'CAP Food Shelf 100');
    await city.say(ANA, 'AS shelf');
    expect(await city.ask(ANA, 'ANNOUNCE')).toMatch(/^Food Shelf: /);
    await city.say(ANA, 'NO');
    expect(await city.ask(ANA, 'OFFER A loaf; 5; 10')).toMatch(/^Food Shelf: /);
    await city.say(ANA, 'AS hall');
    expect(await city.ask(ANA, 'ANNOUNCE')).toMatch(/^Village Hall: /);
    await city.say(ANA, 'NO');
    expect(await city.ask(ANA, 'OFFER A tea; 5; 10')).toMatch(/^Village Hall: /);
  });

  test('is stopped and goes on as a whole, and its people hear of it once', async () => {
    await city.prove(ADMIN, `SUSPEND ${HALL} no insurance`);
    expect(city.heard(ANA)).toHaveLength(1);
    expect(standingOf()).toEqual([
      ['issuer', 'suspended'],
      ['redeemer', 'suspended'],
    ]);
    expect(await city.ask(ANA, 'ANNOUNCE')).not.toContain("What's the task");
    expect(await city.ask(ANA, 'OFFER A tea; 5; 10')).not.toContain('is open');
    await city.prove(ADMIN, `RESUME ${HALL}`);
    expect(standingOf()).toEqual([
      ['issuer', 'approved'],
      ['redeemer', 'approved'],
    ]);
    expect(await city.ask(ANA, 'OFFER A tea; 5; 10')).toContain('is open');
  });

  test('has managers of the half that was named', async () => {
    const which = await city.prove(ANA, `INVITE MANAGER ${HALL}`);
    expect(which).toContain(`INVITE MANAGER business ${HALL}`);
    expect(await bring(ANA, `INVITE MANAGER business ${HALL}`, BEN)).toContain(HALL);
    expect(await city.ask(BEN, 'OFFER A tea; 5; 10')).toContain('is open');
    expect(await city.ask(BEN, 'ANNOUNCE')).toContain("That's for organizers");
    await bring(ANA, `INVITE MANAGER organizer ${HALL}`, EVA);
    expect(await city.ask(EVA, 'ANNOUNCE')).toContain("What's the task?");
  });

  test('has reviewers and counters without a question', async () => {
    await bring(ANA, `INVITE REVIEWER ${HALL}`, BEN);
    await bring(ANA, `INVITE COUNTER ${HALL}`, EVA);
    const team = await city.ask(ANA, 'TEAM');
    expect(team.split('\n')).toEqual([
      `${HALL}, organizer:`,
      `OWNER: ${participantOf(ANA)} (you)`,
      `REVIEWER: ${participantOf(BEN)}`,
      `${HALL}, business:`,
      `OWNER: ${participantOf(ANA)} (you)`,
      `COUNTER: ${participantOf(EVA)}`,
      expect.stringContaining(`INVITE, a role and ${HALL}`),
    ]);
  });
});

test('a name that begins with the word of a kind is a name', async () => {
  await bring(ADMIN, 'INVITE organizer Business Circle', ANA);
  expect(await bring(ANA, 'INVITE MANAGER Business Circle', BEN)).toContain('Business Circle');
  expect(await bring(ANA, 'INVITE REVIEWER organizer Business Circle', EVA)).toContain(
    'Business Circle',
  );
});

describe('TEAM', () => {
  test('says who acts, until when, and how many are invited; UNINVITE ends a role', async () => {
    const CREEK = 'Codornices Creek Friends';
    await bring(ORGANIZER, `INVITE REVIEWER ${CREEK} until dec 20`, BEN);
    await city.prove(ORGANIZER, `INVITE MANAGER ${CREEK}`);
    const team = await city.ask(ORGANIZER, 'TEAM');
    expect(team).toContain(`REVIEWER: ${participantOf(BEN)}, until Dec 20`);
    expect(team).toContain('Open invitations: 1');
    expect(team).not.toMatch(/\+1|555/);
    await city.prove(ORGANIZER, `UNINVITE ${participantOf(BEN)}`);
    expect(await city.ask(ORGANIZER, 'TEAM')).not.toContain(participantOf(BEN));
  });

  test('of an admin is that of the city, or of whom they name', async () => {
    expect(await city.ask(ADMIN, 'TEAM')).toMatch(
      /^Berkeley, the city:\nADMIN: p-\w{12} \(you\)\n/,
    );
    expect(await city.ask(ADMIN, 'TEAM northside')).toContain(`OWNER: ${participantOf(REDEEMER)}`);
    expect(await city.ask(ADMIN, 'TEAM nobody')).toContain('Reply TEAM');
  });

  test('is of nobody else’s organization, and nothing to residents', async () => {
    expect(await city.ask(ORGANIZER, 'TEAM northside')).toContain('Reply TEAM to see yours');
    await city.join(ANA);
    expect(await city.ask(ANA, 'TEAM')).not.toContain('p-');
  });

  test('speaks Spanish', async () => {
    await city.say(ORGANIZER, 'IDIOMA ES');
    expect(await city.ask(ORGANIZER, 'EQUIPO')).toMatch(/TITULAR: p-\w{12} \(t[uú]\)/);
  });
});

test('every answer of somebody who acts for several names the one it was for', async () => {
  await bring(ADMIN, 'INVITE business Northside Café', ORGANIZER);
  const [creek, cafe] = [/^Codornices Creek Friends: /, /^Northside Café: /];
  await city.join(ANA);
  await city.say(ANA, 'JOIN 1');
  await city.say(ANA, 'DONE 1 swept the bank');
  await city.say(ANA, 'OK');
  const review = await city.ask(ORGANIZER, 'REVIEW');
  const [, number] = /Evidence (\d+)/.exec(review) ?? [];
  expect(review).toMatch(creek);
  expect(await city.ask(ORGANIZER, 'ROSTER 1')).toMatch(creek);
  expect(await city.ask(ORGANIZER, `APPROVE ${number}`)).toMatch(creek);
  expect(await city.ask(ORGANIZER, 'ANNOUNCE')).toMatch(creek);
  await city.say(ORGANIZER, 'NO');
  const [, code] = /(\w{4}-\w{4})/.exec(await city.ask(ANA, 'REDEEM 1')) ?? [];
  expect(await city.ask(ORGANIZER, `CONFIRM ${code}`)).toMatch(cafe);
});
