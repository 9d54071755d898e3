// Proves a city's books from its database alone, by arithmetic of its own.

/** Runs a query and gives its rows. */
type Rows = <Row>(query: string) => readonly Row[];

/** The accounts whose balance is not the sum of their transfers, and persons below zero. */
const WRONG_BALANCES = `with moves as (
    select debit_account_id as account, amount, kind, 'debit' as side from transfers
    union all select credit_account_id, amount, kind, 'credit' from transfers),
  sums as (select account,
      sum(amount) filter (where side = 'debit' and kind in ('posted', 'post')) as dp,
      sum(amount) filter (where side = 'credit' and kind in ('posted', 'post')) as cp,
      sum(iif(kind = 'pending', amount, -amount))
        filter (where side = 'debit' and kind <> 'posted') as dh,
      sum(iif(kind = 'pending', amount, -amount))
        filter (where side = 'credit' and kind <> 'posted') as ch
    from moves group by account)
  select name from accounts left join sums on account = id
  where debits_posted <> coalesce(dp, 0) or credits_posted <> coalesce(cp, 0)
    or debits_pending <> coalesce(dh, 0) or credits_pending <> coalesce(ch, 0)
    or (kind = 'person' and credits_posted - debits_posted - debits_pending < 0)`;

const NOT_EQUAL = `select * from (select sum(debits_posted) as debits,
    sum(credits_posted) as credits from accounts) where debits <> credits`;

/** Holds of a code that was resolved already, and codes whose hold was. */
const WRONG_HOLDS = `select * from
  (select coalesce(sum(credits), 0) as held from redemptions where state = 'held'),
  (select coalesce(sum(debits_pending), 0) as pending from accounts where kind = 'person')
  where held <> pending`;

const WRONG_PLACES = `select id, taken from tasks where taken <> (select count(*) from claims
  where task_id = tasks.id and state not in ('standby', 'left', 'lapsed', 'closed', 'called-off'))`;

const OVER_CAP = 'select scope from caps where issued > amount';

/** Each rule of the books with what breaks it. */
export const provenBooks = (rows: Rows): readonly (readonly [string, readonly unknown[]])[] => [
  ['The balances are the sums of the transfers, and nobody is below zero', rows(WRONG_BALANCES)],
  ['Debits and credits are equal', rows(NOT_EQUAL)],
  ['What is on hold is held for live codes', rows(WRONG_HOLDS)],
  ['The places taken are those of claims', rows(WRONG_PLACES)],
  ['No cap is exceeded', rows(OVER_CAP)],
  ['The database refers to nothing that is not there', rows('pragma foreign_key_check')],
];
