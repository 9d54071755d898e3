/** Follows the chain of transfers: the ledger, the holds behind codes, and what each issuer issued. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { dayOf } from '../domain/calendar.ts';
import { UNDO_MS_MAX } from '../domain/undo.ts';
import { US_PER_MS } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { fieldsOf, rkeyOf, type SourceRecord, uriIn } from './fields.ts';
import type { Row } from './filler.ts';

const KINDS = ['posted', 'pending', 'post', 'void'] as const;
const CODES = ['issue', 'hold', 'burn', 'release', 'expire', 'adjust'] as const;
const LOOKUP_BYTES = 32;
const SEED_BYTES = 16;

/** One transfer brings these, in the order of values of `restore.ts`. */
type Link = {
  readonly accounts: readonly Row[];
  readonly transfer: Row;
  readonly redemption?: Row;
  readonly resolution?: Row;
};

/** An epoch as its record tells it; times in ms, the end not in it. */
type EpochFacts = {
  readonly name: string;
  readonly startsAt: number;
  readonly endsAt: number;
};

export type Chain = {
  readonly did: string;
  readonly timeZone: string;
  readonly epochs: readonly EpochFacts[];
  readonly random: Random;
  /** The numbers of holds that nothing has resolved yet, by the keys of their records. */
  readonly open: Map<string, number>;
  /** Credits that were issued: by epoch, then by issuer (record key). */
  readonly issued: Map<string, Map<string, number>>;
  /** The numbers of holds whose credits went back, by the keys of their records. */
  readonly released: Map<string, number>;
  /** The holds that were burned in the last minutes, by the keys of the burns, oldest first. */
  readonly burned: Map<string, { readonly hold: number; readonly at: number }>;
  holds: number;
};

/** Takes the next transfer of the chain. */
export function follow(chain: Chain, record: SourceRecord): Link {
  const facts = factsOf(chain.did, record);
  const { kind, code, creditKind, debit, credit, position, resolves } = facts;
  const accounts = [debit, credit].map((name) => [name, name.split(':')[0] ?? name, creditKind]);
  const transfer = (id: string | null, resolved: string | null): Row => [
    ...[position, id, kind, debit, credit, creditKind, facts.amount, resolved, code],
    ...[facts.reference, facts.timeUs, record.cid, facts.previous],
    code === 'issue' ? facts.referenceKey : null,
  ];
  if (code === 'issue') {
    countIssued(chain, facts);
    return { accounts, transfer: transfer(null, null) };
  }
  if (code === 'hold' && kind === 'pending') {
    chain.holds += 1;
    chain.open.set(record.rkey, chain.holds);
    const redemption = redemptionRow(chain, facts);
    return { accounts, transfer: transfer(`hold:${chain.holds}`, null), redemption };
  }
  const undone = facts.isUndo ? chain.burned.get(facts.referenceKey ?? '') : undefined;
  if (undone !== undefined) {
    return {
      accounts,
      transfer: transfer(`${code}:${position}`, null),
      resolution: [undone.hold, 'undone', undone.at],
    };
  }
  const late = code === 'burn' && kind === 'posted' ? facts.referenceKey : null;
  const burned = late === null ? undefined : chain.released.get(late);
  if (burned !== undefined) {
    remember(chain, record.rkey, { hold: burned, at: facts.at });
    return {
      accounts,
      transfer: transfer(`late-burn:${burned}`, null),
      resolution: [burned, 'honored', facts.at],
    };
  }
  const hold = resolves === null ? undefined : chain.open.get(resolves);
  if (resolves === null || hold === undefined) {
    return { accounts, transfer: transfer(`${code}:${position}`, resolves) };
  }
  chain.open.delete(resolves);
  if (kind === 'void') chain.released.set(resolves, hold);
  else remember(chain, record.rkey, { hold, at: facts.at });
  const [name, state] = kind === 'post' ? ['burn', 'honored'] : ['release', 'released'];
  return {
    accounts,
    transfer: transfer(`${name}:${hold}`, `hold:${hold}`),
    resolution: [hold, state, facts.at],
  };
}

/** Remembers a burn for as long as it can be undone. */
function remember(
  { burned }: Chain,
  rkey: string,
  burn: { readonly hold: number; readonly at: number },
): void {
  for (const [key, { at }] of burned) {
    if (burn.at - at <= UNDO_MS_MAX) break;
    burned.delete(key);
  }
  burned.set(rkey, burn);
}

type Facts = ReturnType<typeof factsOf>;

function factsOf(did: string, record: SourceRecord) {
  const { text, whole, word, ref, maybe } = fieldsOf(did, record);
  const timeUs = whole('timeUs');
  const reference = uriIn(record.value['reference']);
  return {
    position: whole('position'),
    kind: word('kind', KINDS),
    code: word('code', CODES),
    debit: text('debit'),
    credit: text('credit'),
    creditKind: text('creditKind'),
    amount: whole('amount'),
    timeUs,
    /** The time in ms. */
    at: Math.floor(timeUs / US_PER_MS),
    resolves: maybe(ref, 'resolves'),
    reference: reference ?? null,
    referenceKey: reference === undefined ? null : rkeyOf(reference),
    previous: maybe(text, 'previous'),
    /** It takes a confirmation back. */
    isUndo: typeof record.value['undoneBy'] === 'string',
  };
}

function countIssued({ epochs, issued }: Chain, { at, debit, amount }: Facts): void {
  const name = epochs.find(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)?.name;
  if (name === undefined) return;
  const sums = issued.get(name) ?? new Map<string, number>();
  const issuer = holderOf(debit);
  issued.set(name, sums.set(issuer, (sums.get(issuer) ?? 0) + amount));
}

/** Without a backup nobody has the code of a hold, so the credits go back at once. */
const redemptionRow = ({ holds, random, timeZone }: Chain, facts: Facts): Row => [
  ...[holds, facts.referenceKey, holderOf(facts.credit), holderOf(facts.debit), facts.amount],
  ...[bytesToHex(random.bytes(LOOKUP_BYTES)), bytesToHex(random.bytes(SEED_BYTES))],
  ...[dayOf(facts.at, timeZone), facts.at],
];

/** The holder of an account: a partner's record key or a participant id. */
const holderOf = (account: string): string => account.slice(account.indexOf(':') + 1);
