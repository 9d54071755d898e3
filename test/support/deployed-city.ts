// A city as it is deployed: its database, spool and backups in a folder, its repository on a real
// PDS. It can be stopped, lose its disk, and be opened again on what is left.
import { join } from 'node:path';
import { createBackups } from '../../src/backup/backups.ts';
import { expireCodesJob } from '../../src/jobs/expire-codes.ts';
import { recordWorkJob } from '../../src/jobs/record-work.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { NetworkFacts } from '../../src/sandbox/network.ts';
import { publisherInto } from './city-account.ts';
import { rememberingChannel, testCity } from './test-city.ts';

export type Deployment = {
  readonly folder: string;
  readonly secretKey: Uint8Array;
  readonly network: NetworkFacts;
  readonly clock: Clock;
  /** How its publisher reaches the network, and who hears what it warns of. */
  readonly publishing?: Parameters<typeof publisherInto>[1];
};

export const databaseIn = ({ folder }: Deployment): string => join(folder, 'city.db');

export async function openDeployedCity(deployment: Deployment, options: { isNew: boolean }) {
  const { folder, network, clock, secretKey } = deployment;
  const { channel, sent, sentTo } = rememberingChannel();
  const city = testCity({
    ...{ folder, clock, secretKey, did: network.did, random: systemRandom },
    publisher: publisherInto(network, deployment.publishing),
    channels: () => [channel],
    jobs: (mailer, _channels, isCaughtUp) => [expireCodesJob(mailer, isCaughtUp), recordWorkJob],
  });
  if (options.isNew) city.seed();
  await city.start();

  return {
    ...{ sent, store: city.store, idle: city.idle, run: city.run, stop: city.stop },
    spool: city.spool,
    wakePublisher: city.wakePublisher,
    /** Says something; what came back to this number once nothing is left to do. */
    ask: async (from: string, text: string, pictures: readonly Uint8Array[] = []) => {
      const before = sentTo(from).length;
      await city.receive({ sender: from, text, pictures: await city.keep(pictures) });
      await city.idle();
      return sentTo(from).slice(before).join('\n');
    },
    backups: createBackups({
      databasePath: databaseIn(deployment),
      folder: undefined,
      kept: 3,
      did: network.did,
      keys: city.core.foundation.keys,
      readPhoto: city.spool.get,
      clock,
      random: systemRandom,
    }),
  };
}

export type DeployedCity = Awaited<ReturnType<typeof openDeployedCity>>;
