// What the mailer puts in the outbox, over a real store and in real texts.
import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { ChannelName, Reply } from '../../src/conversation/message.ts';
import { publicly, replyWith } from '../../src/conversation/speech.ts';
import { createMatcher } from '../../src/conversation/words.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { createTexts } from '../../src/languages/texts.ts';
import { DAY_MS, HOUR_MS } from '../../src/lib/clock.ts';
import { createMailer, type Mailer } from '../../src/outbox/mailer.ts';
import type { Context } from '../../src/services/context.ts';
import { findOrAddIdentity } from '../../src/services/people/find-identity.ts';
import { setAlerts } from '../../src/services/people/set-alerts.ts';
import { stopMessages } from '../../src/services/people/stop-messages.ts';
import { outbox } from '../../src/store/schema/index.ts';
import { newTask, type Person, type TestCity, withCity } from '../support/city.ts';
import { databaseOf } from '../support/store.ts';

const PLACE = 'place 1';
const THREAD = 'thread 1';

type Desk = {
  readonly city: TestCity;
  readonly ana: Person;
  /** Lets the mailer do something in one transaction; what that put in the outbox. */
  readonly mail: (
    work: (mailer: Mailer, context: Context) => void,
  ) => (typeof outbox.$inferSelect)[];
  /** An address of Ana's on a channel, beside her phone. */
  readonly address: (channel: ChannelName) => number;
  /** A message of Ana's that came in; its id. */
  readonly receive: (channel: ChannelName, identityId: number, place: string | null) => number;
  readonly broadcastsBegun: () => number;
};

const withMailer = (run: (desk: Desk) => void): Promise<void> =>
  withCity((city) => {
    const matcher = createMatcher(commands, LANGUAGES);
    let begun = 0;
    let received = 0;
    const mailer = createMailer({
      texts: createTexts(city.foundation.city, LANGUAGES),
      isCareful: (words) => matcher.match(words)?.command.exact === true,
      publicPlaces: ['telegram', 'bluesky'],
      firstLanguage: 'en',
      spendText: () => true,
      alertsPerDay: 5,
      asksFor: () => true,
      nextContactTime: (now) => now + HOUR_MS,
    });
    mailer.broadcastBegun.listen(() => {
      begun += 1;
    });
    const ana = city.join('+15105550141');
    const rows = () => databaseOf(city.store).select().from(outbox).orderBy(outbox.id).all();
    run({
      city,
      ana,
      mail: (work) => {
        const before = rows().length;
        city.run((context) => work(mailer, context));
        return rows().slice(before);
      },
      address: (channel) =>
        city.run((context) => {
          const identityId = findOrAddIdentity(
            context,
            { channel, address: `ana on ${channel}` },
            () => 'en',
          );
          const stranger = context.tx.identities.get(identityId)?.personId ?? 0;
          context.tx.accounts.movePerson(stranger, ana.id, context.now);
          return identityId;
        }),
      receive: (channel, identityId, place) =>
        city.run(({ tx, now }) => {
          received += 1;
          return (
            tx.inbox.add({
              channel,
              externalId: `message ${received}`,
              identityId,
              payload: { text: 'TASKS', replyTo: null, pictures: 0 },
              place,
              receivedAt: now,
            }) ?? 0
          );
        }),
      broadcastsBegun: () => begun,
    });
  });

