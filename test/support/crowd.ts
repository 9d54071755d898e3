// Many people at once before one core: the real inbox, commands, ledger and outbox over a database
// on disk, and a channel that remembers what it was given. The clock stands until it is set.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../../commands/index.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { createBase } from '../../src/city/base.ts';
import { createCore } from '../../src/city/core.ts';
import type { Command } from '../../src/conversation/command.ts';
import type { CheckPicture } from '../../src/inbox/check-pictures.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { createPictureCheck } from '../../src/media/check-picture.ts';
import { createSpool } from '../../src/media/spool.ts';
import { seedDemoCity } from '../../src/sandbox/seed.ts';
import { openStore } from '../../src/store/open-node.ts';
import { repeatableRandom } from './city.ts';
import { BERKELEY, TUESDAY } from './conversation.ts';
import { DID } from './record-facts.ts';

type Sent = {
  readonly id?: string;
  readonly pictures?: readonly Uint8Array[];
  /** What the channel knows pictures by that it has to fetch. */
  readonly sources?: readonly string[];
};

export async function openCrowd(
  options: {
    /** Commands beside the city's own. */
    readonly commands?: readonly Command[];
    /** Stands around the real look at a picture. */
    readonly look?: (check: CheckPicture) => CheckPicture;
    /** What the channel offers besides sending. */
    readonly channel?: Pick<Channel, 'fetchPicture' | 'releasePicture'>;
  } = {},
) {
  const { commands: more = [] } = options;
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-crowd-'));
  const { store, close } = openStore(join(folder, 'city.db'));
  const spool = createSpool(join(folder, 'pictures'));
  const check = createPictureCheck(spool);
  const clock = { time: TUESDAY, now: () => clock.time };
  const random = repeatableRandom();
  const errors: unknown[] = [];
  /** What went out, in order. */
  const sent: { readonly to: string | null; readonly text: string }[] = [];
  const base = createBase({
    ...{ city: BERKELEY, did: DID, clock, random, store, spool },
    keys: createKeys(new Uint8Array(32).fill(7), random),
    checkPicture: options.look?.(check) ?? check,
    observer: { observe: () => undefined, failed: (error) => errors.push(error) },
  });
  const core = createCore({
    base,
    publisher: { wake: () => undefined },
    commands: [...commands, ...more],
    // Further commands are said by their names.
    languages: LANGUAGES.map((language) => ({
      ...language,
      words: { ...language.words, ...Object.fromEntries(more.map(({ name }) => [name, [name]])) },
    })),
    channels: [
      {
        ...options.channel,
        name: 'sms',
        hasPublicPlace: false,
        messagesPerSecond: null,
        send: async ({ to, reply }) => {
          sent.push({ to, text: reply.text });
          return { ok: true, providerId: null };
        },
      },
    ],
    jobs: () => [],
  });
  seedDemoCity(store, core);
  await core.start();
  await core.idle();

  let messages = 0;
  /** Hands a message over, under an id of its own unless one is given. */
  const post = async (
    from: string,
    text: string,
    { id, pictures = [], sources = [] }: Sent = {},
  ) => {
    messages += 1;
    const externalId = id ?? `crowd-${messages}`;
    const kept: { spoolKey: string }[] = [];
    for (const picture of pictures) kept.push({ spoolKey: await spool.put(picture) });
    return core.inbox.receive({
      channel: 'sms',
      externalId,
      sender: from,
      text,
      pictures: [...kept, ...sources.map((source) => ({ source }))],
      replyTo: null,
      isPublic: false,
      receivedAt: clock.time,
    });
  };
  const heard = (person: string): string[] =>
    sent.filter(({ to }) => to === person).map(({ text }) => text);

  return {
    store,
    spool,
    clock,
    core,
    errors,
    sent,
    post,
    heard,
    /** Says something, and hears everything that came back once nothing is left to do. */
    ask: async (from: string, text: string, sent?: Sent): Promise<string> => {
      const before = heard(from).length;
      await post(from, text, sent);
      await core.idle();
      return heard(from).slice(before).join('\n');
    },
    /** New people who take part. */
    people: async (count: number): Promise<string[]> => {
      const numbers = Array.from(
        { length: count },
        (_, at) => `+1510556${String(messages + at).padStart(4, '0')}`,
      );
      for (const text of ['HI', 'OK']) {
        await Promise.all(numbers.map((number) => post(number, text)));
        await core.idle();
      }
      return numbers;
    },
    close: async (): Promise<void> => {
      await core.stop();
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Crowd = Awaited<ReturnType<typeof openCrowd>>;
