/**
 * The books: what the links of the chain add up to, by an arithmetic apart from the database's own.
 * Source: architecture.md, The ledger.
 */
import type { Balances, TransferCode, TransferKind } from './ledger.ts';

/** A transfer as the ledger has it. The names are null for an account that is not there. */
export type Link = {
  readonly position: number;
  readonly kind: TransferKind;
  readonly code: TransferCode;
  readonly amount: number;
  readonly timeUs: number;
  readonly cid: string;
  readonly previousCid: string | null;
  readonly debitAccountId: number;
  readonly creditAccountId: number;
  readonly debit: string | null;
  readonly credit: string | null;
  readonly creditKind: string | null;
};

/** The same transfer as its public record has it. */
export type Written = {
  readonly cid: string;
  readonly value: Readonly<Record<string, unknown>>;
};

/** Where a part of the chain ends; the CID is null before the first link, undefined if not known. */
export type ChainEnd = {
  readonly position: number;
  readonly cid: string | null | undefined;
  readonly timeUs: number;
};

export const CHAIN_START: ChainEnd = { position: 0, cid: null, timeUs: 0 };

/** The sums of one kind of credit: what came and went by the codes, and what people have. */
export type KindSums = {
  readonly issued: number;
  readonly burned: number;
  readonly expired: number;
  readonly adjusted: number;
  readonly people: number;
  readonly held: number;
};

/** The two balances of an account that are not the same. */
export type WrongBalance = {
  readonly account: string;
  readonly creditKind: string;
  readonly stored: Balances;
  readonly chain: Balances;
};

/** Something that does not agree, in a sentence for whoever runs the city. */
export type BookFault = {
  readonly sentence: string;
  /** The link of the chain that it is about, or the first of those up to `upTo`. */
  readonly position?: number;
  readonly upTo?: number;
  /** The accounts that it is of. */
  readonly accounts?: readonly string[];
  readonly balance?: WrongBalance;
};

/** So many are told; a broken chain could make a fault of each of its links. */
const FAULTS_MAX = 1000;

const SUMS = ['debitsPosted', 'debitsPending', 'creditsPosted', 'creditsPending'] as const;
const NO_BALANCES: Balances = {
  debitsPosted: 0,
  debitsPending: 0,
  creditsPosted: 0,
  creditsPending: 0,
};
const NO_SUMS: KindSums = { issued: 0, burned: 0, expired: 0, adjusted: 0, people: 0, held: 0 };

export type Reckoning = ReturnType<typeof createReckoning>;

/** Follows the chain link by link from an end that is known, and adds up what it moves. */
export function createReckoning(from: ChainEnd) {
  const faults: BookFault[] = [];
  const balances = new Map<number, Balances>();
  const sums = new Map<string, KindSums>();
  let end = from;

  const fail = (fault: BookFault): void => {
    if (faults.length < FAULTS_MAX) faults.push(fault);
  };
  const add = (accountId: number, change: Partial<Balances>): void => {
    const sum = balances.get(accountId) ?? NO_BALANCES;
    balances.set(accountId, added(sum, change));
  };
  return {
    ...{ faults, balances, sums },
    end: (): ChainEnd => end,
    fail,
    /** The link that the end was taken from has to be there still, as it was. */
    confirm: (link: Link | undefined): void => {
      const isSame =
        link?.position === end.position && (end.cid === undefined || link.cid === end.cid);
      if (!isSame) {
        fail({
          sentence: `Transfer #${end.position} is not there any more as it was.`,
          position: end.position,
        });
      } else if (link !== undefined) {
        end = { position: link.position, cid: link.cid, timeUs: link.timeUs };
      }
    },
    /** Takes the next link, with its public record. */
    take: (link: Link, written: Written | undefined): void => {
      const { position } = link;
      if (position === end.position + 1) {
        const sentence = chainFault(end, link) ?? recordFault(link, written);
        const accounts = accountsIn(link, written);
        if (sentence !== undefined) fail({ sentence, position, accounts });
      } else {
        fail(missingFault(end.position + 1, position - 1));
      }
      end = { position, cid: link.cid, timeUs: link.timeUs };
      const { debit, credit } = changesOf(link);
      add(link.debitAccountId, debit);
      add(link.creditAccountId, credit);
      const kind = link.creditKind ?? '';
      sums.set(kind, addedSums(sums.get(kind) ?? NO_SUMS, link));
    },
  };
}

const added = (sum: Balances, change: Partial<Balances>): Balances => ({
  debitsPosted: sum.debitsPosted + (change.debitsPosted ?? 0),
  debitsPending: sum.debitsPending + (change.debitsPending ?? 0),
  creditsPosted: sum.creditsPosted + (change.creditsPosted ?? 0),
  creditsPending: sum.creditsPending + (change.creditsPending ?? 0),
});

/** What a transfer does to its two accounts. */
export function changesOf({ kind, amount }: Pick<Link, 'kind' | 'amount'>): {
  readonly debit: Partial<Balances>;
  readonly credit: Partial<Balances>;
} {
  const posted = kind === 'posted' || kind === 'post' ? amount : 0;
  const pending = kind === 'pending' ? amount : kind === 'posted' ? 0 : -amount;
  return {
    debit: { debitsPosted: posted, debitsPending: pending },
    credit: { creditsPosted: posted, creditsPending: pending },
  };
}

