import { and, desc, eq, or, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import { accounts, transfers } from './schema/index.ts';

const p = sql.placeholder;

export type AccountRow = typeof accounts.$inferSelect;
export type TransferRow = typeof transfers.$inferSelect;

/** The ledger, read. Each answer costs the same whatever the number of transfers. */
export function ledgerReads(db: Database) {
  const account = db
    .select()
    .from(accounts)
    .where(and(eq(accounts.name, given('name')), eq(accounts.creditKind, given('creditKind'))))
    .prepare();
  const transfer = db
    .select()
    .from(transfers)
    .where(eq(transfers.id, given('id')))
    .prepare();
  const resolution = db
    .select()
    .from(transfers)
    .where(eq(transfers.resolves, given('id')))
    .prepare();
  const head = db
    .select({ position: transfers.position, cid: transfers.cid, timeUs: transfers.timeUs })
    .from(transfers)
    .orderBy(desc(transfers.position))
    .limit(1)
    .prepare();
  const atPosition = db
    .select()
    .from(transfers)
    .where(eq(transfers.position, given('position')))
    .prepare();
  const history = db
    .select()
    .from(transfers)
    .where(
      or(
        eq(transfers.debitAccountId, given('accountId')),
        eq(transfers.creditAccountId, given('accountId')),
      ),
    )
    .orderBy(desc(transfers.position))
    .limit(p('limit'))
    .prepare();
  const totals = db
    .select({
      kind: accounts.kind,
      debitsPosted: sql<number>`sum(${accounts.debitsPosted})`,
      creditsPosted: sql<number>`sum(${accounts.creditsPosted})`,
    })
    .from(accounts)
    .where(eq(accounts.creditKind, given('creditKind')))
    .groupBy(accounts.kind)
    .prepare();
  return {
    account: (name: string, creditKind: string): AccountRow | undefined =>
      account.get({ name, creditKind }),
    transfer: (id: string): TransferRow | undefined => transfer.get({ id }),
    /** The post or void that resolved a pending transfer. */
    resolution: (pendingId: string): TransferRow | undefined => resolution.get({ id: pendingId }),
    /** The newest link of the chain. */
    head: (): Pick<TransferRow, 'position' | 'cid' | 'timeUs'> | undefined => head.get(),
    transferAt: (position: number): TransferRow | undefined => atPosition.get({ position }),
    /** The newest transfers that touch an account. */
    history: (accountId: number, limit: number): TransferRow[] => history.all({ accountId, limit }),
    /** Sums per kind of account. */
    totals: (creditKind: string) => totals.all({ creditKind }),
  };
}

/** The ledger, written: append only. */
export function ledgerWrites(db: Database) {
  const addAccount = db
    .insert(accounts)
    .values({ name: p('name'), kind: p('kind'), creditKind: p('creditKind') })
    .returning()
    .prepare();
  const append = db
    .insert(transfers)
    .values({
      position: p('position'),
      id: p('id'),
      kind: p('kind'),
      debitAccountId: p('debitAccountId'),
      creditAccountId: p('creditAccountId'),
      amount: p('amount'),
      resolves: p('resolves'),
      code: p('code'),
      reference: p('reference'),
      timeUs: p('timeUs'),
      cid: p('cid'),
      previousCid: p('previousCid'),
    })
    .prepare();
  return {
    addAccount: (account: Pick<AccountRow, 'name' | 'kind' | 'creditKind'>): AccountRow =>
      addAccount.get(account) as AccountRow,
    /** Adds a link; the database moves the balances and refuses what breaks an invariant. */
    append: (transfer: TransferRow) => append.run(transfer),
  };
}
