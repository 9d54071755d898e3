/** The health of a city: told to whoever asks, and looked at now and then for the log. */
import type { Channel } from '../channels/channel.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Publisher } from '../records/publisher/publisher.ts';
import { type Findings, healthOf } from '../web/health.ts';
import type { Check, Finding } from '../web/health-checks.ts';
import { createHealthMetrics } from '../web/health-metrics.ts';
import type { WatchedBase } from './watched-base.ts';

const EVERY_MS = 30 * SECOND_MS;

export type HealthWatch = ReturnType<typeof createHealthWatch>;

export function createHealthWatch(
  parts: WatchedBase & {
    readonly channels: readonly Channel[];
    readonly publisher: Publisher;
    /** Further checks, by their names. */
    readonly checks?: Readonly<Record<string, Check>>;
  },
) {
  const { base, backups, storage, metrics, channels, publisher, checks = {}, log } = parts;
  const { store, observer, foundation } = base;
  const { findings, health } = healthOf({
    ...{ store, channels, publisher, checks },
    backups: () => ({ ...backups.status(), last: backups.newest() }),
    storage: storage.status,
    now: foundation.clock.now,
    failed: observer.failed,
  });
  const numbers = createHealthMetrics({ findings, channels, storage: storage.status });
  metrics.watch(channels);
  const tellChanges = createHealthLog(log);
  const look = async (): Promise<void> => {
    await storage.tryToWrite();
    tellChanges(findings());
  };
  return {
    /** For /healthz. */
    answer: async () => {
      await look();
      return health();
    },
    /** For /metrics, in the text format of Prometheus. */
    metrics: async () => `${await metrics.text()}${await numbers.text()}`,
    /** Looks now and then, until what it returns is called. */
    watch: (): (() => void) => {
      const timer = setInterval(() => void look().catch(observer.failed), EVERY_MS);
      return () => clearInterval(timer);
    },
  };
}

/** Logs each check whose state is another than before; the first time, what is not well. */
export function createHealthLog(log: Pick<Log, 'warn'>) {
  let before: Readonly<Record<string, Finding['state']>> = {};
  return (findings: Findings): void => {
    for (const [check, finding] of Object.entries(findings)) {
      if (finding.state === (before[check] ?? 'ok')) continue;
      if (finding.state === 'ok') log.warn({ check }, 'This is well again.');
      else log.warn({ check, state: finding.state }, finding.sentence);
    }
    before = Object.fromEntries(Object.entries(findings).map(([name, { state }]) => [name, state]));
  };
}
