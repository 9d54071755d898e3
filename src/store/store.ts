import type { Timers } from '../lib/timers.ts';
import { accountsReads, accountsWrites } from './accounts.ts';
import { activitiesReads, activitiesWrites } from './activities.ts';
import { adoptionWrites } from './adoption.ts';
import { alikeReads, alikeWrites } from './alike.ts';
import { announcementsReads, announcementsWrites } from './announcements.ts';
import { booksReads, booksWrites } from './books.ts';
import { broadcastsReads, broadcastsWrites } from './broadcasts.ts';
import { budgetsReads, budgetsWrites } from './budgets.ts';
import { capsReads, capsWrites } from './caps.ts';
import { cityWorkReads } from './city-work.ts';
import { claimSlipsReads, claimSlipsWrites } from './claim-slips.ts';
import { claimsReads, claimsWrites } from './claims.ts';
import { type CommitGroup, createCommitGroup, type Outcome, transactEach } from './commit-group.ts';
import { consentsWrites } from './consents.ts';
import { correctionsReads, correctionsWrites } from './corrections.ts';
import { cursorsReads, cursorsWrites } from './cursors.ts';
import type { Database } from './database.ts';
import { deskReads, deskWrites } from './desk.ts';
import { evidenceReads, evidenceWrites } from './evidence.ts';
import { followUpsReads, followUpsWrites } from './follow-ups.ts';
import { oldMessagesReads, oldMessagesWrites } from './forget-messages.ts';
import { forgettingReads, forgettingWrites } from './forgetting.ts';
import { heldDecisionsReads, heldDecisionsWrites } from './held-decisions.ts';
import { identitiesReads, identitiesWrites } from './identities.ts';
import { inboxReads, inboxWrites } from './inbox.ts';
import { type LedgerHead, ledgerHead, ledgerReads, ledgerWrites } from './ledger.ts';
import { linkCodesReads, linkCodesWrites } from './link-codes.ts';
import { memoryIn, watched } from './memory.ts';
import { movesReads, movesWrites } from './moves.ts';
import { myDataReads, myDataWrites } from './my-data.ts';
import { noticesReads, noticesWrites } from './notices.ts';
import { offersReads, offersWrites } from './offers.ts';
import { outboxReads } from './outbox.ts';
import { outboxWrites } from './outbox-writes.ts';
import { parkedReads, parkedWrites } from './parked.ts';
import { partnersReads, partnersWrites } from './partners.ts';
import { payloadsReads, payloadsWrites } from './payloads.ts';
import { peopleReads, peopleWrites } from './people.ts';
import { picturesReads, picturesWrites } from './pictures.ts';
import { placesReads, placesWrites } from './places.ts';
import { proofsReads, proofsWrites } from './proofs.ts';
import { questionsReads, questionsWrites } from './questions.ts';
import { recordsReads, recordsWrites } from './records.ts';
import { redemptionsReads, redemptionsWrites } from './redemptions.ts';
import { rekeyReads, rekeyWrites } from './rekey.ts';
import { resemblanceReads } from './resemblance.ts';
import { reviewsReads, reviewsWrites } from './reviews.ts';
import { sealingWrites } from './sealing.ts';
import { sentWrites } from './sent.ts';
import { seriesReads, seriesWrites } from './series.ts';
import { sessionsReads, sessionsWrites } from './sessions.ts';
import { type Taker, Takers } from './takers.ts';
import { tasksReads, tasksWrites } from './tasks.ts';
import { timesReads, timesWrites } from './times.ts';
import { unansweredReads, unansweredWrites } from './unanswered.ts';
import { updatesReads } from './updates.ts';

