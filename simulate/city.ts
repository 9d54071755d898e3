/** The city that is simulated: the real core, store, jobs and publisher, over a simulated world. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Delivery } from '../src/channels/channel.ts';
import { createBase } from '../src/city/base.ts';
import { createCore } from '../src/city/core.ts';
import { cityJobs } from '../src/city/jobs.ts';
import type { ChannelName } from '../src/conversation/message.ts';
import type { City } from '../src/domain/city.ts';
import { createKeys } from '../src/lib/crypto.ts';
import type { Observer } from '../src/lib/steps.ts';
import { createPublisher } from '../src/records/publisher/publisher.ts';
import { openStore } from '../src/store/open-node.ts';
import type { Asked } from './arguments.ts';
import type { Chance } from './chance.ts';
import type { Figures } from './figures.ts';
import { createPds } from './pds.ts';
import { createBluesky, createSms, createTelegram } from './providers.ts';
import type { Scheduler } from './scheduler.ts';
import { createMemorySpool, createPhotoCheck } from './spool.ts';

const KEY_BYTES = 32;
/** Whoever is simulated has no account anywhere. */
const DID = 'did:plc:simulatedcity234567abcde';
const CAP = 1_000_000_000;

const cityOf = ({ alertsPerDay }: Pick<Asked, 'alertsPerDay'>): City => ({
  name: 'Simulated city',
  timeZone: 'America/Los_Angeles',
  languages: ['en', 'es'],
  currencyWord: 'CITY',
  operator: 'A simulation',
  contact: 'simulation@city.example',
  areas: [],
  contactHours: { from: 9, to: 20 },
  policies: {
    rejectionPolicy: 'withhold',
    reviewDeadlineHours: 72,
    codeMinutes: 15,
    liveCodesMax: 3,
    inviteDays: 14,
    cityCap: CAP,
    sessionMinutes: 60,
    keepMessagesDays: 90,
    budgets: { alertsPerDay },
  },
});

export type SimulatedCity = ReturnType<typeof openCity>;

type CityParts = {
  readonly asked: Asked;
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly figures: Figures;
  readonly arrived: (channel: ChannelName, delivery: Delivery) => void;
};

export function openCity(parts: CityParts) {
  const { asked, scheduler, chance, figures, arrived } = parts;
  const { clock, timers } = scheduler;
  const { random } = chance;
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-simulated-'));
  const path = join(folder, 'city.db');
  const { store, emptyLog, close } = openStore(path, timers);
  const observer: Observer = {
    observe: (step, { count }) => {
      if (step === 'budget.refused') figures.now().refused += count;
      if (step === 'batch.marked') figures.now().recordsPublished += count;
    },
    // Nothing breaks in this world: what fails is a fault of the program.
    failed: (error) => {
      throw error;
    },
    warn: () => undefined,
  };
  const spool = createMemorySpool(random);
  const base = createBase({
    ...{ clock, random, store, spool, observer },
    did: DID,
    city: cityOf(asked),
    keys: createKeys(random.bytes(KEY_BYTES), random),
    checkPicture: createPhotoCheck(spool),
    createPublicFetch: () => () => Promise.reject(new Error('Nothing is fetched here.')),
    readFile: () => Promise.reject(new Error('No file is read here.')),
  });
  const { pointsPerHour, pointsPerDay } = asked;
  const isHosted = asked.pds === 'hosted';
  const points = isHosted ? { perHour: pointsPerHour, perDay: pointsPerDay } : undefined;
  const pds = createPds({ scheduler, chance, figures, did: DID, points });
  const publisher = createPublisher({
    ...{ store, clock, timers, repository: pds.repository },
    ...{ observe: observer.observe, failed: observer.failed },
    budget: { pointsPerHour: points?.perHour ?? 0, pointsPerDay: points?.perDay ?? 0 },
    readPicture: spool.get,
    removePicture: spool.remove,
    chance: chance.next,
    log: { warn: () => undefined },
  });
  const sms = createSms({
    ...{ scheduler, chance, figures, arrived },
    segmentsPerSecond: asked.smsPerSecond,
    report: (report) => core.inbox.report(report),
  });
  const channels = [
    sms.channel,
    createTelegram({ scheduler, chance, figures, arrived }),
    createBluesky({ scheduler, chance, figures, arrived, pds }),
  ];
  const core = createCore({
    ...{ base, channels, publisher, timers },
    segmentsPerDay: asked.segmentsPerDay,
    jobs: cityJobs({
      ...{ emptyLog, spool, elapsed: clock.elapsed },
      backups: backupsElsewhere(clock.now),
      storage: { beginCheck: () => undefined },
      log: { warn: (_detail: unknown, sentence?: string) => fail(sentence) },
      texts:
        asked.segmentsPerDay === undefined
          ? undefined
          : { perDay: asked.segmentsPerDay, warn: () => undefined },
    }),
  });
  return {
    ...{ store, core, pds, spool, foundation: base.foundation },
    smsQueueMs: sms.queueMs,
    start: async (): Promise<void> => {
      await core.start();
      publisher.start();
    },
    databaseBytes: (): number => {
      emptyLog();
      return statSync(path).size;
    },
    /** It is not asked to finish what is under way: its time stands still. */
    close: (): void => {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Only the check of the books warns, and never of books that agree. */
function fail(sentence: string | undefined): never {
  throw new Error(`The city warned: ${sentence}`);
}

/** Backups are made on another disk and cost this city nothing; the newest is always of now. */
const backupsElsewhere = (now: () => number) => ({
  make: async () => 'backup',
  makeRecent: async () => 'backup',
  keepForgotten: async () => undefined,
  newest: now,
  status: () => ({ last: now(), kept: 1, failed: false }),
});
