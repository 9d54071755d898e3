/** Fills a store for a measurement: people who take part, and a ledger with a past. */
import { issuanceAccount, personAccount, transferKey } from '../src/domain/ledger.ts';
import { COLLECTIONS } from '../src/records/kinds/index.ts';
import { contextOf, type Foundation } from '../src/services/context.ts';
import type { Store } from '../src/store/store.ts';
import { newPerson } from '../test/support/city.ts';
import { residentNumber } from './city.ts';

const TRANSFERS_A_COMMIT = 10_000;

/**
 * `people` residents who agreed to take part, and `transfers` transfers to them in turn. The past
 * is published, as far as the city knows: its records say no more than the check of the books reads.
 */
export function seedResidents(
  store: Store,
  foundation: Foundation,
  people: number,
  transfers: number,
): void {
  const participants = store.transact((tx) => {
    const context = contextOf(foundation, tx);
    return Array.from(
      { length: people },
      (_, at) => newPerson(context, residentNumber(at)).participantId,
    );
  });
  const accounts = store.transact((tx) => {
    const add = (account: { kind: 'issuance' | 'person'; name: string }) =>
      tx.ledger.addAccount({ ...account, creditKind: 'CITY' }).id;
    return {
      issuance: add({ ...issuanceAccount('bench'), kind: 'issuance' }),
      people: participants.map((id) => add({ ...personAccount(id), kind: 'person' })),
    };
  });
  const debit = issuanceAccount('bench').name;
  let previousCid: string | null = null;
  for (let from = 1; from <= transfers; from += TRANSFERS_A_COMMIT) {
    store.transact((tx) => {
      let staged = 0;
      for (
        let position = from;
        position < from + TRANSFERS_A_COMMIT && position <= transfers;
        position += 1
      ) {
        const cid = `bafyreibench${position}`;
        tx.ledger.append({
          position,
          id: `issue:bench:${position}`,
          kind: 'posted',
          debitAccountId: accounts.issuance,
          creditAccountId: accounts.people[position % people] ?? 0,
          amount: 1,
          resolves: null,
          code: 'issue',
          reference: null,
          timeUs: position,
          cid,
          previousCid,
        });
        const credit = personAccount(participants[position % people] ?? '').name;
        const written = { position, kind: 'posted', code: 'issue', debit, credit, amount: 1 };
        tx.records.stage({
          collection: COLLECTIONS.transfer,
          rkey: transferKey(position),
          operation: 'create',
          cid,
          value: JSON.stringify({ ...written, creditKind: 'CITY', previous: previousCid }),
          stagedAt: 0,
        });
        staged += 1;
        previousCid = cid;
      }
      const seqs = tx.records.newest(staged).map(({ seq }) => seq);
      tx.records.markPublished(seqs, 0);
    });
  }
}
