/** The accounts of the ledger, and what is in each: nothing but additions. */

type AccountKind = 'issuance' | 'person' | 'redeemed' | 'expired' | 'adjustment';

export type Account = {
  readonly kind: AccountKind;
  /** The record key of a partner, or the participant id of a person. */
  readonly holder: string;
};

const ACCOUNT = /^(?:(issuance|redeemed|person):([A-Za-z0-9._:~-]{1,512})|expired|adjustment)$/;

/** An account by its name; undefined for a name that no account has. */
export function parseAccount(name: string): Account | undefined {
  const [, kind, holder = ''] = ACCOUNT.exec(name) ?? [];
  if (kind !== undefined) return { kind: kind as AccountKind, holder };
  return name === 'expired' || name === 'adjustment' ? { kind: name, holder } : undefined;
}

/** Sums by account and kind of credit. */
export type Book = {
  /** The number of an account, from 0; a new one when it was not seen before. */
  readonly open: (name: string, creditKind: string) => number;
  readonly move: (from: number, to: number, amount: number) => void;
  readonly hold: (from: number, amount: number) => void;
  /** The credits that can be spent: credits less debits and holds. */
  readonly available: (account: number) => number;
  readonly accounts: () => Iterable<{
    readonly name: string;
    readonly creditKind: string;
    readonly posted: number;
    readonly held: number;
  }>;
};

export function createBook(): Book {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  const kinds: string[] = [];
  const posted: number[] = [];
  const held: number[] = [];
  const add = (sums: number[], account: number, amount: number): void => {
    sums[account] = (sums[account] as number) + amount;
  };
  return {
    open: (name, creditKind) => {
      const key = `${name} ${creditKind}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, names.length);
      names.push(name);
      kinds.push(creditKind);
      posted.push(0);
      held.push(0);
      return names.length - 1;
    },
    move: (from, to, amount) => {
      add(posted, from, -amount);
      add(posted, to, amount);
    },
    hold: (from, amount) => add(held, from, amount),
    available: (account) => (posted[account] as number) - (held[account] as number),
    *accounts() {
      for (const [at, name] of names.entries()) {
        yield {
          name,
          creditKind: kinds[at] as string,
          posted: posted[at] as number,
          held: held[at] as number,
        };
      }
    },
  };
}
