/** Writes down what became of deliveries: when they are sent, and when their channel reports later. */
import type {
  Channel,
  DeliveryReport,
  Inbox,
  SendError,
  SendOutcome,
} from '../channels/channel.ts';
import type { OwnPost } from '../conversation/message.ts';
import { type Clock, SECOND_MS } from '../lib/clock.ts';
import type { Observe } from '../lib/steps.ts';
import { storageFault } from '../lib/storage-fault.ts';
import type { Timers } from '../lib/timers.ts';
import type { Wait } from '../lib/wait.ts';
import type { DueDelivery } from '../store/outbox.ts';
import type { Store, Tx } from '../store/store.ts';
import { isTriedAgain, pauseAfter } from './backoff.ts';
import type { Moment } from './deliveries.ts';
import { addReply } from './deliveries.ts';
import { type Receipt, withReceipt } from './receipts.ts';
import { keepSent, type ResendParts, resend } from './resending.ts';

type Outcome = {
  readonly channel: Channel;
  readonly row: DueDelivery;
  readonly outcome: SendOutcome;
};
type Sent = Extract<SendOutcome, { readonly ok: true }>;

export type OutcomeParts = ResendParts & {
  readonly store: Store;
  readonly clock: Clock;
  /** A number from 0 to 1, to spread retries. */
  readonly chance: () => number;
  /** A task has a public post that others can point at. */
  readonly announced: (tx: Tx, taskId: number, post: OwnPost) => void;
};

/** How soon an outcome is written again that the disk did not take. */
const RETRY_MS = SECOND_MS;

type OutcomesParts = OutcomeParts & {
  readonly timers: Pick<Timers, 'soon'>;
  readonly wait: Wait;
  readonly failed: (error: unknown) => void;
};

export type Outcomes = OutcomesParts & {
  waiting: Outcome[];
  writing: Promise<void> | undefined;
  /** Aborts when nobody waits for outcomes any more. */
  readonly ending: AbortController;
};

export const createOutcomes = (parts: OutcomesParts): Outcomes => ({
  ...parts,
  waiting: [],
  ending: new AbortController(),
  writing: undefined,
});

/** Resolves once the outcome is on disk: those of one turn of the event loop are one commit. */
export function record(outcomes: Outcomes, outcome: Outcome): Promise<void> {
  outcomes.waiting.push(outcome);
  outcomes.writing ??= new Promise((resolve, reject) => {
    outcomes.timers.soon(() => {
      const { waiting } = outcomes;
      outcomes.waiting = [];
      outcomes.writing = undefined;
      keep(outcomes, waiting).then(resolve, reject);
    });
  });
  return outcomes.writing;
}

/** What was sent is not forgotten because the disk is full: it would be sent a second time. */
async function keep(outcomes: Outcomes, waiting: readonly Outcome[]): Promise<void> {
  const { store, failed, wait, ending } = outcomes;
  for (;;) {
    try {
      return await store.commit((tx) => write(outcomes, tx, waiting));
    } catch (error) {
      if (storageFault(error) === undefined || ending.signal.aborted) throw error;
      failed(error);
      await wait(RETRY_MS, ending.signal);
    }
  }
}

function write(parts: OutcomeParts, tx: Tx, outcomes: readonly Outcome[]): void {
  const at = { tx, now: parts.clock.now() };
  const sent = outcomes.flatMap(({ row, outcome }) =>
    outcome.ok
      ? [{ id: row.id, providerId: outcome.providerId, segments: outcome.segments ?? null }]
      : [],
  );
  if (sent.length > 0) tx.outbox.markSent(sent, at.now);
  for (const { channel, row, outcome } of outcomes) {
    if (!outcome.ok) {
      writeFailure(at, row, { error: outcome.error, chance: parts.chance() });
      continue;
    }
    if (row.kind === 'announcement') writeAnnounced(parts, at, { channel, row, sent: outcome });
    if (channel.reportsDelivery === true) keepSent(parts, at, row);
    tellPlace(at, row, 'sent');
  }
}

