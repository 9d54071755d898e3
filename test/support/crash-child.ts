// The whole way of a message in a process of its own, which ends itself with SIGKILL at the step
// that it was told. Its parent is the provider of its messages: crash-city.ts.
import { flushCompileCache } from 'node:module';
import { createSession } from '../../src/account/session.ts';
import { createSessionKeeper } from '../../src/account/session-keeper.ts';
import { createBase } from '../../src/city/base.ts';
import { createCore } from '../../src/city/core.ts';
import { createCityPublisher } from '../../src/city/publisher.ts';
import type { City } from '../../src/domain/city.ts';
import { broadcastJob } from '../../src/jobs/broadcast.ts';
import { expireCodesJob } from '../../src/jobs/expire-codes.ts';
import { forgetPicturesJob } from '../../src/jobs/forget-pictures.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { Step } from '../../src/lib/steps.ts';
import { createPictureCheck } from '../../src/media/check-picture.ts';
import { createSpool } from '../../src/media/spool.ts';
import type { NetworkFacts } from '../../src/sandbox/network.ts';
import { seedDemoCity } from '../../src/sandbox/seed.ts';
import { openStore } from '../../src/store/open-node.ts';
import { providerChannel } from './provider.ts';

/**
 * Where the process can be told to end. Between two steps pictures are kept and cleaned, and
 * decisions draw at random in the middle of their transaction.
 */
export type DeathStep = Step | 'picture.kept' | 'picture.cleaned' | 'decision.half';

export type Kill = {
  readonly step: DeathStep;
  /** 1 for the first time from when it is told. */
  readonly occurrence: number;
};

export type Setting = {
  readonly city: City;
  readonly database: string;
  readonly spool: string;
  readonly key: Uint8Array;
  readonly network: NetworkFacts;
  readonly provider: string;
  readonly isNew: boolean;
};

/** A message as the provider hands it over, again and again until it is taken. */
export type Handover = {
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly pictures: readonly Uint8Array[];
};

export type Order =
  | { readonly order: 'start'; readonly setting: Setting; readonly kill: Kill | undefined }
  | { readonly order: 'kill'; readonly kill: Kill | undefined }
  | { readonly order: 'take'; readonly message: Handover }
  | { readonly order: 'settle'; readonly request: number };

export type News =
  | { readonly news: 'loaded' }
  | { readonly news: 'started' }
  | { readonly news: 'taken'; readonly id: string }
  | { readonly news: 'settled'; readonly request: number }
  | { readonly news: 'failed'; readonly error: string };

const tell = (news: News) => process.send?.(news);
const failed = (error: unknown) =>
  tell({ news: 'failed', error: error instanceof Error ? (error.stack ?? '') : String(error) });

let armed: { step: DeathStep; left: number } | undefined;

function arm(kill: Kill | undefined): void {
  armed = kill === undefined ? undefined : { step: kill.step, left: kill.occurrence };
}

function passes(step: DeathStep): void {
  if (armed?.step !== step) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, 'SIGKILL');
}

async function start(setting: Setting) {
  const { network } = setting;
  const { store } = openStore(setting.database);
  const spool = createSpool(setting.spool);
  const keys = createKeys(setting.key, systemRandom);
  const check = createPictureCheck(spool);
  const base = createBase({
    ...{ did: network.did, clock: systemClock, keys, store, spool },
    city: setting.city,
    random: {
      bytes: (length) => {
        passes('decision.half');
        return systemRandom.bytes(length);
      },
    },
    checkPicture: async (key) => {
      const checked = await check(key);
      passes('picture.cleaned');
      return checked;
    },
    observer: { observe: passes, failed },
  });
  const session = createSession({
    keeper: createSessionKeeper(store, keys),
    clock: systemClock,
    service: network.pds,
    identifier: network.handle,
    password: network.password,
  });
  const publisher = createCityPublisher(base, session, {
    budget: { pointsPerHour: 0, pointsPerDay: 0 },
    log: { warn: (detail: object) => failed(JSON.stringify(detail)), info: () => undefined },
  });
  const core = createCore({
    base,
    publisher,
    channels: [
      providerChannel(setting.provider, 'sms'),
      providerChannel(setting.provider, 'telegram', { hasPublicPlace: true }),
    ],
    jobs: (mailer, channels) => [
      expireCodesJob(mailer),
      broadcastJob(mailer, channels),
      forgetPicturesJob(spool.remove),
    ],
  });
  if (setting.isNew) seedDemoCity(store, core);
  await core.start();
  publisher.start();
  return {
    take: async ({ id, from, text, pictures }: Handover) => {
      const kept: { spoolKey: string }[] = [];
      for (const picture of pictures) kept.push({ spoolKey: await spool.put(picture) });
      if (kept.length > 0) passes('picture.kept');
      await core.inbox.receive({
        channel: 'sms',
        externalId: id,
        sender: from,
        text,
        pictures: kept,
        replyTo: null,
        isPublic: false,
        receivedAt: systemClock.now(),
      });
      tell({ news: 'taken', id });
    },
    settle: async (request: number) => {
      await core.idle();
      await publisher.idle();
      tell({ news: 'settled', request });
    },
  };
}

let running: ReturnType<typeof start> | undefined;

async function obey(order: Order): Promise<void> {
  if (order.order === 'kill') return arm(order.kill);
  if (order.order === 'start') {
    arm(order.kill);
    running = start(order.setting);
    await running;
    tell({ news: 'started' });
    return;
  }
  const city = await running;
  if (order.order === 'take') await city?.take(order.message);
  else await city?.settle(order.request);
}

process.on('message', (order: Order) => {
  obey(order).catch(failed);
});
process.once('disconnect', () => process.exit());
// A process that is killed leaves no compiled code to the next one by itself.
flushCompileCache();
tell({ news: 'loaded' });
