/** Knows whether the channels have taken in what was said while the city did not run. */
import type { Channel, Inbox } from '../channels/channel.ts';
import { type Clock, MINUTE_MS } from '../lib/clock.ts';

/** A channel that is out of order does not keep everybody's credits on hold. */
const WAITED_MS_MAX = 10 * MINUTE_MS;

export function createCatchUp(channels: readonly Channel[], clock: Pick<Clock, 'elapsed'>) {
  const startedAt = clock.elapsed();
  const behind = new Set(
    channels.filter((channel) => 'createIngress' in channel).map(({ name }) => name),
  );
  const caughtUp: NonNullable<Inbox['caughtUp']> = (channel) => {
    behind.delete(channel);
  };
  return {
    caughtUp,
    isOver: (): boolean => behind.size === 0 || clock.elapsed() - startedAt >= WAITED_MS_MAX,
  };
}
