/** Delivers what is in the outbox, each channel in a lane of its own. */
import type { Channel } from '../channels/channel.ts';
import { systemWait, type Wait } from '../lib/wait.ts';
import { createLane, type LaneOptions } from './lane.ts';
import { createOutcomes } from './outcomes.ts';

export type Relay = {
  /** There may be something new in the outbox: call it after every commit that may have added. */
  readonly wake: () => void;
  /** Resolves when everything that is due is sent. */
  readonly idle: () => Promise<void>;
  /** Ends, once the sends that are under way have ended or taken too long. */
  readonly stop: () => Promise<void>;
};

export type RelayOptions = Omit<LaneOptions, 'wait' | 'record'> & {
  readonly channels: readonly Channel[];
  /** A number from 0 to 1, to spread retries. */
  readonly chance: () => number;
  readonly announced: Parameters<typeof createOutcomes>[0]['announced'];
  readonly sentAgain: Parameters<typeof createOutcomes>[0]['sentAgain'];
  readonly wait?: Wait;
};

/** Starts asleep. What waits for a channel that is not among `channels` goes on waiting. */
export function createRelay(options: RelayOptions): Relay {
  const { wait = systemWait } = options;
  const updating = new Set(options.channels.filter((one) => one.canUpdate).map(({ name }) => name));
  const reporting = new Set(
    options.channels.filter((one) => one.reportsDelivery).map(({ name }) => name),
  );
  const record = createOutcomes({
    ...options,
    canUpdate: (name) => updating.has(name),
    reportsDelivery: (name) => reporting.has(name),
  });
  const lanes = options.channels.map((channel) =>
    createLane(channel, { ...options, wait, record }),
  );
  return {
    wake: () => {
      for (const lane of lanes) lane.wake();
    },
    idle: async () => {
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
    stop: async () => {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}
