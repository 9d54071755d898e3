import { and, eq, gt, gte, lte, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Balances } from '../domain/ledger.ts';
import type { Database } from './database.ts';
import { overRows } from './given-rows.ts';
import { accounts, books, booksAccounts, booksSums, records, transfers } from './schema/index.ts';
import {
  all,
  exists,
  get,
  given,
  isAmong,
  p,
  placeholders,
  replacing,
  run,
  value,
} from './statements.ts';

export type BooksRow = Omit<typeof books.$inferSelect, 'id'>;

const NAMES = [
  ...(['position', 'cid', 'timeUs', 'accountsSeen', 'linksSeen'] as const),
  ...(['fault', 'faultAt', 'isTold'] as const),
];

const BALANCES = {
  debitsPosted: accounts.debitsPosted,
  debitsPending: accounts.debitsPending,
  creditsPosted: accounts.creditsPosted,
  creditsPending: accounts.creditsPending,
};
const kept = (column: SQL) => sql<number>`coalesce(${column}, 0)`;
const KEPT = {
  debitsPosted: kept(sql`${booksAccounts.debitsPosted}`),
  debitsPending: kept(sql`${booksAccounts.debitsPending}`),
  creditsPosted: kept(sql`${booksAccounts.creditsPosted}`),
  creditsPending: kept(sql`${booksAccounts.creditsPending}`),
};
/** The four sums of an account are not what the chain adds up to. */
const IS_WRONG = sql`(${BALANCES.debitsPosted}, ${BALANCES.debitsPending}, ${BALANCES.creditsPosted},
  ${BALANCES.creditsPending}) is not (${KEPT.debitsPosted}, ${KEPT.debitsPending},
  ${KEPT.creditsPosted}, ${KEPT.creditsPending})`;

/** The accounts that a condition chooses, where the stored balance is not the kept one. */
const wrongBalances = (db: Database, condition: SQL | undefined) =>
  db
    .select({ name: accounts.name, creditKind: accounts.creditKind, stored: BALANCES, chain: KEPT })
    .from(accounts)
    .leftJoin(booksAccounts, eq(booksAccounts.accountId, accounts.id))
    .where(and(condition, IS_WRONG))
    .orderBy(accounts.id)
    .limit(p('limit'));

/** The check of the books, read. What each costs does not grow with the ledger. */
export function booksReads(db: Database) {
  return {
    /** How far the check is, and what does not agree; undefined before the first one. */
    state: get(db.select().from(books).where(eq(books.id, 1))),
    /** Whether something does not agree. */
    isClosed: exists(
      db
        .select({ id: books.id })
        .from(books)
        .where(sql`${books.id} = 1 and ${books.fault} is not null`),
    ),
    /** The links of the chain from a position on. */
    links: linksRead(db),
    /** The records of a collection that have one of these keys. */
    written: all(
      db
        .select({ rkey: records.rkey, cid: records.cid, value: records.value })
        .from(records)
        .where(
          and(
            eq(records.collection, given('collection')),
            isAmong(records.rkey, 'keys'),
            sql`${records.operation} = 'create'`,
          ),
        ),
      (collection: string, keys: readonly string[]) => ({ collection, keys: JSON.stringify(keys) }),
    ),
    /** The number of the newest account. */
    lastAccount: value(
      db.select({ value: sql<number | null>`max(${accounts.id})` }).from(accounts),
    ),
    wrongBetween: all(
      wrongBalances(db, and(gt(accounts.id, given('after')), lte(accounts.id, given('upTo')))),
      (after: number, upTo: number, limit: number) => ({ after, upTo, limit }),
    ),
    wrongAmong: all(
      wrongBalances(db, isAmong(accounts.id, 'ids')),
      (ids: readonly number[], limit: number) => ({ ids: JSON.stringify(ids), limit }),
    ),
    sums: all(db.select().from(booksSums)),
    /** Every account with its stored balance: for a check of the whole. */
    accounts: all(
      db
        .select({
          id: accounts.id,
          name: accounts.name,
          creditKind: accounts.creditKind,
          ...BALANCES,
        })
        .from(accounts)
        .orderBy(accounts.id),
    ),
  };
}

/** The links of the chain from a position on, with the names of their accounts. */
function linksRead(db: Database) {
  const debit = alias(accounts, 'debit');
  const credit = alias(accounts, 'credit');
  const { position, kind, code, amount, timeUs, cid, previousCid } = transfers;
  const { debitAccountId, creditAccountId } = transfers;
  return all(
    db
      .select({
        ...{ position, kind, code, amount, timeUs, cid, previousCid },
        ...{ debitAccountId, creditAccountId },
        debit: debit.name,
        credit: credit.name,
        creditKind: debit.creditKind,
      })
      .from(transfers)
      .leftJoin(debit, eq(debit.id, transfers.debitAccountId))
      .leftJoin(credit, eq(credit.id, transfers.creditAccountId))
      .where(gte(transfers.position, given('from')))
      .orderBy(transfers.position)
      .limit(p('limit')),
    (from: number, limit: number) => ({ from, limit }),
  );
}

/** An account by its number, and what the chain adds up to in it. */
export type KeptBalance = readonly [accountId: number, balances: Balances];

const valuesOf = ([id, sum]: KeptBalance) => [
  ...[id, sum.debitsPosted, sum.debitsPending, sum.creditsPosted, sum.creditsPending],
];

/** The check of the books, written. */
export function booksWrites(db: Database) {
  const addBalances = overRows(
    db,
    `insert into books_accounts
        (account_id, debits_posted, debits_pending, credits_posted, credits_pending)
      select $0, $1, $2, $3, $4 from @rows where true
      on conflict (account_id) do update set
        debits_posted = debits_posted + excluded.debits_posted,
        debits_pending = debits_pending + excluded.debits_pending,
        credits_posted = credits_posted + excluded.credits_posted,
        credits_pending = credits_pending + excluded.credits_pending`,
  );
  const mend = overRows(
    db,
    `update accounts set debits_posted = $1, debits_pending = $2, credits_posted = $3,
        credits_pending = $4
      from @rows where accounts.id = $0`,
  );
  const addSums = overRows(
    db,
    `insert into books_sums (credit_kind, issued, burned, expired, adjusted, people, held)
      select $creditKind, $issued, $burned, $expired, $adjusted, $people, $held from @rows where true
      on conflict (credit_kind) do update set issued = issued + excluded.issued,
        burned = burned + excluded.burned, expired = expired + excluded.expired,
        adjusted = adjusted + excluded.adjusted, people = people + excluded.people,
        held = held + excluded.held`,
  );
  const forgetBalances = run(db.delete(booksAccounts), () => ({}));
  const forgetSums = run(db.delete(booksSums), () => ({}));
  return {
    put: run(
      db
        .insert(books)
        .values({ id: 1, ...placeholders(...NAMES) })
        .onConflictDoUpdate({ target: books.id, set: replacing(books, ...NAMES) }),
      (state: BooksRow) => state,
    ),
    /** Adds what new links move to what is kept. */
    add: (balances: readonly KeptBalance[], sums: readonly (typeof booksSums.$inferSelect)[]) => {
      addBalances(balances.map(valuesOf));
      addSums(sums);
    },
    /** Sets the stored balances of accounts. */
    mend: (balances: readonly KeptBalance[]) => mend(balances.map(valuesOf)),
    /** Forgets what is kept, so that it is added up again from nothing. */
    forgetSums: () => {
      forgetBalances();
      forgetSums();
    },
  };
}
