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

/** What is in an account of one kind of credit. */
type Sums = { readonly name: string; readonly creditKind: string; posted: number; held: number };

export type Book = ReturnType<typeof createBook>;

/** Sums by account and kind of credit. */
export function createBook() {
  const numbers = new Map<string, number>();
  const accounts: Sums[] = [];
  const at = (account: number): Sums => accounts[account] as Sums;
  return {
    accounts: accounts as readonly Readonly<Sums>[],
    /** The number of an account, from 0; a new one when it was not seen before. */
    open: (name: string, creditKind: string): number => {
      const key = `${name} ${creditKind}`;
      const number = numbers.get(key) ?? accounts.length;
      if (number < accounts.length) return number;
      numbers.set(key, number);
      accounts.push({ name, creditKind, posted: 0, held: 0 });
      return number;
    },
    move: (from: number, to: number, amount: number): void => {
      at(from).posted -= amount;
      at(to).posted += amount;
    },
    hold: (from: number, amount: number): void => {
      at(from).held += amount;
    },
    /** The credits that can be spent: credits less debits and holds. */
    available: (account: number): number => at(account).posted - at(account).held,
  };
}
