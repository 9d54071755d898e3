/** Counters and gauges for Prometheus. They count; they name nobody. */
import { Counter, Gauge, Registry } from 'prom-client';
import type { Observe } from '../lib/steps.ts';
import type { Reads } from '../store/store.ts';
import { addSelfAuditGauges } from './self-audit.ts';

type MetricsOptions = {
  readonly read: Reads;
  readonly now: () => number;
  /** The memory of the process, in bytes. */
  readonly memory: () => number;
  /** When the last backup was made (ms); null for never. */
  readonly lastBackup: () => number | null;
  /** The city's day at a time (ms), and how many segments its texts may cost in it; none without SMS. */
  readonly texts?: { readonly dayOf: (at: number) => string; readonly perDay: number } | undefined;
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
  const undelivered = new Counter({
    name: 'city_deliveries_failed_total',
    help: 'Messages that did not reach their recipient since the start, and why',
    labelNames: ['channel', 'reason'],
    registers,
  });
  const files = new Counter({
    name: 'city_open_data_files_total',
    help: 'Files of open data that were read, and how that ended',
    labelNames: ['file', 'ending'],
    registers,
  });
  const refusals = new Counter({
    name: 'city_budget_refused',
    help: 'What was refused since the start because a budget was used up: docs/budgets.md',
    labelNames: ['budget'],
    registers,
  });
  const misunderstood = new Counter({
    name: 'city_misunderstood_total',
    help: 'Conversations since the start in which two messages in a row were not understood, and at which question',
    labelNames: ['language', 'step'],
    registers,
  });
  const watched: WatchedChannel[] = [];
  addGauges(registry, options);
  addSelfAuditGauges(registry, options);
  addTextGauges(registry, options);
  addChannelGauges(registry, watched);
  return {
    observe: ((step, { count, channel, budget, reason, segments: cost = 0, ...about }) => {
      if (budget !== undefined) refusals.inc({ budget }, count);
      if (step === 'message.misunderstood') {
        const { language = '', question = 'none' } = about;
        misunderstood.inc({ language, step: question }, count);
      }
      steps.inc({ step, channel: channel ?? '' }, count);
      if (reason !== undefined) undelivered.inc({ channel: channel ?? '', reason }, count);
      if (cost > 0) {
        segments.inc({ direction: step.startsWith('message.') ? 'in' : 'out' }, cost);
      }
    }) satisfies Observe,
    /** Shows from now on what the channels tell of themselves. */
    watch: (channels: readonly WatchedChannel[]): void => {
      watched.push(...channels);
    },
    /** A file of open data was read, to whatever end. */
    fileRead: (file: string, ending: string) => files.inc({ file, ending }),
    /** The text format of Prometheus. */
    text: () => registry.metrics(),
  };
}

type WatchedChannel = {
  readonly name: string;
  readonly status?: () => {
    readonly webhooksRefused?: number;
    readonly unreadUpdates?: number;
  };
};

function addChannelGauges(registry: Registry, channels: readonly WatchedChannel[]): void {
  new Gauge({
    name: 'city_webhooks_refused',
    help: 'Requests since the start that claimed to be a provider’s and were not proven',
    labelNames: ['channel'],
    registers: [registry],
    collect() {
      for (const { name, status } of channels) {
        this.set({ channel: name }, status?.().webhooksRefused ?? 0);
      }
    },
  });
  new Gauge({
    name: 'city_unread_updates',
    help: 'What a provider told since the start that nobody can read',
    labelNames: ['channel'],
    registers: [registry],
    collect() {
      for (const { name, status } of channels) {
        this.set({ channel: name }, status?.().unreadUpdates ?? 0);
      }
    },
  });
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
      for (const { task, total, queued, sent, stopped } of read.broadcasts.progress()) {
        this.set({ task, state: 'total' }, total);
        this.set({ task, state: 'queued' }, queued);
        this.set({ task, state: 'sent' }, sent);
        this.set({ task, state: 'stopped' }, stopped);
      }
    },
  });
  new Gauge({
    name: 'city_broadcasts_braked',
    help: 'Broadcasts that halted themselves because too many people answered STOP',
    registers: [registry],
    collect() {
      this.set(read.broadcasts.braked());
    },
  });
  new Gauge({
    name: 'city_books_ok',
    help: 'Whether the books agree: 1, or 0 while they do not and credits are stopped',
    registers: [registry],
    collect() {
      this.set(read.books.isClosed() ? 0 : 1);
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

function addTextGauges(registry: Registry, { read, now, texts }: MetricsOptions): void {
  if (texts === undefined) return;
  const { dayOf, perDay } = texts;
  new Gauge({
    name: 'city_sms_segments_today',
    help: 'Segments that were given out for texts on this day of the city',
    registers: [registry],
    collect() {
      this.set(read.budgets.segmentsOn(dayOf(now())));
    },
  });
  new Gauge({
    name: 'city_sms_segments_limit',
    help: 'How many there are in a day',
    registers: [registry],
    collect() {
      this.set(perDay);
    },
  });
}

const together = (waiting: readonly { readonly count: number; readonly oldest: number }[]) => ({
  count: waiting.reduce((sum, { count }) => sum + count, 0),
  oldest: waiting.length === 0 ? null : Math.min(...waiting.map(({ oldest }) => oldest)),
});
