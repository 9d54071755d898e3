// A city to talk with: the real inbox, commands, services, store and outbox in memory, and the
// sandbox's phones at both ends. Nothing of it waits for time: the clock stands until it is set.
import { createHash } from 'node:crypto';
import { openDatabase } from '#test-ground';
import type { Delivery, DeliveryReport, SendError } from '../../src/channels/channel.ts';
import type { ChannelName, OwnPost } from '../../src/conversation/message.ts';
import { CITY_CREDITS, type City } from '../../src/domain/city.ts';
import type { TaskDraft } from '../../src/domain/task.ts';
import { broadcastJob } from '../../src/jobs/broadcast.ts';
import { carryOnTasksJob } from '../../src/jobs/carry-on-tasks.ts';
import { carryOutMovesJob } from '../../src/jobs/carry-out-moves.ts';
import { checkBooksJob } from '../../src/jobs/check-books.ts';
import { expireCodesJob } from '../../src/jobs/expire-codes.ts';
import { finishForgettingJob } from '../../src/jobs/finish-forgetting.ts';
import { makeDatesJob } from '../../src/jobs/make-dates.ts';
import { noteAlikeJob } from '../../src/jobs/note-alike.ts';
import { openEpochJob } from '../../src/jobs/open-epoch.ts';
import { refreshAnnouncementsJob } from '../../src/jobs/refresh-announcements.ts';
import { releaseClaimsJob } from '../../src/jobs/release-claims.ts';
import { reportReachJob } from '../../src/jobs/report-reach.ts';
import { rescueCodesJob } from '../../src/jobs/rescue-codes.ts';
import { sendNoticesJob } from '../../src/jobs/send-notices.ts';
import { settlePricesJob } from '../../src/jobs/settle-prices.ts';
import type { LanguagePack } from '../../src/languages/language.ts';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { DAY_MS } from '../../src/lib/clock.ts';
import type { Coordinates } from '../../src/lib/coordinates.ts';
import { createTids } from '../../src/lib/ids.ts';
import type { Spool } from '../../src/media/spool-port.ts';
import type { SandboxMessage } from '../../src/sandbox/page/page-data.ts';
import { createPhones } from '../../src/sandbox/phones.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { createSandboxChannels } from '../../src/sandbox/send.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import * as schema from '../../src/store/schema/index.ts';
import { createStore } from '../../src/store/store.ts';
import { BERKELEY, expectOk, repeatableRandom, TUESDAY } from './city.ts';
import { standingClock } from './clock.ts';
import type { OpenDatabase } from './ground.ts';
import { prove } from './prove.ts';
import { seededCity } from './seeded.ts';
import { testCity } from './test-city.ts';

export const { admin: ADMIN, organizer: ORGANIZER, redeemer: REDEEMER } = SEEDED;
/** Strangers to begin with, each on their own phone. */
export const ANA = '+15105550141';
export const BEN = '+15105550142';
export const EVA = '+15105550143';

/** The public post that every announcement on Bluesky becomes. */
export const POST = {
  uri: 'at://did:plc:testville2345abcdefghijk/app.bsky.feed.post/3kabcdefghijk',
  cid: 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a',
} as const satisfies OwnPost;

const belowPost = (post: OwnPost): string => JSON.stringify({ root: post, parent: post });

/** Nothing is looked at here, so nothing is kept. */
const NO_SPOOL: Spool = {
  put: async () => 'kept',
  putBack: async () => {},
  get: async () => undefined,
  remove: async () => {},
  keys: async () => [],
  hasRoom: () => true,
};

export type Sent = {
  /**
   * `ok` for a new picture; the reason for which one is refused; or the name of a picture, the same
   * each time: `creek`, and `creek~3` for one that looks like it but for three bits.
   */
  readonly pictures?: readonly string[];
  /** The id of the message that this one replies to. */
  readonly replyTo?: string;
  /** Others read along, in this conversation. */
  readonly thread?: string;
  /** It is a public post of the sender's own. */
  readonly post?: OwnPost;
  /** It was written for others and quotes the message that it replies to. */
  readonly isQuote?: true;
  /** It names us. */
  readonly namesUs?: true;
  /** A location is shared, and the text is the name that a map has for it. */
  readonly location?: Coordinates;
};

const channelOf = (address: string): ChannelName =>
  address.startsWith('+') ? 'sms' : /^did:|\./.test(address) ? 'bluesky' : 'telegram';

