import { and, desc, eq, gt, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from './database.ts';
import { known, memoryIn } from './memory.ts';
import { accounts, transfers } from './schema/index.ts';
import { all, get, given, p, placeholders, row, run } from './statements.ts';

export type AccountRow = typeof accounts.$inferSelect;
export type TransferRow = typeof transfers.$inferSelect;

const isOfCredits = eq(accounts.creditKind, given('creditKind'));
const isThis = eq(transfers.id, given('id'));
const isAtPosition = eq(transfers.position, given('position'));

const debit = alias(accounts, 'debit');
const credit = alias(accounts, 'credit');
const same = alias(transfers, 'same');
const pending = alias(transfers, 'pending');
const resolution = alias(transfers, 'resolution');

const isOfName = (account: typeof debit | typeof credit, name: string) =>
  and(eq(account.name, given(name)), eq(account.creditKind, given('creditKind')));

type Around = {
  readonly debit: string;
  readonly credit: string;
  readonly creditKind: string;
  readonly id: string;
  /** The id of the pending transfer. */
  readonly resolves: string | null;
};

const { position, cid, timeUs } = transfers;

/** The newest link of the chain, which who adds one knows. */
export const ledgerHead = (db: Database) =>
  known(
    memoryIn(db),
    'transfers',
    get(db.select({ position, cid, timeUs }).from(transfers).orderBy(desc(position)).limit(1)),
  );
export type LedgerHead = ReturnType<typeof ledgerHead>;

/** The ledger, read. Each answer costs the same whatever the number of transfers. */
export function ledgerReads(db: Database, head = ledgerHead(db)) {
  return {
    account: get(
      db
        .select()
        .from(accounts)
        .where(and(eq(accounts.name, given('name')), isOfCredits)),
      (name: string, creditKind: string) => ({ name, creditKind }),
    ),
    transfer: get(db.select().from(transfers).where(isThis), (id: string) => ({ id })),
    /**
     * What the next transfer of an id rests on: the accounts by their names, the transfer that has the id
     * already, the pending one that it would resolve, and what resolved that; null for what is not there.
     */
    around: row(
      db
        .select({ debit, credit, same, pending, resolution })
        .from(sql`(select 1)`)
        .leftJoin(debit, isOfName(debit, 'debit'))
        .leftJoin(credit, isOfName(credit, 'credit'))
        .leftJoin(same, eq(same.id, given('id')))
        .leftJoin(pending, eq(pending.id, given('resolves')))
        .leftJoin(resolution, eq(resolution.resolves, given('resolves'))),
      (asked: Around) => asked,
    ),
    /** The newest link of the chain. */
    head: head.get,
    transferAt: get(db.select().from(transfers).where(isAtPosition), (position: number) => ({
      position,
    })),
    /** The newest transfers that touch an account. */
    history: all(
      db
        .select()
        .from(transfers)
        .where(
          or(
            eq(transfers.debitAccountId, given('accountId')),
            eq(transfers.creditAccountId, given('accountId')),
          ),
        )
        .orderBy(desc(transfers.position))
        .limit(p('limit')),
      (accountId: number, limit: number) => ({ accountId, limit }),
    ),
    /** Sums per kind of account; it reads every account. */
    totals: all(
      db
        .select({
          kind: accounts.kind,
          debitsPosted: sql<number>`sum(${accounts.debitsPosted})`,
          creditsPosted: sql<number>`sum(${accounts.creditsPosted})`,
        })
        .from(accounts)
        .where(isOfCredits)
        .groupBy(accounts.kind),
      (creditKind: string) => ({ creditKind }),
    ),
    /** What the links after a position moved from each kind of account to each; a hold moves nothing. */
    movedAfter: movedAfter(db),
  };
}

function movedAfter(db: Database) {
  const [debited, credited] = [alias(accounts, 'debited'), alias(accounts, 'credited')];
  return all(
    db
      .select({
        from: debited.kind,
        to: credited.kind,
        amount: sql<number>`sum(${transfers.amount})`,
      })
      .from(transfers)
      .innerJoin(debited, eq(debited.id, transfers.debitAccountId))
      .innerJoin(credited, eq(credited.id, transfers.creditAccountId))
      .where(
        and(
          gt(transfers.position, given('position')),
          sql`${transfers.kind} in ('posted', 'post')`,
          eq(debited.creditKind, given('creditKind')),
        ),
      )
      .groupBy(debited.kind, credited.kind),
    (position: number, creditKind: string) => ({ position, creditKind }),
  );
}

/** The ledger, written: append only. */
export function ledgerWrites(db: Database, head: LedgerHead) {
  const append = run(
    db.insert(transfers).values({
      ...placeholders('position', 'id', 'kind', 'debitAccountId', 'creditAccountId', 'amount'),
      ...placeholders('resolves', 'code', 'reference', 'timeUs', 'cid', 'previousCid'),
    }),
    (transfer: TransferRow) => transfer,
  );
  return {
    addAccount: row(
      db
        .insert(accounts)
        .values(placeholders('name', 'kind', 'creditKind'))
        .returning(),
      (account: Pick<AccountRow, 'name' | 'kind' | 'creditKind'>) => account,
    ),
    /** Adds a link; the database moves the balances and refuses what breaks an invariant. */
    append: (transfer: TransferRow): void => {
      append(transfer);
      head.put({ position: transfer.position, cid: transfer.cid, timeUs: transfer.timeUs });
    },
  };
}
