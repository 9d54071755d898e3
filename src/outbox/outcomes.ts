/** Writes down what became of deliveries: when they are sent, and when their channel reports later. */
import type { Channel, Inbox, SendError, SendOutcome } from '../channels/channel.ts';
import type { OwnPost } from '../conversation/message.ts';
import type { Clock } from '../lib/clock.ts';
import type { DeliveryState, DueDelivery } from '../store/outbox.ts';
import type { Store, Tx } from '../store/store.ts';
import { isTriedAgain, pauseAfter } from './backoff.ts';
import type { Moment } from './deliveries.ts';
import { addReply } from './deliveries.ts';
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

export type Outcomes = OutcomeParts & {
  waiting: Outcome[];
  writing: Promise<void> | undefined;
};

export const createOutcomes = (parts: OutcomeParts): Outcomes => ({
  ...parts,
  waiting: [],
  writing: undefined,
});

/** Resolves once the outcome is on disk: those of one turn of the event loop are one commit. */
export function record(outcomes: Outcomes, outcome: Outcome): Promise<void> {
  outcomes.waiting.push(outcome);
  outcomes.writing ??= new Promise((resolve, reject) => {
    setImmediate(() => {
      const { waiting, store } = outcomes;
      outcomes.waiting = [];
      outcomes.writing = undefined;
      store.commit((tx) => write(outcomes, tx, waiting)).then(resolve, reject);
    });
  });
  return outcomes.writing;
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
  at.tx.outbox.markFailed(row.id, {
    state: isTriedAgain(error, attempts) ? 'pending' : 'dead',
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
  tx.outbox.silence(identityId);
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

/** The states of a delivery only move forward, whatever order reports come in. */
const ORDER: Readonly<Record<DeliveryState, number>> = {
  pending: 0,
  leased: 1,
  sent: 2,
  failed: 3,
  delivered: 4,
  dead: 4,
};

/** The state after a report: the later of the two. A late `failed` does not undo `delivered`. */
const advance = (current: DeliveryState, reported: DeliveryState): DeliveryState =>
  ORDER[reported] > ORDER[current] ? reported : current;

/**
 * Takes in what channels report about messages that they took over: delivered, or failed after all.
 * `wake` is told when something new is in the outbox.
 */
export const createReport =
  (parts: OutcomeParts, wake: () => void): Inbox['report'] =>
  async ({ channel, providerId, state, why }) => {
    let isAgain = false;
    const isKnown = await parts.store.commit((tx) => {
      const delivery = tx.outbox.byProviderId(channel, providerId);
      if (delivery === undefined) return false;
      const next = advance(delivery.state, state);
      if (next === delivery.state) return true;
      tx.outbox.setState(delivery.id, next);
      const { id, identityId } = delivery;
      if (identityId === null) return true;
      const now = parts.clock.now();
      if (next === 'failed' && why === 'retry') {
        isAgain = resend(parts, { tx, now }, { id, identityId, channel });
      }
      tx.sent.forget(identityId, id);
      giveUpAddress({ tx, now }, identityId, why);
      return true;
    });
    if (isAgain) wake();
    return isKnown;
  };
