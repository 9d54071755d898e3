/** Health in numbers, for Prometheus. */
import { Gauge, Registry } from 'prom-client';
import type { Findings } from './health.ts';
import type { StorageStatus } from './health-checks.ts';

const NUMBERS = { ok: 0, trouble: 1, down: 2 } as const;

export function createHealthMetrics(options: {
  readonly findings: () => Findings;
  readonly channels: readonly {
    readonly name: string;
    readonly status?: () => { readonly state: string };
  }[];
  readonly storage: () => StorageStatus;
}) {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: 'city_channel_up',
    help: 'Whether a channel works: 1, or 0 while it is in trouble',
    labelNames: ['channel'],
    registers,
    collect() {
      for (const { name, status } of options.channels) {
        this.set({ channel: name }, (status?.().state ?? 'on') === 'on' ? 1 : 0);
      }
    },
  });
  new Gauge({
    name: 'city_check_state',
    help: 'What each check of health found: 0 for ok, 1 for trouble, 2 for down',
    labelNames: ['check'],
    registers,
    collect() {
      for (const [check, { state }] of Object.entries(options.findings())) {
        this.set({ check }, NUMBERS[state]);
      }
    },
  });
  new Gauge({
    name: 'city_disk_free_bytes',
    help: 'Room that is left where the database and the backups are',
    labelNames: ['of'],
    registers,
    collect() {
      for (const [of, bytes] of Object.entries(options.storage().free)) {
        if (bytes !== undefined) this.set({ of }, bytes);
      }
    },
  });
  return { text: () => registry.metrics() };
}
