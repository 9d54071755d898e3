/** Writes down what became of deliveries: those of one turn of the event loop in one commit. */
import type { SendError, SendOutcome } from '../channels/channel.ts';
import type { ChannelName, OwnPost } from '../conversation/message.ts';
import { type Clock, SECOND_MS } from '../lib/clock.ts';
import type { DueDelivery } from '../store/outbox.ts';
import type { Store, Tx } from '../store/store.ts';
import { ATTEMPTS_MAX, pauseAfter } from './backoff.ts';
import { addReply, type DeliveryBody } from './deliveries.ts';
import type { SentAgain } from './sent-again.ts';

type Outcome = { readonly row: DueDelivery; readonly outcome: SendOutcome };
type Sent = Extract<SendOutcome, { readonly ok: true }>;

/** For what was not even tried, where the channel does not say how long to wait. */
const UNTRIED_PAUSE_MS = SECOND_MS;

/** Tried again, or given up: what cannot succeed is not repeated. */
export const stateAfter = ({ kind }: SendError, attempts: number): 'pending' | 'dead' =>
  (kind === 'retry' || kind === 'misconfigured') && attempts < ATTEMPTS_MAX ? 'pending' : 'dead';

/** What it gives resolves once the outcome is on disk. */
export function createOutcomes(options: {
  readonly store: Store;
  readonly clock: Clock;
  /** A number from 0 to 1, to spread retries. */
  readonly chance: () => number;
  /** Can what was announced on this channel be changed afterwards? */
  readonly canUpdate: (channel: ChannelName) => boolean;
  /** Does this channel tell later whether what it took over was delivered? */
  readonly reportsDelivery: (channel: ChannelName) => boolean;
  readonly sentAgain: Pick<SentAgain, 'keep'>;
  /** A task has a public post that others can point at. */
  readonly announced: (tx: Tx, taskId: number, post: OwnPost, now: number) => void;
}): (row: DueDelivery, outcome: SendOutcome) => Promise<void> {
  const { store, clock } = options;
  let waiting: Outcome[] = [];
  let writing: Promise<void> | undefined;

  const writeFailure = (tx: Tx, row: DueDelivery, error: SendError, now: number): void => {
    const isTried = error.isUntried !== true;
    const attempts = row.attempts + (isTried ? 1 : 0);
    const pause = isTried
      ? pauseAfter(attempts, options.chance(), error.retryAfterMs)
      : (error.retryAfterMs ?? UNTRIED_PAUSE_MS);
    const detail = `${error.kind}: ${error.detail}`;
    tx.outbox.markFailed(row.id, stateAfter(error, attempts), now + pause, detail, isTried);
    if (error.kind === 'closed') goOn(tx, row, 'closed', now);
    if (row.identityId === null) return;
    if (error.kind === 'stopped') tx.people.setStopped(row.identityId, now);
    if (error.kind === 'unreachable') tx.people.setUnreachable(row.identityId, now);
    if (error.kind === 'stopped' || error.kind === 'unreachable') {
      tx.outbox.silence(row.identityId);
    }
  };

  /** What is to be said in public once it is known what became of a private answer. */
  const goOn = (tx: Tx, row: DueDelivery, ending: 'sent' | 'closed', now: number): void => {
    const { afterwards } = JSON.parse(row.body ?? '{}') as Partial<DeliveryBody>;
    const said = afterwards?.[ending];
    if (afterwards === undefined || said == null) return;
    const { place, thread } = afterwards;
    addReply({ tx, now }, { ...row, place, thread }, said);
  };

  const writeAnnounced = (tx: Tx, row: DueDelivery, sent: Sent, now: number): void => {
    if (row.kind !== 'announcement' || row.taskId === null || sent.providerId === null) return;
    const canUpdate = options.canUpdate(row.channel as ChannelName);
    tx.tasks.addAnnouncement(row.channel, sent.providerId, row.taskId, canUpdate ? '' : null);
    for (const id of sent.alsoIds ?? [])
      tx.tasks.addAnnouncement(row.channel, id, row.taskId, null);
    if (sent.post !== undefined) options.announced(tx, row.taskId, sent.post, now);
  };

  const write = (tx: Tx, outcomes: readonly Outcome[]): void => {
    const now = clock.now();
    const sent = outcomes.flatMap(({ row, outcome }) =>
      outcome.ok
        ? [{ id: row.id, providerId: outcome.providerId, segments: outcome.segments ?? null }]
        : [],
    );
    if (sent.length > 0) tx.outbox.markSent(sent, now);
    for (const { row, outcome } of outcomes) {
      if (!outcome.ok) {
        writeFailure(tx, row, outcome.error, now);
        continue;
      }
      writeAnnounced(tx, row, outcome, now);
      if (options.reportsDelivery(row.channel as ChannelName)) options.sentAgain.keep(tx, row, now);
      goOn(tx, row, 'sent', now);
    }
  };

  return (row, outcome) => {
    waiting.push({ row, outcome });
    writing ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const outcomes = waiting;
        waiting = [];
        writing = undefined;
        store.commit((tx) => write(tx, outcomes)).then(resolve, reject);
      });
    });
    return writing;
  };
}
