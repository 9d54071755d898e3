/** Delivers what is in the outbox, each channel in a lane of its own. */
import type { Channel, Inbox } from '../channels/channel.ts';
import type { Observe } from '../lib/steps.ts';
import { systemTimers, type Timers } from '../lib/timers.ts';
import { type Wait, waitBy } from '../lib/wait.ts';
import { createLane } from './lane.ts';
import { createOutcomes, createReport, type OutcomeParts } from './outcomes.ts';
import type { SenderParts } from './sending.ts';

export type Relay = {
  /** There may be something new in the outbox: call it after every commit that may have added. */
  readonly wake: () => void;
  /** For what channels tell afterwards about messages that they took over. */
  readonly report: Inbox['report'];
  /** Resolves when everything that is due is sent. */
  readonly idle: () => Promise<void>;
  /** Ends, once the sends that are under way have ended or taken too long. */
  readonly stop: () => Promise<void>;
};

export type RelayParts = OutcomeParts &
  Omit<SenderParts, 'wait'> & {
    readonly channels: readonly Channel[];
    readonly observe: Observe;
    readonly timers?: Timers | undefined;
    readonly wait?: Wait;
    readonly settleTimes?: () => Promise<void>;
  };

/** Starts asleep. What waits for a channel that is not among `channels` goes on waiting. */
export function createRelay(parts: RelayParts): Relay {
  const { timers = systemTimers, settleTimes = async () => undefined } = parts;
  const { wait = waitBy(timers) } = parts;
  const outcomes = createOutcomes({ ...parts, timers, wait });
  const lanes = parts.channels.map((channel) =>
    createLane(channel, { ...parts, timers, wait, settleTimes, outcomes }),
  );
  const wake = (): void => {
    for (const lane of lanes) lane.wake();
  };
  return {
    wake,
    report: createReport(parts, wake),
    idle: async () => {
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
    stop: async () => {
      await Promise.all(lanes.map((lane) => lane.stop()));
      outcomes.ending.abort();
    },
  };
}