const readsOf = (db: Database, head: LedgerHead) => ({
  accounts: accountsReads(db),
  activities: activitiesReads(db),
  alike: alikeReads(db),
  announcements: announcementsReads(db),
  books: booksReads(db),
  broadcasts: broadcastsReads(db),
  budgets: budgetsReads(db),
  caps: capsReads(db),
  cityWork: cityWorkReads(db),
  claimSlips: claimSlipsReads(db),
  claims: claimsReads(db),
  corrections: correctionsReads(db),
  cursors: cursorsReads(db),
  desk: deskReads(db),
  evidence: evidenceReads(db),
  followUps: followUpsReads(db),
  forgetting: forgettingReads(db),
  heldDecisions: heldDecisionsReads(db),
  identities: identitiesReads(db),
  inbox: inboxReads(db),
  ledger: ledgerReads(db, head),
  linkCodes: linkCodesReads(db),
  moves: movesReads(db),
  myData: myDataReads(db),
  proofs: proofsReads(db),
  notices: noticesReads(db),
  offers: offersReads(db),
  oldMessages: oldMessagesReads(db),
  outbox: outboxReads(db),
  parked: parkedReads(db),
  partners: partnersReads(db),
  payloads: payloadsReads(db),
  people: peopleReads(db),
  pictures: picturesReads(db),
  places: placesReads(db),
  questions: questionsReads(db),
  records: recordsReads(db),
  redemptions: redemptionsReads(db),
  rekey: rekeyReads(db),
  resemblance: resemblanceReads(db),
  reviews: reviewsReads(db),
  series: seriesReads(db),
  sessions: sessionsReads(db),
  tasks: tasksReads(db),
  times: timesReads(db),
  unanswered: unansweredReads(db),
  updates: updatesReads(db),
});

const writesOf = (db: Database, reads: Reads, head: LedgerHead, takers: Takers) => ({
  adoption: adoptionWrites(db),
  consents: consentsWrites(db),
  rekey: { ...reads.rekey, ...rekeyWrites(db) },
  sealing: sealingWrites(db),
  sent: sentWrites(db),
  accounts: { ...reads.accounts, ...accountsWrites(db) },
  activities: { ...reads.activities, ...activitiesWrites(db) },
  alike: { ...reads.alike, ...alikeWrites(db) },
  announcements: { ...reads.announcements, ...announcementsWrites(db) },
  books: { ...reads.books, ...booksWrites(db) },
  broadcasts: { ...reads.broadcasts, ...broadcastsWrites(db) },
  budgets: { ...reads.budgets, ...budgetsWrites(db) },
  caps: { ...reads.caps, ...capsWrites(db) },
  cityWork: reads.cityWork,
  claimSlips: { ...reads.claimSlips, ...claimSlipsWrites(db) },
  claims: { ...reads.claims, ...claimsWrites(db) },
  corrections: { ...reads.corrections, ...correctionsWrites(db) },
  cursors: { ...reads.cursors, ...cursorsWrites(db) },
  desk: { ...reads.desk, ...deskWrites(db) },
  evidence: { ...reads.evidence, ...evidenceWrites(db) },
  followUps: { ...reads.followUps, ...followUpsWrites(db) },
  forgetting: { ...reads.forgetting, ...forgettingWrites(db) },
  heldDecisions: { ...reads.heldDecisions, ...heldDecisionsWrites(db) },
  identities: { ...reads.identities, ...identitiesWrites(db) },
  inbox: { ...reads.inbox, ...inboxWrites(db) },
  ledger: { ...reads.ledger, ...ledgerWrites(db, head) },
  linkCodes: { ...reads.linkCodes, ...linkCodesWrites(db) },
  moves: { ...reads.moves, ...movesWrites(db) },
  myData: { ...reads.myData, ...myDataWrites(db) },
  proofs: { ...reads.proofs, ...proofsWrites(db) },
  notices: { ...reads.notices, ...noticesWrites(db) },
  offers: { ...reads.offers, ...offersWrites(db) },
  oldMessages: { ...reads.oldMessages, ...oldMessagesWrites(db) },
  outbox: { ...reads.outbox, ...outboxWrites(db, takers) },
  parked: { ...reads.parked, ...parkedWrites(db) },
  partners: { ...reads.partners, ...partnersWrites(db) },
  payloads: { ...reads.payloads, ...payloadsWrites(db) },
  people: { ...reads.people, ...peopleWrites(db) },
  pictures: { ...reads.pictures, ...picturesWrites(db) },
  places: { ...reads.places, ...placesWrites(db) },
  questions: { ...reads.questions, ...questionsWrites(db) },
  records: { ...reads.records, ...recordsWrites(db) },
  redemptions: { ...reads.redemptions, ...redemptionsWrites(db) },
  resemblance: reads.resemblance,
  reviews: { ...reads.reviews, ...reviewsWrites(db) },
  series: { ...reads.series, ...seriesWrites(db) },
  sessions: { ...reads.sessions, ...sessionsWrites(db) },
  tasks: { ...reads.tasks, ...tasksWrites(db) },
  times: { ...reads.times, ...timesWrites(db) },
  unanswered: { ...reads.unanswered, ...unansweredWrites(db) },
  updates: reads.updates,
});