const isPerson = (account: string | null): boolean => account?.startsWith('person:') === true;

function addedSums(sums: KindSums, link: Link): KindSums {
  const { code } = link;
  const { debit } = changesOf(link);
  const { debitsPosted: posted = 0, debitsPending: pending = 0 } = debit;
  const toPeople = (isPerson(link.credit) ? posted : 0) - (isPerson(link.debit) ? posted : 0);
  return {
    issued: sums.issued + (code === 'issue' ? posted : 0),
    burned: sums.burned + (code === 'burn' ? posted : 0),
    expired: sums.expired + (code === 'expire' ? posted : 0),
    adjusted: sums.adjusted + (code === 'adjust' ? toPeople : 0),
    people: sums.people + toPeople,
    held: sums.held + (isPerson(link.debit) ? pending : 0),
  };
}

const missingFault = (position: number, upTo: number): BookFault => ({
  sentence:
    position === upTo
      ? `Transfer #${position} is missing.`
      : `Transfers #${position} to #${upTo} are missing.`,
  ...{ position, upTo },
});

/** What is wrong with a link after the end before it. */
function chainFault(end: ChainEnd, link: Link): string | undefined {
  const { position } = link;
  if (end.cid !== undefined && link.previousCid !== end.cid) {
    return `Transfer #${position} does not name the one before it.`;
  }
  if (link.timeUs <= end.timeUs)
    return `Transfer #${position} is not later than the one before it.`;
  return undefined;
}

/** What a link has that its public record has otherwise. */
function recordFault(link: Link, written: Written | undefined): string | undefined {
  const { position } = link;
  if (written === undefined) return `Transfer #${position} has no public record of its time.`;
  const { value } = written;
  const pairs = [
    ['position', position, value['position']],
    ['kind', link.kind, value['kind']],
    ['code', link.code, value['code']],
    ['from', link.debit, value['debit']],
    ['to', link.credit, value['credit']],
    ['kind of credit', link.creditKind, value['creditKind']],
    ['amount', link.amount, value['amount']],
    ['link before', link.previousCid, value['previous'] ?? null],
    ['CID', link.cid, written.cid],
  ] as const;
  const found = pairs.find(([, here, there]) => here !== there);
  if (found === undefined) return undefined;
  const [name, here, there] = found;
  return `Transfer #${position} is not what its public record says: ${name} is ${here}, not ${String(there)}.`;
}

/** The accounts that a link is of, here and in its public record. */
function accountsIn(link: Link, written: Written | undefined): readonly string[] {
  const named = [link.debit, link.credit, written?.value['debit'], written?.value['credit']];
  return [...new Set(named.flatMap((name) => (typeof name === 'string' ? [name] : [])))];
}

/** Whether two balances are the same in all four sums. */
export const areSameBalances = (one: Balances, other: Balances = NO_BALANCES): boolean =>
  SUMS.every((sum) => one[sum] === other[sum]);

/** What one balance is more than another, in each of its sums. */
export const difference = (one: Balances, other: Balances): Balances => ({
  debitsPosted: one.debitsPosted - other.debitsPosted,
  debitsPending: one.debitsPending - other.debitsPending,
  creditsPosted: one.creditsPosted - other.creditsPosted,
  creditsPending: one.creditsPending - other.creditsPending,
});

/** Whether a difference is just what a transfer does to an account, `times` over. */
export const isChange = (change: Balances, move: Partial<Balances>, times: 1 | -1): boolean =>
  SUMS.every((sum) => change[sum] - times * (move[sum] ?? 0) === 0);

/** A balance in the words of the books: what an account has, and what is held of it. */
export const inWords = ({ creditsPosted, debitsPosted, debitsPending }: Balances): string =>
  `${creditsPosted - debitsPosted} (${debitsPending} held; ${creditsPosted} in, ${debitsPosted} out)`;

/** The fault of an account whose stored balance is not what the chain adds up to. */
export function balanceFault(
  { name, creditKind }: { readonly name: string; readonly creditKind: string },
  stored: Balances,
  chain: Balances = NO_BALANCES,
): BookFault {
  return {
    sentence: `${name} has ${inWords(stored)} ${creditKind}, but its transfers add up to ${inWords(chain)}.`,
    accounts: [name],
    balance: { account: name, creditKind, stored, chain },
  };
}

/** issued ± adjusted = what people have + burned + expired; undefined where it is. */
export function sumFault(creditKind: string, sums: KindSums): BookFault | undefined {
  const { issued, adjusted, people, burned, expired, held } = sums;
  const isSound = held >= 0 && held <= people;
  if (isSound && issued + adjusted === people + burned + expired) return undefined;
  return {
    sentence: `Of ${creditKind}, ${issued} were issued and ${adjusted} adjusted; people have ${people} (${held} held), ${burned} were burned and ${expired} expired.`,
  };
}
