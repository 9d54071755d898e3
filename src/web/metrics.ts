/** Counters and gauges for Prometheus. They count; they name nobody. */
import { Counter, Gauge, Registry } from 'prom-client';
import type { Observe } from '../lib/steps.ts';
import type { Reads } from '../store/store.ts';

type MetricsOptions = {
  readonly read: Reads;
  readonly now: () => number;
  /** The memory of the process, in bytes. */
  readonly memory: () => number;
  /** When the last backup was made (ms); null for never. */
  readonly lastBackup: () => number | null;
};

export function createMetrics(options: MetricsOptions) {
  const registry = new Registry();
  const registers = [registry];
  const steps = new Counter({
    name: 'city_steps_total',
    help: 'Steps done on the way of messages, deliveries and records',
    labelNames: ['step', 'channel'],
    registers,
  });
  const segments = new Counter({
    name: 'city_sms_segments_total',
    help: 'Segments of texts since the start, in and out: what a provider charges for',
    labelNames: ['direction'],
    registers,
  });
  const files = new Counter({
    name: 'city_open_data_files_total',
    help: 'Files of open data that were read, and how that ended',
    labelNames: ['file', 'ending'],
    registers,
  });
  addGauges(registry, options);
  return {
    observe: ((step, { count, channel, segments: cost = 0 }) => {
      steps.inc({ step, channel: channel ?? '' }, count);
      if (cost > 0) {
        segments.inc({ direction: step === 'message.stored' ? 'in' : 'out' }, cost);
      }
    }) satisfies Observe,
    /** A file of open data was read, to whatever end. */
    fileRead: (file: string, ending: string) => files.inc({ file, ending }),
    /** The text format of Prometheus. */
    text: () => registry.metrics(),
  };
}

/** Gauges are read when somebody asks. */
function addGauges(registry: Registry, { read, now, memory, lastBackup }: MetricsOptions): void {
  const backlogs = () =>
    [
      ['inbox', read.inbox.backlog()],
      ['outbox', together(read.outbox.backlog())],
      ['records', read.records.backlog()],
    ] as const;
  new Gauge({
    name: 'city_backlog',
    help: 'What waits: messages to process, deliveries to send, records to publish',
    labelNames: ['queue'],
    registers: [registry],
    collect() {
      for (const [queue, { count }] of backlogs()) this.set({ queue }, count);
    },
  });
  new Gauge({
    name: 'city_backlog_age_seconds',
    help: 'The age of the oldest that waits',
    labelNames: ['queue'],
    registers: [registry],
    collect() {
      for (const [queue, { oldest }] of backlogs()) {
        this.set({ queue }, oldest === null ? 0 : (now() - oldest) / 1000);
      }
    },
  });
  new Gauge({
    name: 'city_parked',
    help: 'What could not be processed or delivered and waits for a person to look',
    labelNames: ['queue'],
    registers: [registry],
    collect() {
      this.set({ queue: 'inbox' }, read.inbox.parked());
      this.set({ queue: 'outbox' }, read.outbox.deadLetters());
    },
  });
  new Gauge({
    name: 'city_broadcast_messages',
    help: 'Messages about a task to those who asked for them, while they go out and until the next',
    labelNames: ['task', 'state'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { task, total, queued, sent } of read.broadcasts.progress()) {
        this.set({ task, state: 'total' }, total);
        this.set({ task, state: 'queued' }, queued);
        this.set({ task, state: 'sent' }, sent);
      }
    },
  });
  new Gauge({
    name: 'city_last_backup_timestamp_seconds',
    help: 'When the last backup was made, in seconds since 1970; 0 for never',
    registers: [registry],
    collect() {
      this.set(Math.floor((lastBackup() ?? 0) / 1000));
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process',
    registers: [registry],
    collect() {
      this.set(memory());
    },
  });
}

const together = (waiting: readonly { readonly count: number; readonly oldest: number }[]) => ({
  count: waiting.reduce((sum, { count }) => sum + count, 0),
  oldest: waiting.length === 0 ? null : Math.min(...waiting.map(({ oldest }) => oldest)),
});
