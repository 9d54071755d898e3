// A whole city for tests and measurements: the real inbox, commands, services, ledger and outbox over
// a database and pictures of its own, between the channels that it is given.
import { openGround } from '#test-ground';
import type { Channel, TwoWayChannel } from '../../src/channels/channel.ts';
import { type Base, createBase } from '../../src/city/base.ts';
import { type CoreParts, createCore } from '../../src/city/core.ts';
import type { InboundMessage } from '../../src/conversation/message.ts';
import type { City } from '../../src/domain/city.ts';
import type { CheckPicture } from '../../src/inbox/check-pictures.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createKeys, type Keys } from '../../src/lib/crypto.ts';
import type { Random } from '../../src/lib/random.ts';
import type { Observer } from '../../src/lib/steps.ts';
import type { Spool } from '../../src/media/spool-port.ts';
import type { Publisher } from '../../src/records/publisher/publisher.ts';
import { seedDemoCity, TASKS } from '../../src/sandbox/seed.ts';
import { type Context, contextOf } from '../../src/services/context.ts';
import { inviteFirstAdmin } from '../../src/services/partners/invite-first-admin.ts';
import type { Store } from '../../src/store/store.ts';
import { BERKELEY, repeatableRandom, TEST_KEY } from './city.ts';
import type { GroundOptions } from './ground.ts';
import { DID } from './record-facts.ts';

export type TestCityOptions = {
  /** The channels of the city, which may use what it stands on. */
  readonly channels: (base: Base) => readonly (Channel | TwoWayChannel)[];
  readonly clock: Clock;
  readonly city?: City;
  readonly did?: string;
  readonly publicUrl?: string;
  /** Repeats itself where it is left out. */
  readonly random?: Random;
  readonly secretKey?: Uint8Array;
  /** Its keys, where they are not those of the secret key alone. */
  readonly keys?: (store: Store) => Keys;
  /** In the place of the spool's own. */
  readonly hasRoom?: Spool['hasRoom'];
  /** Stands around the real look at a picture, or in its place. */
  readonly look?: (check: CheckPicture) => CheckPicture;
  readonly observe?: Observer['observe'];
  /** Is told of errors; they are in `errors` where it is left out. */
  readonly failed?: Observer['failed'];
  /** Publishes its records; they stay staged where it is left out. */
  readonly publisher?: (base: Base) => Publisher;
  readonly jobs?: CoreParts['jobs'];
} & GroundOptions &
  Pick<CoreParts, 'understood' | 'commands' | 'languages' | 'cityClock' | 'segmentsPerDay'>;

/** The city, which begins with `start`. */
export function testCity(options: TestCityOptions) {
  const { clock, random = repeatableRandom(), secretKey = TEST_KEY, did = DID } = options;
  const { folder, store, checkPicture, close, ...ground } = openGround(options);
  const { hasRoom = ground.spool.hasRoom } = options;
  const spool = { ...ground.spool, hasRoom };
  const errors: unknown[] = [];
  const failed = options.failed ?? ((error) => errors.push(error));
  const base = createBase({
    ...ground,
    ...{ clock, random, store, spool, did },
    city: options.city ?? BERKELEY,
    publicUrl: options.publicUrl,
    keys: options.keys?.(store) ?? createKeys(secretKey, random),
    checkPicture: options.look?.(checkPicture) ?? checkPicture,
    observer: { observe: options.observe ?? (() => undefined), failed, warn: () => undefined },
  });
  const { foundation } = base;
  const publisher = options.publisher?.(base);
  const channels = options.channels(base);
  const core = createCore({
    ...{ base, channels },
    publisher: publisher ?? { wake: () => undefined },
    jobs: options.jobs ?? (() => []),
    segmentsPerDay: options.segmentsPerDay,
    ...(options.understood && { understood: options.understood }),
    ...(options.commands && { commands: options.commands }),
    ...(options.languages && { languages: options.languages }),
    ...(options.cityClock && { cityClock: options.cityClock }),
  });
  const ingresses = channels.flatMap((channel) =>
    'createIngress' in channel ? [channel.createIngress(core.inbox)] : [],
  );
  const run = <T>(work: (context: Context) => T): T =>
    store.transact((tx) => work(contextOf(foundation, tx)));
  let messages = 0;

  return {
    ...{ store, spool, folder, clock, core, ingresses, errors, run },
    wakePublisher: () => publisher?.wake(),
    // Evidence of them is taken at once, so that tests of other things need not wait for their day.
    seed: () =>
      seedDemoCity(
        store,
        core,
        TASKS.map((task) => ({ ...task, from: null })),
      ),
    start: async (): Promise<void> => {
      await core.start();
      publisher?.start();
      for (const ingress of ingresses) await ingress.start();
    },
    /** Puts pictures into the spool, as a channel does that has their bytes. */
    keep: async (pictures: readonly Uint8Array[]) => {
      const kept: { readonly spoolKey: string }[] = [];
      for (const picture of pictures) kept.push({ spoolKey: await spool.put(picture) });
      return kept;
    },
    /** Hands a message over, as a channel does: a private text by SMS, where nothing else is said. */
    receive: (message: Pick<InboundMessage, 'sender' | 'text'> & Partial<InboundMessage>) => {
      messages += 1;
      return core.inbox.receive({
        channel: 'sms',
        externalId: `${clock.now()}-${messages}`,
        pictures: [],
        replyTo: null,
        isPublic: false,
        receivedAt: clock.now(),
        ...message,
      });
    },
    /** Posts a request to the way in that serves this path. */
    post: async (path: string, request: Request): Promise<Response> => {
      for (const { webhooks } of ingresses) {
        const answer = webhooks?.[path]?.(request);
        if (answer !== undefined) return answer;
      }
      throw new Error(`There is no ${path}.`);
    },
    /** Resolves when nothing that is due is left to do; throws the first error that there was. */
    idle: async (): Promise<void> => {
      // What the jobs of the start do is committed together with this.
      await store.commit(() => undefined);
      await core.idle();
      await publisher?.idle();
      if (errors.length > 0) throw errors[0];
    },
    firstInvite: (): string => run(inviteFirstAdmin) ?? '',
    stop: async (): Promise<void> => {
      for (const ingress of ingresses) await ingress.stop();
      await core.stop();
      await publisher?.stop();
      close();
    },
  };
}

/** An SMS channel that remembers what it was given to send. */
export function rememberingChannel(more: Pick<Channel, 'fetchPicture' | 'releasePicture'> = {}) {
  const sent: { readonly to: string | null; readonly kind: string; readonly text: string }[] = [];
  const channel: Channel = {
    ...more,
    name: 'sms',
    hasPublicPlace: false,
    messagesPerSecond: null,
    send: async ({ to, kind, reply }) => {
      sent.push({ to, kind, text: reply.text });
      return { ok: true, providerId: null };
    },
  };
  /** What somebody was sent, oldest first. */
  const sentTo = (person: string): string[] =>
    sent.filter(({ to }) => to === person).map(({ text }) => text);
  return { channel, sent, sentTo };
}