function cleanPicture(spoolKey: string, name: string) {
  const bytes = new TextEncoder().encode(name);
  const [looks = '', bits = '0'] = name.split('~');
  return {
    cid: cidOfBlob(bytes),
    sha256: sha256(bytes),
    mediaType: 'image/jpeg',
    sizeBytes: 1000,
    width: 10,
    height: 10,
    perceptualHash: flipBits(sha256(new TextEncoder().encode(looks)), Number(bits)),
    spoolKey: `clean-${spoolKey}`,
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Another hash that differs in as many bits. */
function flipBits(hash: string, count: number): string {
  const bytes = Buffer.from(hash, 'hex');
  for (let bit = 0; bit < count; bit += 1) {
    const at = bit % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(bit / bytes.length));
  }
  return bytes.toString('hex');
}

/** Opens a city: the demo city of the sandbox, or with `seeded: false` one without anybody. */
export function openConversation(
  options: {
    readonly city?: City;
    /** The address of its start page; it has none where it is left out. */
    readonly publicUrl?: string;
    readonly seeded?: boolean;
    readonly languages?: readonly LanguagePack[];
    /** Texts are reported afterwards, and the jobs run that look after what did not arrive. */
    readonly hasReceipts?: true;
    /** A database that somebody has left, and when (ms). */
    readonly earlier?: { readonly database: OpenDatabase; readonly at: number };
  } = {},
) {
  const { earlier, city = BERKELEY } = options;
  const isSeeded = options.seeded !== false && earlier === undefined;
  // What a seeded city posted is in the languages that there are.
  const ready = isSeeded && options.languages === undefined ? seededCity(city) : undefined;
  const { db, inTransaction, meddle, close } =
    earlier?.database ?? openDatabase(ready === undefined ? {} : { content: ready.content });
  const clock = standingClock(earlier?.at ?? TUESDAY);
  // Nothing that was drawn before is drawn again.
  const random = repeatableRandom(earlier?.at);
  random.bytes(ready?.drawn ?? 0);
  /** What the log was told of the books. */
  const bookWarnings: string[] = [];
  /** Addresses that private messages cannot be sent to, and why. */
  const failing = new Map<string | null, SendError['kind']>();
  /** The channel's own id of the last message to each address. */
  const lastTo = new Map<string | null, string | null>();
  const phones = createPhones();
  /** Every message that went out so far. */
  const deliveries: (Delivery & { readonly channel: ChannelName })[] = [];
  const whole = testCity({
    ...{ clock, random, city },
    ...(options.publicUrl !== undefined && { publicUrl: options.publicUrl }),
    opened: { store: createStore(db, inTransaction), close },
    spool: NO_SPOOL,
    look: () => async (spoolKey) => {
      const [, name = 'ok'] = spoolKey.split(' ');
      return name.startsWith('picture-')
        ? { ok: false, refusal: { code: name } }
        : { ok: true, value: cleanPicture(spoolKey, name === 'ok' ? spoolKey : name) };
    },
    channels: () =>
      createSandboxChannels({
        phones,
        newId: createTids(clock, random),
        now: clock.now,
      }).map((channel) => ({
        ...channel,
        canUpdate: channel.name === 'telegram',
        ...(channel.name === 'bluesky' && { below: belowPost }),
        reportsDelivery: options.hasReceipts === true && channel.name === 'sms',
        send: async (delivery) => {
          deliveries.push({ channel: channel.name, ...delivery });
          const isPrivate = delivery.to !== null && delivery.place === null;
          const kind = isPrivate ? failing.get(delivery.to) : undefined;
          if (kind !== undefined) return { ok: false, error: { kind, detail: 'not today' } };
          const outcome = await channel.send(delivery);
          if (outcome.ok) lastTo.set(delivery.to, outcome.providerId);
          const isPost = channel.name === 'bluesky' && delivery.to === null;
          return outcome.ok && isPost ? { ...outcome, post: POST } : outcome;
        },
      })),
    ...(options.languages && { languages: options.languages }),
    jobs: (mailer, channels, isCaughtUp, reporting) => [
      broadcastJob(mailer, channels),
      refreshAnnouncementsJob(mailer),
      checkBooksJob(mailer, (found) => bookWarnings.push(found)),
      finishForgettingJob({ removePicture: async () => {}, emptyLog: () => {} }),
      carryOutMovesJob(mailer, isCaughtUp),
      openEpochJob,
      settlePricesJob,
      carryOnTasksJob(isCaughtUp),
      makeDatesJob,
      releaseClaimsJob(),
      sendNoticesJob(mailer),
      noteAlikeJob,
      ...(options.hasReceipts === true
        ? [
            rescueCodesJob(mailer, channels),
            reportReachJob(mailer, reporting),
            expireCodesJob(mailer, isCaughtUp),
          ]
        : []),
    ],
  });
  const { store, core } = whole;

  /** What arrived on each phone and was not looked at yet. */
  const unread = new Map<string, SandboxMessage[]>();
  const publicPosts: { readonly channel: ChannelName; readonly message: SandboxMessage }[] = [];
  phones.subscribe(({ channel, person, message }) => {
    if (person === null) publicPosts.push({ channel, message });
    else unread.set(person, [...(unread.get(person) ?? []), message]);
  });
  /** What a phone received since this was last asked. */
  const heard = (address: string): SandboxMessage[] => {
    const messages = unread.get(address) ?? [];
    unread.delete(address);
    return messages;
  };

  let sent = 0;
  let isStarted = false;
  /** Does all that is due; `again` looks for what became due when the clock was moved. */
  const settle = async (again = true): Promise<void> => {
    if (again || !isStarted) await whole.start();
    isStarted = true;
    await whole.idle();
  };

  /** Says something and hears everything that this phone then receives. */
  const say = async (from: string, text: string, extra: Sent = {}): Promise<SandboxMessage[]> => {
    if (!isStarted) await settle();
    heard(from);
    sent += 1;
    await whole.receive({
      channel: channelOf(from),
      sender: from,
      text,
      pictures: (extra.pictures ?? []).map((kind, at) => ({ spoolKey: `${sent}-${at} ${kind}` })),
      replyTo: extra.replyTo ?? null,
      isPublic: extra.thread !== undefined,
      ...(extra.thread === undefined ? {} : { thread: extra.thread, place: `place ${sent}` }),
      ...(extra.post === undefined ? {} : { post: extra.post }),
      ...(extra.isQuote === undefined ? {} : { isQuote: true }),
      ...(extra.namesUs === undefined ? {} : { namesUs: true }),
      ...(extra.location && { location: extra.location, unread: 'location' }),
    });
    await settle(false);
    return heard(from);
  };

  const ask = async (from: string, text: string, extra?: Sent): Promise<string> =>
    (await say(from, text, extra)).map((message) => message.text).join('\n---\n');

  if (isSeeded && ready === undefined) whole.seed();

  return {
    store,
    clock,
    core,
    bookWarnings,
    /** Changes the database behind the city's back. */
    meddle,
    say,
    heard,
    /** The texts of the answers, as one. */
    ask,
    /** Says words that move authority and sends the number back that they are answered with. */
    prove: (from: string, text: string): Promise<string> =>
      prove((words) => ask(from, words), text),
    /** Takes part, in the language of the greeting. */
    join: async (from: string, greeting = 'HI'): Promise<void> => {
      await say(from, greeting);
      await say(from, 'OK');
    },
    /** Sends what is due, after the clock was moved. */
    settle: () => settle(),
    /** From here on an address takes no private messages. */
    closePrivate: (address: string) => failing.set(address, 'closed'),
    /** How the person of a phone stands in a task; undefined for those who are not in it. */
    claimOf: (address: string, taskId: number) => {
      const lookup = core.foundation.keys.identityLookup(channelOf(address), address);
      const id = store.read.identities.idOf(channelOf(address), lookup) ?? 0;
      const { personId = 0 } = store.read.identities.get(id) ?? {};
      return store.read.claims.newestOn(personId, taskId)?.state;
    },
    /** From here on sending to an address fails. */
    failTo: (address: string, why: SendError['kind']) => failing.set(address, why),
    /** The channel reports what became of the last message to an address. */
    receipt: async (address: string, report: Pick<DeliveryReport, 'state' | 'why'>) => {
      const providerId = lastTo.get(address) ?? '';
      return core.inbox.report({ channel: channelOf(address), providerId, ...report });
    },
    /** Posts in the public places. */
    publicPosts,
    deliveries,
    /** Announces a task two days ahead without a word said, for tests of what is said about it. */
    announceTask: (
      organizerId: number,
      draft: Pick<TaskDraft, 'title' | 'place' | 'credits' | 'slots'>,
    ): void => {
      whole.run((context) => {
        const times = { startsAt: clock.time, endsAt: clock.time + 2 * DAY_MS, isAnyTime: 1 };
        expectOk(announceTask(context, organizerId, { ...draft, ...times }));
      });
    },
    /** What people agreed to, oldest first. */
    consents: () => db.select().from(schema.consents).orderBy(schema.consents.id).all(),
    /** The invitation for the first admin of a city without one. */
    firstInvite: whole.firstInvite,
    /** What the ledger says: every account with its sums, and how many transfers there are. */
    ledger: () => ({
      totals: store.read.ledger.totals(CITY_CREDITS),
      transfers: store.read.ledger.head()?.position ?? 0,
    }),
    /** For what a test looks up in the tables themselves. */
    db,
    close: whole.stop,
  };
}

export type Conversation = ReturnType<typeof openConversation>;
