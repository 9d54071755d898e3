/** Fills a store for a measurement: people who take part, tasks they joined, and a ledger with a past. */
import { issuanceAccount, personAccount, transferKey } from '../src/domain/ledger.ts';
import { DAY_MS, HOUR_MS } from '../src/lib/clock.ts';
import { COLLECTIONS } from '../src/records/kinds/index.ts';
import { type Context, contextOf, type Foundation } from '../src/services/context.ts';
import { announceTask } from '../src/services/tasks/announce-task.ts';
import { joinTask } from '../src/services/tasks/join-task.ts';
import type { Store } from '../src/store/store.ts';
import { expectOk, foundCity, newPerson, type Person } from '../test/support/city.ts';
import { textersNumber } from './city.ts';

const TRANSFERS_A_COMMIT = 10_000;
const PEOPLE_A_COMMIT = 5000;
const CLAIMS_A_TASK = 1000;
/** So long that nobody is reminded while it is measured. */
const STARTS_IN_MS = 30 * DAY_MS;

export type Past = {
  /** Residents who will write, from the first number on. */
  readonly people: number;
  /** Residents after them, who do not. */
  readonly others?: number;
  readonly transfers: number;
  /** Tasks that others have joined, one each: no more than there are others. */
  readonly claims?: number;
};

/**
 * Residents who agreed to take part, what some of them joined, and transfers to all: every second one
 * to those who will write. The past is published, as far as the city knows: the records of transfers
 * say no more than the check of the books reads.
 */
export function seedResidents(store: Store, foundation: Foundation, past: Past): void {
  const { people, others = 0, transfers, claims = 0 } = past;
  const residents = addPeople(store, foundation, people + others);
  if (claims > 0) openClaims(store, foundation, residents.slice(people, people + claims));
  const participants = residents.map(({ participantId }) => participantId);
  const receiver = (position: number): number =>
    position % 2 === 0 ? (position / 2) % people : position % participants.length;
  addTransfers(store, participants, { transfers, receiver });
}

/** Cuts work into commits: `each` does what is from one number to before the other. */
function inCommits(count: number, size: number, each: (from: number, to: number) => void): void {
  for (let from = 0; from < count; from += size) each(from, Math.min(from + size, count));
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);

function addPeople(store: Store, foundation: Foundation, count: number): readonly Person[] {
  const added: Person[] = [];
  inCommits(count, PEOPLE_A_COMMIT, (from, to) => {
    store.transact((tx) => {
      const context = contextOf(foundation, tx);
      for (const at of numbers(from, to)) added.push(newPerson(context, textersNumber(at)));
    });
  });
  return added;
}

/** By the services, in the city's own words. */
function openClaims(store: Store, foundation: Foundation, people: readonly Person[]): void {
  const within = <T>(work: (context: Context) => T): T =>
    store.transact((tx) => {
      const before = tx.records.newest(1)[0]?.seq ?? 0;
      const done = work(contextOf(foundation, tx));
      const after = tx.records.newest(1)[0]?.seq ?? 0;
      tx.records.markPublished(numbers(before + 1, after + 1), 0);
      return done;
    });
  const { organizer } = within((context) => foundCity(context, CLAIMS_A_TASK * people.length));
  inCommits(people.length, CLAIMS_A_TASK, (from, to) => {
    within((context) => {
      const startsAt = context.now + STARTS_IN_MS;
      const { task } = expectOk(
        announceTask(context, organizer.id, {
          ...{ title: 'Sweep the square', place: 'The square', credits: 1, slots: CLAIMS_A_TASK },
          ...{ startsAt, endsAt: startsAt + HOUR_MS },
        }),
      );
      for (const person of people.slice(from, to)) expectOk(joinTask(context, person, task.id));
    });
  });
}

/** `receiver` says who gets the transfer at a position, from 1. */
function addTransfers(
  store: Store,
  participants: readonly string[],
  {
    transfers,
    receiver,
  }: { readonly transfers: number; readonly receiver: (position: number) => number },
): void {
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
  inCommits(transfers, TRANSFERS_A_COMMIT, (from, to) => {
    store.transact((tx) => {
      for (const position of numbers(from + 1, to + 1)) {
        const at = receiver(position);
        const cid = `bafyreibench${position}`;
        tx.ledger.append({
          position,
          id: `issue:bench:${position}`,
          kind: 'posted',
          debitAccountId: accounts.issuance,
          creditAccountId: accounts.people[at] ?? 0,
          amount: 1,
          resolves: null,
          code: 'issue',
          reference: null,
          timeUs: position,
          cid,
          previousCid,
        });
        const credit = personAccount(participants[at] ?? '').name;
        const written = { position, kind: 'posted', code: 'issue', debit, credit, amount: 1 };
        tx.records.stage({
          collection: COLLECTIONS.transfer,
          rkey: transferKey(position),
          operation: 'create',
          cid,
          value: JSON.stringify({ ...written, creditKind: 'CITY', previous: previousCid }),
          stagedAt: 0,
        });
        previousCid = cid;
      }
      const seqs = tx.records.newest(to - from).map(({ seq }) => seq);
      tx.records.markPublished(seqs, 0);
    });
  });
}
