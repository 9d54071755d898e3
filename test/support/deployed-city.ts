// A city as it is deployed: its database, spool and backups in a folder, its repository on a real
// PDS. It can be stopped, lose its disk, and be opened again on what is left.
import { join } from 'node:path';
import { createSession } from '../../src/account/session.ts';
import { createSessionKeeper } from '../../src/account/session-keeper.ts';
import { createBackups } from '../../src/backup/backups.ts';
import { createBase } from '../../src/city/base.ts';
import { createCore } from '../../src/city/core.ts';
import { createCityPublisher } from '../../src/city/publisher.ts';
import { expireCodesJob } from '../../src/jobs/expire-codes.ts';
import { recordWorkJob } from '../../src/jobs/record-work.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createPictureCheck } from '../../src/media/check-picture.ts';
import { createSpool } from '../../src/media/spool.ts';
import type { NetworkFacts } from '../../src/sandbox/network.ts';
import { seedDemoCity } from '../../src/sandbox/seed.ts';
import { type Context, contextOf } from '../../src/services/context.ts';
import { openStore } from '../../src/store/open-node.ts';
import { BERKELEY } from './conversation.ts';

export type Deployment = {
  readonly folder: string;
  readonly secretKey: Uint8Array;
  readonly network: NetworkFacts;
  readonly clock: Clock;
};

export const databaseIn = ({ folder }: Deployment): string => join(folder, 'city.db');

export async function openDeployedCity(deployment: Deployment, options: { isNew: boolean }) {
  const { folder, network, clock } = deployment;
  const databasePath = databaseIn(deployment);
  const { store, close } = openStore(databasePath);
  const spool = createSpool(join(folder, 'pictures'));
  const keys = createKeys(deployment.secretKey, systemRandom);
  const errors: unknown[] = [];
  /** What went out: to whom, and what it said. */
  const sent: { readonly to: string | null; readonly kind: string; readonly text: string }[] = [];
  const failed = (error: unknown) => errors.push(error);
  const base = createBase({
    ...{ city: BERKELEY, did: network.did, clock, random: systemRandom, keys, store, spool },
    checkPicture: createPictureCheck(spool),
    observer: { observe: () => undefined, failed },
  });
  const session = createSession({
    keeper: createSessionKeeper(store, keys),
    clock,
    service: network.pds,
    identifier: network.handle,
    password: network.password,
  });
  const publisher = createCityPublisher(base, session, {
    budget: { pointsPerHour: 0, pointsPerDay: 0 },
    log: { warn: failed, info: () => undefined },
  });
  const core = createCore({
    base,
    publisher,
    channels: [
      {
        name: 'sms',
        hasPublicPlace: false,
        messagesPerSecond: null,
        send: async ({ to, kind, reply }) => {
          sent.push({ to, kind, text: reply.text });
          return { ok: true, providerId: null };
        },
      },
    ],
    jobs: (mailer) => [expireCodesJob(mailer), recordWorkJob],
  });
  if (options.isNew) seedDemoCity(store, core);
  await core.start();
  publisher.start();
  let messages = 0;

  const idle = async (): Promise<void> => {
    await core.idle();
    await publisher.idle();
    if (errors.length > 0) throw errors[0];
  };
  /** Says something; what came back to this number once nothing is left to do. */
  const ask = async (from: string, text: string, pictures: readonly Uint8Array[] = []) => {
    messages += 1;
    const before = sent.length;
    const kept: { spoolKey: string }[] = [];
    for (const picture of pictures) kept.push({ spoolKey: await spool.put(picture) });
    await core.inbox.receive({
      channel: 'sms',
      externalId: `${clock.now()}-${messages}`,
      sender: from,
      text,
      pictures: kept,
      replyTo: null,
      isPublic: false,
      receivedAt: clock.now(),
    });
    await idle();
    return sent
      .slice(before)
      .filter(({ to }) => to === from)
      .map((message) => message.text)
      .join('\n');
  };

  return {
    store,
    sent,
    ask,
    idle,
    /** Runs a use case in a transaction of its own. */
    run: <T>(work: (context: Context) => T): T =>
      store.transact((tx) => work(contextOf(core.foundation, tx))),
    backups: createBackups({
      databasePath,
      folder: undefined,
      kept: 3,
      did: network.did,
      keys,
      clock,
      random: systemRandom,
    }),
    stop: async (): Promise<void> => {
      await core.stop();
      await publisher.stop();
      close();
    },
  };
}

export type DeployedCity = Awaited<ReturnType<typeof openDeployedCity>>;
