/**
 * The way of a message, put together: receive → process → send and publish. The same for the
 * sandbox, a real city and the tests; what differs is handed in.
 */

import type { Channel, Intake, IntakeAll, Report } from '../channels/channel.ts';
import type { Command } from '../conversation/command.ts';
import type { ChannelName } from '../conversation/message.ts';
import { createMatcher } from '../conversation/words.ts';
import { nextContactTime } from '../domain/calendar.ts';
import type { City } from '../domain/city.ts';
import {
  type CheckPicture,
  createPictureChecker,
  type PictureSource,
} from '../inbox/check-pictures.ts';
import { createProcessor } from '../inbox/processor.ts';
import { createReceiver } from '../inbox/receive.ts';
import { sweepPictures } from '../inbox/sweep-pictures.ts';
import { BROADCAST_JOB } from '../jobs/broadcast.ts';
import { createJobs, type Job } from '../jobs/jobs.ts';
import { createGuessLanguage } from '../languages/detect.ts';
import { createTexts } from '../languages/texts.ts';
import type { Clock } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import { createTids, timeOfTid } from '../lib/ids.ts';
import type { Random } from '../lib/random.ts';
import { refuse } from '../lib/result.ts';
import type { Observe } from '../lib/steps.ts';
import { createMailer, type Mailer } from '../outbox/mailer.ts';
import { createRelay } from '../outbox/relay.ts';
import { createReport } from '../outbox/report.ts';
import { createSentAgain } from '../outbox/sent-again.ts';
import { COLLECTIONS } from '../records/kinds/index.ts';
import { createStaging } from '../records/staging.ts';
import { keepDid } from '../services/city/keep-did.ts';
import { publishCity } from '../services/city/publish-city.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import { openEpoch } from '../services/credits/epoch.ts';
import { finishDecision } from '../services/credits/finish-decision.ts';
import { rememberPost } from '../services/tasks/announce-task.ts';
import type { Store } from '../store/store.ts';

export type CoreParts = {
  readonly store: Store;
  readonly city: City;
  /** The DID of the city's repository. */
  readonly did: string;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly random: Random;
  readonly commands: readonly Command[];
  readonly channels: readonly Channel[];
  readonly checkPicture: CheckPicture;
  readonly keepPicture: (bytes: Uint8Array) => Promise<string>;
  /** Where the spool keeps pictures: all of them, needed or not. */
  readonly pictureKeys: () => Promise<readonly string[]>;
  readonly removePicture: (spoolKey: string) => Promise<void>;
  readonly jobs: (core: {
    readonly foundation: Foundation;
    readonly mailer: Mailer;
    /** The names of the channels. */
    readonly channels: readonly ChannelName[];
  }) => readonly Job[];
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
  /** Records may wait to be published. */
  readonly staged: () => void;
};

export type Core = {
  readonly foundation: Foundation;
  readonly mailer: Mailer;
  readonly intake: Intake;
  readonly intakeAll: IntakeAll;
  /** For what channels tell afterwards about messages that they took over. */
  readonly report: Report;
  /** Takes up what an earlier run left, and starts the jobs; only then may messages come in. */
  readonly start: () => Promise<void>;
  /** Resolves when every message is processed and every reply that is due is sent. */
  readonly idle: () => Promise<void>;
  /** Finishes what is under way. What waits is taken up at the next start. */
  readonly stop: () => Promise<void>;
};

/** The time (µs) of the newest record key there is. */
const newestKeyUs = (store: Store): number =>
  Math.max(
    ...Object.values(COLLECTIONS).map(
      (collection) => timeOfTid(store.read.records.newestKey(collection) ?? '') ?? 0,
    ),
  );

/** A picture is fetched by the channel that its message came on. */
function pictureSource(channels: readonly Channel[]): PictureSource {
  const of = (name: string) => channels.find((channel) => channel.name === name);
  return {
    fetch: async (channel, source) =>
      (await of(channel)?.fetchPicture?.(source)) ?? refuse('picture-unreachable'),
    release: async (channel, source) => of(channel)?.releasePicture?.(source),
  };
}

export function createCore(parts: CoreParts): Core {
  const { store, city, clock, random, observe, failed } = parts;
  const foundation: Foundation = {
    city,
    clock,
    random,
    keys: parts.keys,
    did: parts.did,
    newTid: createTids(clock, random, newestKeyUs(store)),
    stage: createStaging({ did: parts.did, now: clock.now }),
  };
  const matcher = createMatcher(parts.commands);
  const [firstLanguage = 'en'] = city.languages;
  let isBroadcastBegun = false;
  const mailer = createMailer({
    texts: createTexts(city),
    word: matcher.word,
    isCareful: (words) => matcher.match(words)?.command.exact === true,
    publicPlaces: parts.channels
      .filter((channel) => channel.hasPublicPlace)
      .map((channel) => channel.name),
    firstLanguage,
    nextContactTime: (now) => nextContactTime(now, city),
    broadcastBegun: () => {
      isBroadcastBegun = true;
    },
  });
  const sentAgain = createSentAgain({
    keys: parts.keys,
    nextContactTime: (now) => nextContactTime(now, city),
  });
  const relay = createRelay({
    store,
    sentAgain,
    channels: parts.channels,
    keys: parts.keys,
    clock,
    chance: () => (random.bytes(1)[0] ?? 0) / 255,
    announced: (tx, taskId, post) => rememberPost(contextOf(foundation, tx), taskId, post),
    observe: (step, detail) => {
      observe(step, detail);
      // What was sent may be a public post, which a record points at from now on.
      if (step === 'delivery.recorded') parts.staged();
    },
    failed,
  });
  const decided = (): void => {
    relay.wake();
    parts.staged();
    if (isBroadcastBegun) jobs.wake(BROADCAST_JOB);
    isBroadcastBegun = false;
  };
  const processor = createProcessor({
    store,
    foundation,
    commands: parts.commands,
    matcher,
    mailer,
    observe,
    failed,
    processed: decided,
  });
  const pictures = createPictureChecker({
    store,
    check: parts.checkPicture,
    source: pictureSource(parts.channels),
    keepPicture: parts.keepPicture,
    removePicture: parts.removePicture,
    now: clock.now,
    observe,
    failed,
    checked: processor.wake,
  });
  const channels = parts.channels.map(({ name }) => name);
  const jobs = createJobs({
    store,
    jobs: parts.jobs({ foundation, mailer, channels }),
    failed,
    done: decided,
  });
  const guessLanguage = createGuessLanguage(matcher.words);
  const { intake, intakeAll } = createReceiver({
    store,
    foundation,
    guessLanguage: (text) => guessLanguage(text, firstLanguage),
    removePicture: parts.removePicture,
    observe,
    wake: (hasPictures) => {
      if (hasPictures) pictures.wake();
      else processor.wake();
    },
  });
  return {
    foundation,
    mailer,
    intake,
    intakeAll,
    report: createReport({ store, clock, sentAgain, wake: relay.wake }),
    start: async () => {
      await sweepPictures(parts);
      await store.commit((tx) => {
        const context = contextOf(foundation, tx);
        keepDid(context);
        publishCity(context);
        openEpoch(context);
        finishDecision(context);
      });
      pictures.wake();
      processor.wake();
      relay.wake();
      jobs.start();
      parts.staged();
    },
    idle: async () => {
      await pictures.idle();
      await processor.idle();
      await jobs.idle();
      await relay.idle();
    },
    stop: async () => {
      await jobs.stop();
      await pictures.stop();
      await processor.stop();
      await relay.stop();
    },
  };
}
