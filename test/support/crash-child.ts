// The whole way of a message in a process of its own, which ends itself with SIGKILL at the step
// that it was told. Its parent is the provider of its messages: crash-city.ts.
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import type { ChannelName } from '../../src/conversation/message.ts';
import type { City } from '../../src/domain/city.ts';
import { broadcastJob } from '../../src/jobs/broadcast.ts';
import { carryOnTasksJob } from '../../src/jobs/carry-on-tasks.ts';
import { expireCodesJob } from '../../src/jobs/expire-codes.ts';
import { forgetPicturesJob } from '../../src/jobs/forget-pictures.ts';
import { releaseClaimsJob } from '../../src/jobs/release-claims.ts';
import { sendNoticesJob } from '../../src/jobs/send-notices.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { Step } from '../../src/lib/steps.ts';
import { createSpool } from '../../src/media/spool.ts';
import type { NetworkFacts } from '../../src/sandbox/network.ts';
import { publisherInto } from './city-account.ts';
import { providerChannel } from './provider.ts';
import { testCity } from './test-city.ts';

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
  readonly folder: string;
  readonly key: Uint8Array;
  readonly network: NetworkFacts;
  readonly provider: string;
  readonly isNew: boolean;
};

/** A message as the provider hands it over, again and again until it is taken. */
export type Handover = {
  readonly id: string;
  readonly channel: ChannelName;
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
  const spool = createSpool(join(setting.folder, 'pictures'));
  const city = testCity({
    spool,
    clock: systemClock,
    city: setting.city,
    folder: setting.folder,
    secretKey: setting.key,
    did: setting.network.did,
    publisher: publisherInto(setting.network),
    random: {
      bytes: (length) => {
        passes('decision.half');
        return systemRandom.bytes(length);
      },
    },
    look: (check) => async (key) => {
      const checked = await check(key);
      passes('picture.cleaned');
      return checked;
    },
    ...{ observe: passes, failed },
    channels: () => [
      providerChannel({ url: setting.provider }, 'sms'),
      providerChannel({ url: setting.provider }, 'telegram', { hasPublicPlace: true }),
      providerChannel({ url: setting.provider }, 'bluesky', { hasPublicPlace: true }),
    ],
    jobs: (mailer, channels, isCaughtUp) => [
      expireCodesJob(mailer, isCaughtUp),
      broadcastJob(mailer, channels),
      forgetPicturesJob(spool.remove),
      carryOnTasksJob(isCaughtUp),
      releaseClaimsJob(),
      sendNoticesJob(mailer),
    ],
  });
  if (setting.isNew) city.seed();
  await city.start();
  return {
    take: async ({ id, channel, from, text, pictures }: Handover) => {
      const kept = await city.keep(pictures);
      if (kept.length > 0) passes('picture.kept');
      await city.receive({ channel, externalId: id, sender: from, text, pictures: kept });
      tell({ news: 'taken', id });
    },
    settle: async (request: number) => {
      await city.idle();
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
