/**
 * The sandbox's city in this process alone, to speak with: no page, no network, records that stay
 * staged. Its time is moved by hand. It begins clean and leaves nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBase } from '../city/base.ts';
import { createCore } from '../city/core.ts';
import type { ChannelName } from '../conversation/message.ts';
import type { City } from '../domain/city.ts';
import type { Understood } from '../inbox/talk.ts';
import { broadcastJob } from '../jobs/broadcast.ts';
import { expireCodesJob } from '../jobs/expire-codes.ts';
import { systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { createTids } from '../lib/ids.ts';
import { PLACEHOLDER_DID } from '../lib/placeholder-did.ts';
import { systemRandom } from '../lib/random.ts';
import { createPictureCheck } from '../media/check-picture.ts';
import { createCleaner } from '../media/cleaner.ts';
import { createPublicFetch } from '../media/public-fetch.ts';
import { createSpool } from '../media/spool.ts';
import { openStore } from '../store/open-node.ts';
import { createPassTime, createSandboxClock } from './clock.ts';
import { createIngress } from './ingress.ts';
import type { SandboxMessage } from './page/page-data.ts';
import { createPhones } from './phones.ts';
import { seedSandbox } from './seed.ts';
import { createSandboxChannels } from './send.ts';

/** A phone that speaks. */
export type Speaker = { readonly channel: ChannelName; readonly person: string };

export type TalkCity = {
  /** Says something; the sentence for an address that is none, or what then came to all phones. */
  readonly say: (
    from: Speaker,
    text: string,
    picture?: Uint8Array,
  ) => Promise<{ readonly refused: string } | readonly Heard[]>;
  /** Moves the city's time forward and does what became due; what then came to all phones. */
  readonly pass: (ms: number) => Promise<readonly Heard[]>;
  readonly now: () => number;
  readonly stop: () => Promise<void>;
};

export type Heard = {
  readonly channel: ChannelName;
  /** Null for a public place. */
  readonly person: string | null;
  readonly message: SandboxMessage;
};

/** Opens the city; `understood` is told what each message is understood as. */
export async function openTalkCity(city: City, understood: Understood): Promise<TalkCity> {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-talk-'));
  const { store, close } = openStore(join(folder, 'city.db'));
  const clock = createSandboxClock({ machine: systemClock, store });
  const errors: unknown[] = [];
  const spool = createSpool(join(folder, 'pictures'));
  const base = createBase({
    ...{ city, clock, store, spool, random: systemRandom, did: PLACEHOLDER_DID },
    keys: createKeys(systemRandom.bytes(32), systemRandom),
    checkPicture: createPictureCheck(spool, createCleaner()),
    ...{ createPublicFetch, readFile },
    observer: {
      observe: () => undefined,
      failed: (error) => errors.push(error),
      warn: () => undefined,
    },
  });
  const phones = createPhones();
  const newId = createTids(clock, systemRandom);
  const channels = createSandboxChannels({ phones, newId, now: clock.now });
  const core = createCore({
    ...{ base, understood, channels },
    publisher: { wake: () => undefined },
    jobs: (mailer, channels, isCaughtUp) => [
      expireCodesJob(mailer, isCaughtUp),
      broadcastJob(mailer, channels),
    ],
  });
  seedSandbox(store, core);
  const send = createIngress({ phones, newId, inbox: core.inbox, spool, now: clock.now });
  let heard: Heard[] = [];
  phones.subscribe((event) => {
    if (event.message.direction === 'out') heard.push(event);
  });
  const settle = async (): Promise<readonly Heard[]> => {
    await core.idle();
    const [error] = errors;
    if (error !== undefined) throw error;
    const came = heard;
    heard = [];
    return came;
  };
  const passTime = createPassTime({ clock, store, channels, doDue: core.doDue });
  await core.start();
  await settle();
  return {
    say: async ({ channel, person }, text, picture) => {
      const media = picture === undefined ? [] : [{ mediaType: 'image/jpeg', bytes: picture }];
      const sent = await send({ channel, from: person, text, media });
      return 'refused' in sent ? sent : settle();
    },
    pass: async (ms) => {
      await passTime(ms);
      return settle();
    },
    now: clock.now,
    stop: async () => {
      await core.stop();
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
