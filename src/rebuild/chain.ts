/** From the chain of transfers to the ledger, the holds behind codes, and what each issuer issued. */
import { dayOf } from '../domain/calendar.ts';
import type { Random } from '../lib/random.ts';
import { fieldsOf, rkeyOf, type SourceRecord } from './fields.ts';

type Row = readonly (string | number | null)[];

const KIND = { posted: 'posted', pending: 'pending', post: 'post', void: 'void' } as const;
const CODE = {
  issue: 'issue',
  hold: 'hold',
  burn: 'burn',
  release: 'release',
  expire: 'expire',
  adjust: 'adjust',
} as const;
const US_PER_MS = 1000;
const LOOKUP_BYTES = 32;
const SEED_BYTES = 16;

/** What one transfer brings, in the order of values of `restore.ts`. */
type Link = {
  readonly accounts: readonly Row[];
  readonly transfer: Row;
  readonly redemption?: Row;
  readonly resolution?: Row;
};

/** An epoch as its record tells it; times in ms, the end not in it. */
export type EpochFacts = {
  readonly name: string;
  readonly startsAt: number;
  readonly endsAt: number;
};

export type Chain = {
  /** Takes the transfers in their order. */
  readonly follow: (record: SourceRecord) => Link;
  /** What was issued: by epoch, then by issuer (record key). */
  readonly issued: () => ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Credits on hold that nothing has resolved. */
  readonly open: () => number;
};

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Whose account it is: a partner's record key or a participant id. */
const holderOf = (account: string): string => account.slice(account.indexOf(':') + 1);

const accountRow = (name: string, creditKind: string): Row => [
  name,
  name.split(':')[0] ?? name,
  creditKind,
];

export function createChain(options: {
  readonly did: string;
  readonly timeZone: string;
  readonly epochs: readonly EpochFacts[];
  readonly random: Random;
}): Chain {
  const { did, timeZone, epochs, random } = options;
  /** Holds that nothing has resolved yet, by the keys of their records. */
  const open = new Map<string, number>();
  const issued = new Map<string, Map<string, number>>();
  let holds = 0;

  const countIssued = (at: number, issuer: string, amount: number): void => {
    const name = epochs.find(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)?.name;
    if (name === undefined) return;
    const sums = issued.get(name) ?? new Map<string, number>();
    issued.set(name, sums.set(issuer, (sums.get(issuer) ?? 0) + amount));
  };

  return {
    follow: (record) => {
      const { text, whole, word, ref, maybe } = fieldsOf(did, record);
      const position = whole('position');
      const kind = word('kind', KIND);
      const code = word('code', CODE);
      const debit = text('debit');
      const credit = text('credit');
      const creditKind = text('creditKind');
      const amount = whole('amount');
      const timeUs = whole('timeUs');
      const at = Math.floor(timeUs / US_PER_MS);
      const resolved = maybe(ref, 'resolves');
      const hold = resolved === null ? undefined : open.get(resolved);
      const { uri: reference } = (record.value['reference'] ?? {}) as { readonly uri?: string };
      const transfer = (id: string | null, resolves: string | null): Row => [
        position,
        id,
        kind,
        debit,
        credit,
        creditKind,
        amount,
        resolves,
        code,
        reference ?? null,
        timeUs,
        record.cid,
        maybe(text, 'previous'),
        code === 'issue' && reference !== undefined ? rkeyOf(reference) : null,
      ];
      const accounts = [accountRow(debit, creditKind), accountRow(credit, creditKind)];

      if (code === 'issue') {
        countIssued(at, holderOf(debit), amount);
        return { accounts, transfer: transfer(null, null) };
      }
      if (code === 'hold' && kind === 'pending') {
        holds += 1;
        open.set(record.rkey, holds);
        return {
          accounts,
          transfer: transfer(`hold:${holds}`, null),
          // Without a backup nobody has the code, so the credits go back at once.
          redemption: [
            holds,
            reference === undefined ? null : rkeyOf(reference),
            holderOf(credit),
            holderOf(debit),
            amount,
            hex(random.bytes(LOOKUP_BYTES)),
            hex(random.bytes(SEED_BYTES)),
            dayOf(at, timeZone),
            at,
          ],
        };
      }
      if (resolved !== null && hold !== undefined) {
        open.delete(resolved);
        const state = kind === 'post' ? 'honored' : 'released';
        return {
          accounts,
          transfer: transfer(`${kind === 'post' ? 'burn' : 'release'}:${hold}`, `hold:${hold}`),
          resolution: [hold, state, at],
        };
      }
      return { accounts, transfer: transfer(`${code}:${position}`, resolved) };
    },
    issued: () => issued,
    open: () => open.size,
  };
}
