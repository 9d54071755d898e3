/** Sends one message at a time over a channel, and waits for its answer only so long. */
import type { Channel, Delivery, SendError, SendOutcome } from '../channels/channel.ts';
import { type Clock, MINUTE_MS } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { Wait } from '../lib/wait.ts';
import type { DueDelivery } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';

/** How much may be on its way over one channel. */
export type Sending = {
  /** To so many recipients at once. */
  readonly atOnceMax: number;
  /** A send that takes longer (ms) counts as lost and is tried again. */
  readonly msMax: number;
};

/** Where there are as many connections as ever, so that no request waits for a place. */
export const SENDING: Sending = { atOnceMax: 1024, msMax: MINUTE_MS };

const SILENT: SendError = { kind: 'retry', detail: 'the channel did not answer' };
const BROKEN: SendError = { kind: 'retry', detail: 'the channel broke down' };
/** Aborting for a given reason spares the making of an error for every message. */
const OVER = 'over';

export type SenderParts = {
  readonly store: Store;
  readonly keys: Pick<Keys, 'open' | 'openText'>;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly failed: (error: unknown) => void;
  /** As much as on a machine where it is left out. */
  readonly sending?: Sending;
};

export type Sender = Required<SenderParts> & {
  readonly channel: Channel;
  /** Opening a sealed address costs more than the rest of a delivery. */
  readonly addresses: Map<number, string>;
  /** When (`elapsed`, ms) each recipient may get the next message, where the channel wants a pause. */
  readonly nextAt: Map<number | null, number>;
  /** The waits under way; the end of the program ends them. */
  readonly waits: Set<AbortController>;
  isEnded: boolean;
};

export async function send(sender: Sender, row: DueDelivery): Promise<SendOutcome> {
  const delivery = buildDelivery(sender, row);
  if (sender.isEnded) return { ok: false, error: SILENT };
  const answer = sender.channel.send(delivery).catch((error: unknown): SendOutcome => {
    sender.failed(error);
    return { ok: false, error: BROKEN };
  });
  const timeout = new AbortController();
  const silence = waitFor(sender, sender.sending.msMax, timeout).then(
    (): SendOutcome => ({ ok: false, error: SILENT }),
  );
  const outcome = await Promise.race([answer, silence]);
  timeout.abort(OVER);
  return outcome;
}

/** Ends every wait: what has not been sent by now is left to the next start. */
export function endSending(sender: Sender): void {
  sender.isEnded = true;
  for (const one of sender.waits) one.abort(OVER);
}

async function waitFor(sender: Sender, ms: number, controller: AbortController): Promise<void> {
  sender.waits.add(controller);
  await sender.wait(ms, controller.signal);
  sender.waits.delete(controller);
}

/** Waits until the recipient may get one more; whether that took any time. */
export async function pauseBetween(
  sender: Sender,
  { identityId }: Pick<DueDelivery, 'identityId'>,
): Promise<boolean> {
  const { channel, clock, nextAt } = sender;
  if (channel.betweenMs === undefined) return false;
  const pauseMs = (nextAt.get(identityId) ?? Number.NEGATIVE_INFINITY) - clock.elapsed();
  if (pauseMs > 0) await waitFor(sender, pauseMs, new AbortController());
  nextAt.set(identityId, clock.elapsed() + channel.betweenMs);
  return pauseMs > 0;
}

function buildDelivery(sender: Sender, row: DueDelivery): Delivery {
  const announced =
    row.kind === 'update' && row.taskId !== null
      ? (sender.store.read.announcements.toUpdate(sender.channel.name, row.taskId) ?? null)
      : null;
  const {
    afterwards: _afterwards,
    sentAgain: _sentAgain,
    redemption: _redemption,
    ...reply
  } = row.body;
  return {
    id: row.id,
    to: openAddress(sender, row),
    reply,
    kind: row.kind,
    place: row.place === null ? null : sender.keys.openText(row.place),
    taskId: row.taskId,
    announced,
    attempt: row.attempts + 1,
    createdAt: row.createdAt,
  };
}

function openAddress({ addresses, keys }: Sender, row: DueDelivery): string | null {
  if (row.identityId === null || row.ciphertext === null || row.keyId === null) return null;
  const known = addresses.get(row.identityId);
  if (known !== undefined) return known;
  const address = keys.open({ keyId: row.keyId, bytes: row.ciphertext });
  addresses.set(row.identityId, address);
  return address;
}
