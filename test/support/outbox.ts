// An outbox with a relay over channels of a provider, and a clock set by hand.
import { openDatabase } from '#test-ground';
import type { Channel, DeliveryReport } from '../../src/channels/channel.ts';
import type { ChannelName } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { DAY_MS } from '../../src/lib/clock.ts';
import type { Step } from '../../src/lib/steps.ts';
import type { Wait } from '../../src/lib/wait.ts';
import { createRelay, type Relay } from '../../src/outbox/relay.ts';
import type { Sending } from '../../src/outbox/sending.ts';
import { contextOf } from '../../src/services/context.ts';
import {
  findOrAddIdentity,
  isKnownAddress,
  noteHeard,
} from '../../src/services/people/find-identity.ts';
import { createStore, type Store, type Tx } from '../../src/store/store.ts';
import { TEST_NOW, testFoundation } from './city.ts';
import { providerChannel, startProvider } from './provider.ts';

type Put = {
  readonly kind?: 'reply' | 'notice' | 'broadcast';
  /** It waits until nothing else does. */
  readonly isBulk?: boolean;
  /** Milliseconds from now; 0 when left out. */
  readonly inMs?: number;
};

export async function openOutbox(
  options: {
    readonly pace?: Partial<Record<ChannelName, number>>;
    /** Channels in the place of those over the provider. */
    readonly channels?: readonly Channel[];
    /** How long the relay waits for a channel; for ever, when it is left out. */
    readonly wait?: Wait;
    /** How much may be on its way; as much as on a machine where it is left out. */
    readonly sending?: Sending;
    /** The clock also goes by itself. */
    readonly isRunning?: boolean;
  } = {},
) {
  const provider = await startProvider();
  const { db, inTransaction, close } = openDatabase();
  const store = createStore(db, inTransaction);
  const startedAt = Date.now();
  const clock = {
    time: TEST_NOW,
    now: () => clock.time + (options.isRunning === true ? Date.now() - startedAt : 0),
    elapsed: () => clock.now(),
  };
  const foundation = testFoundation({ clock });
  const { keys } = foundation;
  const steps: Step[] = [];
  const errors: unknown[] = [];
  const faults: Error[] = [];
  const faulty: Store = {
    ...store,
    commit: (work) => {
      const fault = faults.shift();
      return fault === undefined ? store.commit(work) : Promise.reject(fault);
    },
  };
  const overProvider = (name: ChannelName): Channel =>
    providerChannel(provider, name, {
      messagesPerSecond: options.pace?.[name] ?? null,
    });
  const channels = (['sms', 'telegram', 'bluesky'] as const).map(
    (name) => options.channels?.find((channel) => channel.name === name) ?? overProvider(name),
  );
  const start = (): Relay =>
    createRelay({
      store: faulty,
      ...(options.sending && { sending: options.sending }),
      nextContactTime: (now) => now + DAY_MS,
      channels,
      keys,
      clock,
      chance: () => 1,
      announced: () => undefined,
      wait: options.wait ?? ((_, signal) => untilAborted(signal)),
      observe: (step) => steps.push(step),
      failed: (error) => errors.push(error),
    });
  let relay = start();

  return {
    store,
    clock,
    provider,
    /** The steps that were told so far. */
    steps,
    errors,
    /** The next commits of the relay fail with these. */
    faults,
    report: (
      channel: ChannelName,
      providerId: string,
      state: DeliveryReport['state'],
      why?: DeliveryReport['why'],
    ) => relay.report({ channel, providerId, state, ...(why === undefined ? {} : { why }) }),
    /** The texts that arrived, in order. */
    arrived: () => provider.received.map(({ reply }) => reply.text),
    /** Somebody writes from an address: its identity. */
    identity: (channel: ChannelName, address: string): number =>
      store.transact((tx) => {
        const context = contextOf(foundation, tx);
        const isKnown = isKnownAddress(context, { channel, address });
        const id = findOrAddIdentity(context, { channel, address }, () => 'en');
        if (isKnown) noteHeard(context, id);
        return id;
      }),
    /** Uses the services in a transaction. */
    run: <T>(work: (context: ReturnType<typeof contextOf>, tx: Tx) => T): T =>
      store.transact((tx) => work(contextOf(foundation, tx), tx)),
    /** Puts a message in the outbox. */
    put: (channel: ChannelName, identityId: number, text: string, facts: Put = {}): void => {
      store.transact((tx) =>
        tx.outbox.add({
          channel,
          identityId,
          kind: facts.kind ?? 'reply',
          bulk: facts.isBulk === true ? 1 : 0,
          body: replyWith(text),
          notBefore: clock.time + (facts.inMs ?? 0),
          createdAt: clock.time,
        }),
      );
    },
    /** Sends what is due after the clock was moved on by `ms`. */
    pass: async (ms: number): Promise<void> => {
      clock.time += ms;
      relay.wake();
      await relay.idle();
    },
    relay: () => relay,
    /** As after a crash: another relay over the same outbox. */
    restart: async (): Promise<void> => {
      await relay.stop();
      relay = start();
    },
    close: async (): Promise<void> => {
      const stopped = relay.stop();
      await provider.close();
      await stopped;
      close();
    },
  };
}

export type TestOutbox = Awaited<ReturnType<typeof openOutbox>>;

export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