/** What can be read at any time. */
export type Reads = ReturnType<typeof readsOf>;

/** What can be read and written inside a transaction, and only there. */
export type Tx = ReturnType<typeof writesOf>;

export type Store = {
  readonly read: Reads;
  /**
   * Runs `work` in one transaction, on disk when this returns. `work` is synchronous: a promise is
   * refused and everything undone. Throws what `work` throws, undone.
   */
  readonly transact: <T>(work: (tx: Tx) => T) => T;
  /** As `transact`, sharing one commit with the work that arrives at the same time. */
  readonly commit: CommitGroup<Tx>;
  /**
   * Does many works in one transaction; one that throws undoes itself only. `afterwards` sees how
   * they went and belongs to the same transaction. A work may run twice, the first time undone.
   */
  readonly transactEach: <T>(
    works: readonly ((tx: Tx) => T)[],
    afterwards: (tx: Tx, outcomes: readonly Outcome<T>[]) => void,
  ) => void;
  /** Hands what is added for a channel to its lane, as far as that has room. */
  readonly handTo: (channel: string, taker: Taker) => void;
};

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value;

/**
 * Runs work in a transaction, or in a savepoint when one is open. The openers give the runtime's
 * own: drizzle's would be built again for every call.
 */
export type InTransaction = <T>(work: () => T) => T;

/** A store over an open and migrated database. Each of its statements is prepared once, when it is first used. */
export function createStore(
  opened: Database,
  inTransaction: InTransaction,
  timers?: Pick<Timers, 'soon'>,
): Store {
  const memory = memoryIn(opened);
  const db = watched(opened, memory);
  const head = ledgerHead(db);
  const read = readsOf(db, head);
  const takers = new Takers(read.outbox.changes);
  const inPart = <T>(work: (tx: Tx) => T): T =>
    memory.during(() =>
      inTransaction(() => {
        const value = work(tx);
        if (isThenable(value)) throw new Error('A transaction must not wait for a promise.');
        memory.delayed.write();
        return value;
      }),
    );
  const transact = <T>(work: (tx: Tx) => T): T => {
    // What was added before does not belong to this part, and is not undone with it.
    memory.delayed.write();
    const before = takers.count;
    try {
      return inPart(work);
    } catch (error) {
      takers.drop(before);
      throw error;
    } finally {
      if (!memory.isOpen) takers.handOver();
    }
  };
  const transactions = { transact, flush: () => memory.delayed.write() };
  const tx = writesOf(db, read, head, takers);
  return {
    read,
    transact,
    commit: createCommitGroup(transactions, timers),
    handTo: (channel, taker) => takers.set(channel, taker),
    transactEach: (works, afterwards) => {
      transactEach(transactions, works, afterwards);
    },
  };
}
