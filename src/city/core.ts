/**
 * The way of a message, put together: receive → process → send and publish. The same for the
 * sandbox, a real city and the tests.
 */
import { commands as cityCommands } from '../../commands/index.ts';
import type { Channel, Inbox } from '../channels/channel.ts';
import type { Command } from '../conversation/command.ts';
import type { ChannelName, OwnPost } from '../conversation/message.ts';
import { createRouter } from '../conversation/router.ts';
import { type Matcher, matcherOf } from '../conversation/words.ts';
import { windowsOf } from '../domain/budgets.ts';
import { nextContactTime } from '../domain/calendar.ts';
import { readFilter, suits } from '../domain/task-filter.ts';
import { beginAnswering } from '../inbox/before-restore.ts';
import {
  createPictureChecker,
  type PictureSource,
  sweepPictures,
} from '../inbox/check-pictures.ts';
import { createProcessor } from '../inbox/processor.ts';
import { createReceiver } from '../inbox/receive.ts';
import type { Understood } from '../inbox/talk.ts';
import { createJobs, type Job } from '../jobs/jobs.ts';
import { makeDecisionsJob } from '../jobs/make-decisions.ts';
import { noticeChangesJob } from '../jobs/notice-changes.ts';
import { createGuessLanguage } from '../languages/detect.ts';
import { LANGUAGES } from '../languages/index.ts';
import type { LanguagePack } from '../languages/language.ts';
import { createTexts } from '../languages/texts.ts';
import type { CityClock } from '../lib/city-clock.ts';
import { refuse } from '../lib/result.ts';
import { createSignal } from '../lib/signal.ts';
import type { Timers } from '../lib/timers.ts';
import { createMailer, type Mailer } from '../outbox/mailer.ts';
import { createRelay, type Relay } from '../outbox/relay.ts';
import { lookAtBooks } from '../records/books/watch-books.ts';
import { spendSegments } from '../services/budgets/spend-segments.ts';
import { keepDid } from '../services/city/keep-did.ts';
import { publishCity } from '../services/city/publish-city.ts';
import { publishPresence } from '../services/city/publish-presence.ts';
import { sealKept } from '../services/city/seal-kept.ts';
import { contextOf } from '../services/context.ts';
import { finishDecision } from '../services/credits/finish-decision.ts';
import { openEpoch } from '../services/credits/open-epoch.ts';
import { publishDelegations } from '../services/partners/record-partner.ts';
import { rememberPost } from '../services/tasks/remember-post.ts';
import type { Base } from './base.ts';
import { createCatchUp } from './catch-up.ts';
import { createDesk } from './desk.ts';
import { createFollowClock, type FollowClock } from './follow-clock.ts';
import { readOwnPictures } from './own-pictures.ts';
import { createWorkers } from './workers.ts';

export type CoreParts = {
  readonly base: Base;
  readonly channels: readonly Channel[];
  /** `reporting` are those of the channels that tell afterwards whether a message arrived. */
  readonly jobs: (
    mailer: Mailer,
    channels: readonly ChannelName[],
    isCaughtUp: () => boolean,
    reporting: readonly ChannelName[],
  ) => readonly Job[];
  /** Is woken whenever records may wait to be published. */
  readonly publisher: { readonly wake: () => void };
  /** Whether another program changed the database since this was last asked; none can where it is left out. */
  readonly wasChangedOutside?: () => boolean;
  /** The city's clock, where it can move; nothing is judged again where it is left out. */
  readonly cityClock?: CityClock;
  /** How many segments a day its texts may cost; any number where it is left out. */
  readonly segmentsPerDay?: number | undefined;
  /** Those of this machine where they are left out. */
  readonly timers?: Timers;
  /** Is told what each message was understood as. */
  readonly understood?: Understood;
  /** All that there are where they are left out. */
  readonly commands?: readonly Command[];
  readonly languages?: readonly LanguagePack[];
};

export type Core = ReturnType<typeof createCore>;