function writeFailure(
  at: Moment,
  row: DueDelivery,
  { error, chance }: { readonly error: SendError; readonly chance: number },
): void {
  const { kind, detail, isUntried } = error;
  const attempts = row.attempts + (isUntried === true ? 0 : 1);
  const isAgain = isTriedAgain(error, attempts);
  at.tx.outbox.markFailed(row.id, {
    state: isAgain ? 'pending' : 'dead',
    reason: isAgain ? null : kind,
    notBefore: at.now + pauseAfter(error, attempts, chance),
    error: `${kind}: ${detail}`,
    isTried: isUntried !== true,
  });
  if (kind === 'closed') tellPlace(at, row, 'closed');
  if (row.identityId !== null) giveUpAddress(at, row.identityId, kind);
}

/** Drops what waits for an address whose person opted out, or which cannot be reached. */
function giveUpAddress(
  { tx, now }: Moment,
  identityId: number,
  why: SendError['kind'] | undefined,
): void {
  if (why !== 'stopped' && why !== 'unreachable') return;
  if (why === 'stopped') tx.identities.setStopped(identityId, now);
  else tx.identities.setUnreachable(identityId, now);
  tx.outbox.silence(identityId, why);
}

/** Says in public what is to be said there once a private answer was sent, or could not be. */
function tellPlace(at: Moment, row: DueDelivery, ending: 'sent' | 'closed'): void {
  const { afterwards } = row.body;
  const reply = afterwards?.[ending];
  if (afterwards === undefined || reply == null) return;
  const { place, thread } = afterwards;
  addReply(at, { ...row, place, thread }, reply);
}

/** Remembers the ids by which people reply to an announcement, and the post that it became. */
function writeAnnounced(
  parts: OutcomeParts,
  { tx }: Moment,
  { channel, row, sent }: { channel: Channel; row: DueDelivery; sent: Sent },
): void {
  if (row.taskId === null || sent.providerId === null) return;
  const shown = channel.canUpdate === true ? '' : null;
  const announcement = { channel: row.channel, taskId: row.taskId };
  tx.announcements.add({ ...announcement, externalId: sent.providerId, shown });
  for (const externalId of sent.alsoIds ?? []) {
    tx.announcements.add({ ...announcement, externalId, shown: null });
  }
  if (sent.post !== undefined) parts.announced(tx, row.taskId, sent.post);
}

const receiptOf = ({ state, why }: DeliveryReport): Receipt =>
  state === 'delivered' ? { state } : { state, reason: why ?? 'unknown' };

/**
 * Takes in what channels report about messages that they took over: delivered, or failed after all.
 * `wake` is told when something new is in the outbox.
 */
export const createReport =
  (parts: OutcomeParts & { readonly observe: Observe }, wake: () => void): Inbox['report'] =>
  async (report) => {
    const { channel, providerId, why } = report;
    let isAgain = false;
    let failedFor: string | undefined;
    const isKnown = await parts.store.commit((tx) => {
      const delivery = tx.outbox.byProviderId(channel, providerId);
      if (delivery === undefined) return false;
      const next = withReceipt(delivery, receiptOf(report));
      if (next.state === delivery.state && next.reason === delivery.reason) return true;
      tx.outbox.setStanding(delivery.id, next);
      const isNews = next.state !== delivery.state;
      failedFor = isNews && next.state === 'failed' ? (next.reason ?? undefined) : undefined;
      const { id, identityId, createdAt } = delivery;
      if (identityId === null) return true;
      const now = parts.clock.now();
      if (failedFor !== undefined && why === 'retry') {
        isAgain = resend(parts, { tx, now }, { id, identityId, channel });
      }
      tx.sent.forget(identityId, id);
      // Whoever has said START since the message was made did not opt out of what comes now.
      const isOver = why === 'stopped' && tx.consents.hasAgreedSince(identityId, createdAt);
      if (!isOver) giveUpAddress({ tx, now }, identityId, why);
      return true;
    });
    if (failedFor !== undefined) {
      parts.observe('delivery.failed', { count: 1, channel, reason: failedFor });
    }
    if (isAgain) wake();
    return isKnown;
  };
