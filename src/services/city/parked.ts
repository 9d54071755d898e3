/** What was set aside: messages that could not be processed, and deliveries that were given up. */
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { isAdmin } from '../roles.ts';

/** `12` is a message that came in, `D34` a delivery that was to go out. */
export type ParkedId = { readonly kind: 'message' | 'delivery'; readonly id: number };

export type Parked = ParkedId & {
  readonly channel: string;
  /** Whose it is; undefined for a public place. */
  readonly address: string | undefined;
  /** When it was sent, or decided (ms). */
  readonly at: number;
  /** The name of the error, or why it did not reach. */
  readonly error: string;
};

/** What is done with one of them. */
export type ParkedAction = 'retry' | 'drop';

const UNKNOWN = 'unknown';

export const showParkedId = ({ kind, id }: ParkedId): string =>
  kind === 'message' ? String(id) : `D${id}`;

/** Reads `12`, `#12` or `D34`; undefined for anything else. */
export function readParkedId(text: string): ParkedId | undefined {
  const [, mark, digits] = /^#?(d?)(\d{1,15})$/i.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  return { kind: mark === '' ? 'message' : 'delivery', id: Number(digits) };
}

/** The first `limit` of each kind, and how many there are in all. Nobody's words are in it. */
export function seeParked({ tx, keys }: Pick<Context, 'tx' | 'keys'>, limit: number) {
  const { messages, deliveries, countMessages, countDeliveries } = tx.parked;
  type Row = Omit<ReturnType<typeof deliveries>[number], 'error'> & {
    readonly error: string | null;
  };
  const facts =
    (kind: Parked['kind']) =>
    ({ keyId, ciphertext, error, ...row }: Row): Parked => ({
      ...row,
      kind,
      address:
        keyId === null || ciphertext === null ? undefined : keys.open({ keyId, bytes: ciphertext }),
      error: error ?? UNKNOWN,
    });
  return {
    rows: [
      ...messages(limit).map(facts('message')),
      ...deliveries(limit).map(facts('delivery')),
    ] as readonly Parked[],
    total: countMessages() + countDeliveries(),
  };
}

/**
 * Takes one up again, once: a message counts as sent when it was sent, and its sender gets the
 * answer. Or lets it go: then nothing is kept of it but that it was there. False where there is none.
 */
export function settleParked(
  { tx, now }: Pick<Context, 'tx' | 'now'>,
  { kind, id }: ParkedId,
  action: ParkedAction,
): boolean {
  const { takeUp, letGo, sendAgain, dropDelivery } = tx.parked;
  if (action === 'drop') return kind === 'message' ? letGo(id, now) : dropDelivery(id);
  return kind === 'message' ? takeUp(id) : sendAgain(id, now);
}

/** `seeParked` for a person, who must be an admin. */
export function showParked(
  context: Context,
  personId: number,
  limit: number,
): Result<ReturnType<typeof seeParked>, Refusal<'not-admin'>> {
  return isAdmin(context, personId) ? ok(seeParked(context, limit)) : refuse('not-admin');
}

/** `settleParked` for a person, who must be an admin. */
export function replayParked(
  context: Context,
  personId: number,
  { action, ...parked }: ParkedId & { readonly action: ParkedAction },
): Result<undefined, Refusal<'not-admin' | 'parked-none'>> {
  if (!isAdmin(context, personId)) return refuse('not-admin');
  if (settleParked(context, parked, action)) return ok(undefined);
  return refuse('parked-none', { id: showParkedId(parked) });
}
