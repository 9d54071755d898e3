/** Delivers what is in the outbox, each channel in a lane of its own. */
import type { Channel } from '../channels/channel.ts';
import { systemWait } from '../lib/wait.ts';
import { createLane, type LaneOptions } from './lane.ts';

export type Relay = {
  /** There may be something new in the outbox: call it after every commit that may have added. */
  readonly wake: () => void;
  /** Resolves when everything that is due is sent. */
  readonly idle: () => Promise<void>;
  /** Ends, once the sends that are under way have ended or taken too long. */
  readonly stop: () => Promise<void>;
};

/** Starts asleep. What waits for a channel that is not among `channels` goes on waiting. */
export function createRelay(
  options: Omit<LaneOptions, 'wait'> & {
    readonly channels: readonly Channel[];
    readonly wait?: LaneOptions['wait'];
  },
): Relay {
  const { channels, wait = systemWait } = options;
  const lanes = channels.map((channel) => createLane(channel, { ...options, wait }));
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