describe('answers', () => {
  /** Answers a message that Ana sent in public on Bluesky. */
  const answerInPublic = (
    { mail, address, receive }: Desk,
    replies: readonly Reply[],
    thread = THREAD,
  ) => {
    const identityId = address('bluesky');
    const inboxId = receive('bluesky', identityId, PLACE);
    const to = { channel: 'bluesky', identityId, inboxId, place: PLACE, thread } as const;
    return mail((mailer, context) => mailer.answer(context, { to, language: 'en', replies }));
  };

  test('to a private message are private, each by itself', () =>
    withMailer(({ ana, mail, receive }) => {
      const inboxId = receive('telegram', ana.identityId, null);
      const { identityId } = ana;
      const to = { channel: 'telegram', identityId, inboxId, place: null, thread: null } as const;
      const replies = [publicly(replyWith('one')), replyWith('two')];
      expect(
        mail((mailer, context) => mailer.answer(context, { to, language: 'en', replies })),
      ).toMatchObject([
        { kind: 'reply', identityId, inboxId, place: null, body: { text: 'one' } },
        { kind: 'reply', identityId, inboxId, place: null, body: { text: 'two' } },
      ]);
    }));

  test('to a public message are one there, as far as they are public, and private beyond', () =>
    withMailer((desk) => {
      const replies = [
        publicly(replyWith('Welcome.')),
        replyWith('You have 20 credits.'),
        publicly(replyWith('Three tasks.')),
      ];
      const sent = answerInPublic(desk, replies);
      expect(sent).toMatchObject([
        { place: PLACE, thread: THREAD, body: { text: 'Welcome.\n\nThree tasks.' } },
        { place: null, thread: null, body: { text: 'You have 20 credits.' } },
      ]);
      // The place was answered: it hears no more, unless the person takes no private messages.
      expect(sent[1]?.body?.afterwards).toMatchObject({
        place: PLACE,
        thread: THREAD,
        sent: null,
        closed: { text: expect.stringMatching(/^That's private/) },
      });
    }));

  test('that are all private leave a word in public of where they went', () =>
    withMailer((desk) => {
      const sent = answerInPublic(desk, [replyWith('You have 20 credits.'), replyWith('Code 1')]);
      expect(sent.map(({ place }) => place)).toEqual([null, null]);
      expect(sent.map(({ body }) => body?.afterwards?.sent?.text)).toEqual([
        undefined,
        'I answered you in a private message.',
      ]);
    }));

  test('after a few in one conversation, or many in all, within an hour are private', () =>
    withMailer((desk) => {
      const replies = [publicly(replyWith('Three tasks.'))];
      const isPublic = (thread?: string) =>
        answerInPublic(desk, replies, thread)[0]?.place === PLACE;
      const counted = Array.from({ length: 8 }, () => isPublic());
      expect(counted).toEqual([...Array(6).fill(true), false, false]);
      // The place hears no more of it.
      expect(answerInPublic(desk, replies)[0]?.body?.afterwards).toBeUndefined();
      // Whoever writes says which conversation it is: in all there is an end to it, too.
      const others = Array.from({ length: 20 }, (_, at) => isPublic(`thread ${at + 2}`));
      expect(others.filter((one) => one)).toHaveLength(20 - 6);
      desk.city.clock.now += HOUR_MS;
      expect(isPublic()).toBe(true);
    }));

  test('by SMS become pages; what is left over and what numbers say is kept for an hour', () =>
    withMailer(({ city, ana, mail, receive }) => {
      const { identityId } = ana;
      const inboxId = receive('sms', identityId, null);
      const answer = (reply: Reply) =>
        mail((mailer, context) =>
          mailer.answer(context, {
            to: { channel: 'sms', identityId, inboxId, place: null, thread: null },
            language: 'en',
            replies: [replyWith('First.'), reply],
          }),
        ).map(({ body }) => body?.text ?? '');
      const kept = () => city.run(({ tx, now }) => tx.followUps.get(identityId, now));

      const long = Array.from({ length: 40 }, (_, at) => `Line ${at} of an answer.`).join('\n');
      const choices = [
        { label: 'Open tasks', send: 'TASKS' },
        { label: 'Get a code', send: 'REDEEM 1' },
      ];
      const [first, page] = answer({ ...replyWith(long, choices) });
      expect(first).toBe('First.');
      expect(page).toMatch(/^Line 0 of an answer[.][\s\S]*\nReply MORE for the rest[.]$/);
      expect(kept()?.rest?.text).toMatch(/Line 39 of an answer[.]$/);
      // Nothing that moves credits is said by a number.
      expect(answer(replyWith('Short.', choices))[1]).toBe('Short.\n1 Open tasks');
      expect(kept()).toMatchObject({ rest: null, choices: { 1: 'TASKS' } });
      city.clock.now += HOUR_MS;
      expect(kept()).toBeUndefined();
    }));
});

describe('a notice', () => {
  const build = () => replyWith('Your evidence was approved.');
  const tell = ({ mail, ana }: Desk, facts: Partial<Parameters<Mailer['tell']>[1]> = {}) =>
    mail((mailer, context) =>
      mailer.tell(context, { personId: ana.id, build, when: 'at-once', ...facts }),
    );

  test('goes out at once, or waits for the contact hours', () =>
    withMailer((desk) => {
      const { now } = desk.city.clock;
      expect(tell(desk)).toMatchObject([
        { kind: 'notice', channel: 'sms', identityId: desk.ana.identityId, notBefore: now },
      ]);
      expect(tell(desk, { when: 'contact-hours' })).toMatchObject([{ notBefore: now + HOUR_MS }]);
    }));

  test('goes to the first address that can be reached, and to nobody who has not joined', () =>
    withMailer((desk) => {
      const { city, ana } = desk;
      const telegram = desk.address('telegram');
      city.run((context) => stopMessages(context, ana.identityId, 'STOP'));
      expect(tell(desk)).toMatchObject([{ channel: 'telegram', identityId: telegram }]);
      city.run(({ tx, now }) => tx.identities.setUnreachable(telegram, now));
      expect(tell(desk)).toEqual([]);
      const stranger = city.run((context) => {
        const identityId = findOrAddIdentity(
          context,
          { channel: 'sms', address: '+15105550199' },
          () => 'en',
        );
        return context.tx.identities.get(identityId)?.personId ?? 0;
      });
      expect(tell(desk, { personId: stranger })).toEqual([]);
    }));

  test('by SMS that nobody waits for says once a month how to opt out, in few words if need be', () =>
    withMailer((desk) => {
      const told = (facts = {}) => tell(desk, { when: 'contact-hours', ...facts })[0]?.body?.text;
      const full = `${build().text}\nReply STOP to opt out.`;
      expect(tell(desk)[0]?.body?.text).toBe(build().text);
      expect([told(), told()]).toEqual([full, build().text]);
      desk.city.clock.now += 30 * DAY_MS;
      const oneSegment = 'x'.repeat(150);
      expect(told({ build: () => replyWith(oneSegment) })).toMatch(/x\nSTOP: opt out\.$/);
    }));

  test('about a message sent in public says there what is public, and how to hear the rest', () =>
    withMailer((desk) => {
      const identityId = desk.address('bluesky');
      desk.city.run((context) => stopMessages(context, desk.ana.identityId, 'STOP'));
      const inboxId = desk.receive('bluesky', identityId, PLACE);
      const about = { inboxId, inPublic: () => replyWith('Thank you!') };
      expect(tell(desk, { about })).toMatchObject([
        { kind: 'reply', place: PLACE, identityId, body: { text: 'Thank you!' } },
        { kind: 'notice', place: null, identityId, body: { afterwards: { sent: null } } },
      ]);
      const inPrivate = desk.receive('bluesky', identityId, null);
      expect(tell(desk, { about: { ...about, inboxId: inPrivate } })).toMatchObject([
        { kind: 'notice', place: null, body: { text: build().text } },
      ]);
    }));
});

describe('an announcement', () => {
  const announce = ({ city, mail }: Desk) => {
    const taskId = newTask(city);
    return mail((mailer, context) =>
      mailer.announce(context, { taskId, build: ({ language }) => replyWith(`In ${language}`) }),
    );
  };

  test('goes to every public place, in the first language of the city', () =>
    withMailer((desk) => {
      const body = { text: 'In en' };
      expect(announce(desk)).toMatchObject([
        { kind: 'announcement', channel: 'telegram', identityId: null, taskId: 1, body },
        { kind: 'announcement', channel: 'bluesky', identityId: null, taskId: 1, body },
      ]);
      expect(desk.broadcastsBegun()).toBe(0);
      expect(desk.city.store.read.broadcasts.running()).toEqual([]);
    }));

  test('begins a broadcast where anybody asked to be told', () =>
    withMailer((desk) => {
      desk.city.run((context) =>
        setAlerts(context, desk.ana.identityId, { isOn: true, wording: 'yes' }),
      );
      expect(announce(desk)).toHaveLength(2);
      expect(desk.broadcastsBegun()).toBe(1);
      expect(desk.city.store.read.broadcasts.running()).toMatchObject([{ taskId: 1, total: 1 }]);
    }));
});
