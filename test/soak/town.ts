// The people of a town, who text their city whatever happens to it: some at a time, each through
// the whole loop, by SMS, on Telegram and on Bluesky, with an organizer and a café for all of them.
import { setTimeout as wait } from 'node:timers/promises';
import type { ChannelName } from '../../src/conversation/message.ts';
import type { City } from '../../src/domain/city.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { UNLIMITED } from '../support/city.ts';
import type { CrashCity } from '../support/crash-city.ts';
import { twoColours } from '../support/pictures.ts';
import { prove } from '../support/prove.ts';
import type { Dice } from './dice.ts';

const AT_ONCE = 6;
const CREDITS = 20;
export const COFFEE = 10;
/** Nobody waits so long for an answer while the city neither dies nor says anything: it is lost. */
const PATIENCE_MS = 180_000;
const READ_AGAIN_MS = 50;
const LOOK_MS = 1000;
/** What somebody hears because of what somebody else said. */
const NOTICE = 'notice';
/** How many in a hundred messages come again, because the provider heard no answer. */
const COPIES = 20;

type Heard = CrashCity['provider']['received'][number];

/** What came of it all, as people were told. */
export type Tally = {
  residents: number;
  holds: number;
  releases: number;
  copies: number;
  /** The external ids of all messages. */
  readonly said: string[];
};

/** A city with room for all of them, at any hour. */
export const TOWN: City = {
  ...UNLIMITED,
  contactHours: { from: 0, to: 24 },
  policies: { ...UNLIMITED.policies, cityCap: 1_000_000 },
};

const addressOf = (channel: ChannelName, number: number): string => {
  if (channel === 'sms') return `+1510556${String(number).padStart(4, '0')}`;
  if (channel === 'telegram') return String(70_000_000 + number);
  return `did:plc:resident${number.toString(32).padStart(16, 'a')}`;
};
const CHANNELS = ['sms', 'telegram', 'bluesky'] as const;

export function openTown(city: CrashCity, dice: Dice) {
  const tally: Tally = { residents: 0, holds: 0, releases: 0, copies: 0, said: [] };
  const ears = createEars(city);
  /** Says something; what `hearer` then hears about it. */
  const say = (
    from: string,
    text: string,
    more: { channel?: ChannelName; picture?: Uint8Array; hearer?: string } = {},
  ): Promise<Heard> => {
    const { hearer = from, ...rest } = more;
    const { message, taken } = city.take({ from, text, ...rest });
    tally.said.push(message.id);
    if (dice.percent(COPIES)) {
      tally.copies += 1;
      void taken.then(() => city.takeAgain(message));
    }
    return ears.next(hearer, hearer === from ? message.id : NOTICE, text);
  };
  let isOver = false;
  let task = '';

  async function walk(number: number): Promise<void> {
    const channel = CHANNELS[number % CHANNELS.length] ?? 'sms';
    const me = addressOf(channel, number);
    const ask = (text: string, picture?: Uint8Array): Promise<Heard> =>
      say(me, text, { channel, ...(picture && { picture }) });
    const redeem = async () => {
      tally.holds += 1;
      return (await ask('REDEEM 1')).reply.code ?? '';
    };
    for (const text of ['HI', 'OK', `JOIN ${task}`]) await ask(text);
    await ask(`DONE ${task} bag ${number}`, dice.percent(30) ? await photo(number) : undefined);
    await ask('OK');
    const evidence = await readUntilRead<{ id: number }>(
      city,
      `select id from evidence where text = 'bag ${number}'`,
    );
    await say(SEEDED.organizer, `APPROVE ${evidence?.id}`, { hearer: me });
    if (dice.percent(30)) {
      tally.releases += 1;
      await ask(`RELEASE ${await redeem()}`);
    }
    await say(SEEDED.redeemer, `CONFIRM ${await redeem()}`, { hearer: me });
    await ask('BALANCE');
    tally.residents += 1;
  }

  return {
    tally,
    /** Opens a task with room for all of them. */
    prepare: async (): Promise<void> => {
      await prove(
        async (text) => (await say(SEEDED.admin, text)).reply.text,
        'CAP Codornices Creek Friends 1000000',
      );
      const line = `ANNOUNCE Paint; ${CREDITS}; any time until in 7 days; The fence; 10000`;
      await say(SEEDED.organizer, line);
      const { reply } = await say(SEEDED.organizer, 'OK');
      task = /task (\d+)/i.exec(reply.text)?.[1] ?? '';
    },
    /** Resolves once it is `end`ed and everybody under way has come to their end. */
    live: async (): Promise<void> => {
      let number = 0;
      const one = async (): Promise<void> => {
        while (!isOver) {
          number += 1;
          await walk(number);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, one));
    },
    end: (): void => {
      isOver = true;
    },
  };
}

/** Every fourth sends the same photo as others did. */
const photo = async (number: number): Promise<Uint8Array> =>
  new Uint8Array(
    await twoColours(number % 4 === 0 ? 320 : 320 + 2 * (number % 200), 240)
      .jpeg()
      .toBuffer(),
  );

type Waiting = { readonly hear: (message: Heard) => void; readonly lose: () => void };

/** Listens for everybody to what the city says. */
function createEars(city: CrashCity) {
  const known = new Set<number>();
  const waiting = new Map<string, Waiting>();
  let quiet = { since: performance.now(), deaths: 0 };
  city.provider.onReceived((message) => {
    if (known.has(message.id)) return;
    known.add(message.id);
    quiet = { ...quiet, since: performance.now() };
    void causeOf(city, message.id).then((cause) => {
      waiting.get(`${cause} ${message.to}`)?.hear(message);
    });
  });
  const look = setInterval(() => {
    if (quiet.deaths !== city.deaths()) quiet = { since: performance.now(), deaths: city.deaths() };
    if (performance.now() - quiet.since < PATIENCE_MS) return;
    for (const { lose } of waiting.values()) lose();
  }, LOOK_MS);
  look.unref();
  return {
    /** The first answer to a message, or the next notice. Rejects when there is none. */
    next: (to: string, because: string, about: string): Promise<Heard> =>
      new Promise((resolve, reject) => {
        const key = `${because} ${to}`;
        waiting.set(key, {
          hear: (message) => {
            waiting.delete(key);
            resolve(message);
          },
          lose: () => reject(new Error(`${to} heard nothing about ${about} (${because}).`)),
        });
      }),
  };
}

/** The external id of the message that a delivery answers. */
const causeOf = async (city: CrashCity, delivery: number): Promise<string> => {
  const because = await readUntilRead<{ id: string }>(
    city,
    `select external_id as id from inbox
      where id = (select inbox_id from outbox where id = ${delivery})`,
  );
  return because?.id ?? NOTICE;
};

/** Reads one row. A database whose writer has just died cannot be read until the next life. */
async function readUntilRead<Row>(city: CrashCity, query: string): Promise<Row | undefined> {
  for (;;) {
    try {
      return city.rows<Row>(query)[0];
    } catch {
      await wait(READ_AGAIN_MS);
    }
  }
}
