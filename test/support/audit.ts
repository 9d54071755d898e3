// What the public records of a city say about its credits, worked out from the records alone: this
// file knows the lexicons and nothing of the program.
import type { PublicRecord } from './repository.ts';

type Ref = { readonly uri: string; readonly cid: string };

type Transfer = {
  readonly position: number;
  readonly previous?: string;
  readonly kind: 'posted' | 'pending' | 'post' | 'void';
  readonly code: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: number;
  readonly resolves?: Ref;
  readonly reference?: Ref;
  readonly timeUs: number;
};

export type Balance = { readonly posted: number; readonly held: number };

/**
 * Follows the chain of transfers and adds up every account. Throws at the first link that is
 * missing or double, out of order, not what the link after it names, or takes a person below zero.
 */
export function auditTransfers(records: readonly PublicRecord[]) {
  const chain = records
    .map(({ uri, cid, value }) => ({ uri, cid, ...(value as unknown as Transfer) }))
    .toSorted((one, other) => one.position - other.position);
  const balances = new Map<string, { posted: number; held: number }>();
  const open = new Map<string, (typeof chain)[number]>();
  const balanceOf = (name: string) => {
    const known = balances.get(name) ?? { posted: 0, held: 0 };
    balances.set(name, known);
    return known;
  };

  for (const [index, link] of chain.entries()) {
    const before = chain[index - 1];
    const fail = (why: string): never => {
      throw new Error(`Transfer ${link.position} (${link.code}): ${why}`);
    };
    if (link.position !== index + 1) fail('its position is missing or double');
    if (link.previous !== before?.cid) fail('it does not name the one before');
    if (before !== undefined && link.timeUs <= before.timeUs) fail('it is not later');
    if (!Number.isSafeInteger(link.amount) || link.amount <= 0) fail('that is no amount');
    const from = balanceOf(link.debit);
    const to = balanceOf(link.credit);
    if (link.kind === 'post' || link.kind === 'void') {
      const hold = open.get(link.resolves?.uri ?? '');
      if (hold === undefined || hold.cid !== link.resolves?.cid) {
        throw fail('it resolves nothing');
      }
      if (hold.amount !== link.amount) fail('it resolves another amount');
      if (hold.debit !== link.debit || hold.credit !== link.credit) fail('it changes accounts');
      open.delete(hold.uri);
      from.held -= link.amount;
    }
    if (link.kind === 'pending') {
      open.set(link.uri, link);
      from.held += link.amount;
    } else if (link.kind !== 'void') {
      from.posted -= link.amount;
      to.posted += link.amount;
    }
    if (link.debit.startsWith('person:') && from.posted - from.held < 0) fail('it overdraws');
  }

  const all = [...balances.values()];
  if (all.reduce((sum, { posted }) => sum + posted, 0) !== 0) throw new Error('It does not add up');
  return {
    chain,
    /** The holds that nobody has resolved. */
    open: [...open.keys()],
    balance: (name: string): Balance => balances.get(name) ?? { posted: 0, held: 0 },
    names: [...balances.keys()].toSorted(),
  };
}

/** Every strong reference in the records, with the record that makes it. */
export function referencesIn(records: readonly PublicRecord[]) {
  const found: { readonly in: string; readonly ref: Ref }[] = [];
  const look = (uri: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('uri' in value && 'cid' in value) found.push({ in: uri, ref: value as Ref });
    for (const part of Object.values(value)) look(uri, part);
  };
  for (const { uri, value } of records) look(uri, value);
  return found;
}