export function createCore(parts: CoreParts) {
  const { base, channels, publisher, timers } = parts;
  const { commands = cityCommands, languages = LANGUAGES } = parts;
  const { foundation, store, spool, observer } = base;
  const { city, clock } = foundation;
  const matcher = matcherOf(commands, languages);
  const mailer = createCityMailer({ ...parts, languages }, matcher);
  const follow = createFollowClock(base, parts.cityClock, () => {
    decided();
    processor.wake();
    pictures.wake();
  });
  const relay = createCityRelay(parts, follow);
  const decided = (): void => {
    relay.wake();
    publisher.wake();
  };
  const names = channels.map(({ name }) => name);
  const reporting = channels.filter((one) => one.reportsDelivery === true).map(({ name }) => name);
  const router = createRouter(commands, matcher);
  const catchUp = createCatchUp(channels, clock);
  const jobs = createJobs({
    ...{ store, foundation, timers },
    jobs: [
      ...parts.jobs(mailer, names, catchUp.isOver, reporting),
      ...follow.jobs,
      makeDecisionsJob({ router, mailer }),
      ...(parts.wasChangedOutside === undefined
        ? []
        : [noticeChangesJob(parts.wasChangedOutside, () => processor.wake())]),
    ],
    ...observer,
    done: decided,
  });
  const picturesWanted = createSignal();
  const processor = createProcessor({
    ...{ store, foundation, commands, matcher, mailer, timers },
    ...observer,
    settleTimes: follow.settle,
    understood: parts.understood,
    wantsPictures: picturesWanted.give,
    processed: decided,
  });
  const pictures = createPictureChecker({
    ...{ store, spool },
    ...observer,
    openText: foundation.keys.openText,
    check: base.checkPicture,
    source: pictureSource(channels),
    ...{ places: base.fetching?.places, fetchMsMax: base.fetching?.msMax },
    ...{ clock, timers },
    checked: processor.wake,
  });
  picturesWanted.listen(pictures.wake);
  const guessLanguage = createGuessLanguage(languages);
  const [firstLanguage = ''] = city.languages;
  const receiver = createReceiver({
    ...{ store, foundation, spool },
    observe: observer.observe,
    reader: matcher.read,
    guessLanguage: (text) => guessLanguage(text, firstLanguage),
    processor,
    picturesCame: pictures.wake,
  });
  const workers = createWorkers({ pictures, processor, relay, jobs, decided });
  return {
    foundation,
    mailer,
    /** What the desk in a browser stands on. */
    desk: createDesk({ base, router, mailer, decided }),
    /** Where channels hand over what comes in. */
    inbox: {
      ...receiver,
      report: relay.report,
      caughtUp: catchUp.caughtUp,
    } satisfies Inbox,
    /** Takes up what an earlier run left, and starts the jobs; only then may messages come in. */
    start: async () => {
      await sweepPictures(store, spool);
      await beginCity(base);
      workers.wake();
      jobs.start();
    },
    ...{ idle: workers.idle, doDue: workers.doDue, stop: workers.stop },
  };
}

function createCityMailer(
  {
    base,
    channels,
    languages,
    segmentsPerDay: perDay,
  }: CoreParts & Required<Pick<CoreParts, 'languages'>>,
  matcher: Matcher,
): Mailer {
  const { city, keys } = base.foundation;
  const [firstLanguage = ''] = city.languages;
  return createMailer({
    texts: createTexts(city, languages),
    noticeAdded: base.foundation.noticeAdded,
    isCareful: (words) => matcher.match(words)?.command.exact === true,
    below: channels.flatMap(({ name, below }) =>
      below === undefined
        ? []
        : [{ channel: name, placeOf: (post: OwnPost) => keys.sealText(below(post)) }],
    ),
    publicPlaces: channels.filter((one) => one.hasPublicPlace).map(({ name }) => name),
    firstLanguage,
    asksFor: (kept, { task, issuer }, now) =>
      suits(readFilter(kept), task, issuer.name, { now, timeZone: city.timeZone }),
    alertsPerDay: windowsOf('alerts', city.policies.budgets)[0]?.max ?? 0,
    spendText: (at, text, use) => spendSegments({ ...city, perDay }, at, { text, use }),
    nextContactTime: (now) => nextContactTime(now, city),
  });
}

function createCityRelay(
  { base, channels, publisher, timers }: CoreParts,
  { settle }: FollowClock,
): Relay {
  const { foundation, store, observer } = base;
  const { city, clock, keys, random } = foundation;
  return createRelay({
    ...{ store, channels, keys, clock, timers },
    ...(base.sending && { sending: base.sending }),
    settleTimes: settle,
    nextContactTime: (now) => nextContactTime(now, city),
    chance: () => (random.bytes(1)[0] ?? 0) / 255,
    announced: (tx, taskId, post) => rememberPost(contextOf(foundation, tx), taskId, post),
    observe: (step, detail) => {
      observer.observe(step, detail);
      // What was sent may be a public post, which a record points at from now on.
      if (step === 'delivery.recorded') publisher.wake();
    },
    failed: observer.failed,
  });
}

/** A picture is fetched by the channel that its message came on. */
function pictureSource(channels: readonly Channel[]): PictureSource {
  const of = (name: string) => channels.find((channel) => channel.name === name);
  return {
    fetch: async (channel, source) =>
      (await of(channel)?.fetchPicture?.(source)) ?? refuse('picture-unreachable'),
    release: async (channel, source) => of(channel)?.releasePicture?.(source),
  };
}

/** Decides what is to be decided before anybody says anything. */
async function beginCity(base: Base): Promise<void> {
  const { foundation, store, spool } = base;
  const own = await readOwnPictures(base);
  await store.commit((tx) => {
    const context = contextOf(foundation, tx);
    sealKept(context);
    keepDid(context);
    beginAnswering(context);
    publishCity(context);
    publishPresence(context, own);
    publishDelegations(context);
    openEpoch(context);
    lookAtBooks(tx, context.now);
    finishDecision(context);
  });
  const kept = new Set(store.read.pictures.keysInUse());
  for (const picture of [own.avatar, own.banner]) {
    // What no new record shows was uploaded before.
    if (picture !== undefined && !kept.has(picture.spoolKey)) await spool.remove(picture.spoolKey);
  }
}
