// Ways to spoil the books behind the back of the city: each with the statements that do it, what the
// check then says, and the statements that undo it where that is simple.

const DROP = `drop trigger transfers_not_updated; drop trigger transfers_not_deleted;
  drop trigger transfers_chained; drop trigger transfers_applied; drop trigger accounts_not_deleted;
  drop trigger accounts_keep_their_name; pragma foreign_keys = off; pragma ignore_check_constraints = on;`;
const PERSON = `(select id from accounts where kind = 'person' order by id limit 1)`;
const last = 'position = (select max(position) from transfers)';

/** Of a ledger with one person at least, who earned (#1) and then had credits held (#2). */
export const MEDDLING = {
  'a balance grows': [
    `update accounts set credits_posted = credits_posted + 5 where id = ${PERSON}`,
    /person:p-\w+ has \d+ .* CITY, but its transfers add up to/,
  ],
  'a hold is forgotten': [
    `update accounts set debits_pending = 0 where id = ${PERSON}`,
    /person:p-\w+ has \d+ .* CITY, but its transfers add up to/,
  ],
  'two balances grow, so that debits are credits still': [
    `update accounts set credits_posted = credits_posted + 5 where id = ${PERSON};
      update accounts set debits_posted = debits_posted + 5 where kind = 'issuance'`,
    /but its transfers add up to/,
  ],
  'an account is removed': [
    `${DROP} delete from accounts where id = ${PERSON}`,
    /Transfer #1 is not what its public record says: to is null|Account \d+ is missing/,
  ],
  'an amount is changed': [
    `${DROP} update transfers set amount = amount + 5 where position = 1`,
    /Transfer #1 is not what its public record says: amount is 25, not 20\./,
  ],
  'an amount is changed, and the balances with it': [
    `${DROP} update transfers set amount = amount + 5 where position = 1;
      update accounts set credits_posted = credits_posted + 5 where id = ${PERSON};
      update accounts set debits_posted = debits_posted + 5 where kind = 'issuance'`,
    /Transfer #1 is not what its public record says: amount is 25, not 20\.|add up to/,
  ],
  'the newest transfer is changed': [
    `${DROP} update transfers set amount = amount + 1 where ${last}`,
    /Transfer #2 is not what its public record says: amount is 11, not 10\./,
  ],
  'a code is changed': [
    `${DROP} update transfers set code = 'adjust' where position = 1`,
    /Transfer #1 is not what its public record says: code is adjust, not issue\./,
  ],
  'the newest transfer is removed': [
    `${DROP} delete from transfers where ${last}`,
    /Transfer #2 is not there any more|Transfer #2 is missing/,
  ],
  'the first transfer is removed': [
    `${DROP} delete from transfers where position = 1`,
    /Transfer #1 is missing\./,
  ],
  'every transfer is removed': [
    `${DROP} delete from transfers`,
    /Transfer #2 is not there any more|Transfer #1 is missing/,
  ],
  'a transfer is added that moves no balance': [
    `${DROP} insert into transfers (position, id, kind, debit_account_id, credit_account_id, amount,
        resolves, code, reference, time_us, cid, previous_cid)
      select 3, 'x', 'posted', debit_account_id, credit_account_id, 5, null, 'issue', null,
        time_us + 99999, 'bafyreix', (select cid from transfers where position = 2)
      from transfers where position = 1`,
    /Transfer #3 has no public record of its time\./,
  ],
  'a transfer is added with its balances, and nothing is public of it': [
    `insert into transfers (position, id, kind, debit_account_id, credit_account_id, amount,
        resolves, code, reference, time_us, cid, previous_cid)
      select 3, 'x', 'posted', debit_account_id, credit_account_id, 5, null, 'issue', null,
        time_us + 99999, 'bafyreix', (select cid from transfers where position = 2)
      from transfers where position = 1`,
    /Transfer #3 has no public record of its time\./,
  ],
  'a CID is changed': [
    `${DROP} update transfers set cid = 'bafyreix' where position = 1`,
    /Transfer #1 is not what its public record says: CID is bafyreix|#2 does not name the one before/,
  ],
  'a link names another one before it': [
    `${DROP} update transfers set previous_cid = 'bafyreix' where position = 2`,
    /Transfer #2 does not name the one before it\./,
  ],
  'a time is changed': [
    `${DROP} update transfers set time_us = time_us - 1000 where position = 1`,
    /Transfer #1 has no public record of its time\./,
  ],
  'a public record is changed': [
    `update records set value = json_set(value, '$.amount', 25)
      where collection like '%.transfer' and value ->> 'position' = 1`,
    /Transfer #1 is not what its public record says: amount is 20, not 25\./,
  ],
  'a public record is removed': [
    `delete from records where collection like '%.transfer' and value ->> 'position' = 1`,
    /Transfer #1 has no public record of its time\./,
  ],
} as const satisfies Readonly<Record<string, readonly [string, RegExp]>>;
