// The files tell of a city in which the whole loop has gone round.
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { Cell, OpenDataName } from '../../../src/records/open-data/files.ts';
import { OPEN_DATA_FILES, OPEN_DATA_NAMES } from '../../../src/records/open-data/files.ts';
import { createOpenData } from '../../../src/records/open-data/open-data.ts';
import { confirmCode } from '../../../src/services/credits/confirm-code.ts';
import { redeemOffer } from '../../../src/services/credits/redeem-offer.ts';
import { seeBalance } from '../../../src/services/credits/see-balance.ts';
import { reviewEvidence } from '../../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../../src/services/evidence/submit-evidence.ts';
import { joinTask } from '../../../src/services/tasks/join-task.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  expectOk,
  newOffer,
  newTask,
  TEST_DID,
  type TestCity,
  withCity,
} from '../../support/city.ts';
import { publishAll } from '../../support/open-data.ts';
import { withStore } from '../../support/store.ts';

type Line = Readonly<Record<string, Cell>>;

/** The lines of a file as objects. */
function linesOf(store: Store, name: OpenDataName): Line[] {
  const data = createOpenData(store.read.records, TEST_DID);
  const snapshot = data.now();
  if (snapshot === undefined) return [];
  const { columns } = OPEN_DATA_FILES[name];
  return [...data.pages(name, snapshot)]
    .flat()
    .map((row) => Object.fromEntries(row.map((cell, at) => [columns[at] ?? '', cell])));
}

/** Work, its approval and what the credits bring; the participant id of who did it. */
function goRound(city: TestCity, note = ''): string {
  const person = city.join('+15105550101');
  const taskId = newTask(city, { credits: 20 });
  expectOk(city.run((context) => joinTask(context, person, taskId)));
  const { evidenceId } = expectOk(
    city.run((context) => {
      const inboxId = context.tx.inbox.add({
        channel: 'sms',
        externalId: 'one',
        identityId: person.identityId,
        payload: { text: '', replyTo: null, pictures: 0 },
        receivedAt: context.now,
      });
      const sent = { taskId, text: 'It is clean.', pictureIds: [], inboxId: inboxId ?? 0 };
      return submitEvidence(context, person, sent);
    }),
  );
  const approval = { evidenceId, approved: true, note };
  expectOk(city.run((context) => reviewEvidence(context, city.organizer, approval)));
  const offerId = newOffer(city, { credits: 15 });
  const { code } = expectOk(city.run((context) => redeemOffer(context, person, offerId)));
  expectOk(city.run((context) => confirmCode(context, city.redeemer.id, code)));
  return person.participantId;
}

test('the whole loop can be read from the files, with the names that people know', () =>
  withCity((city) => {
    const participant = goRound(city, 'Well done.\nThank you.');
    publishAll(city.store);
    const [task] = linesOf(city.store, 'tasks');
    expect(task).toMatchObject({
      number: 1,
      title: 'Sweep the square',
      issuerName: 'The Issuer',
      place: 'The square',
      startsAt: '2026-11-23T18:00:00.000Z',
      endsAt: '2026-11-24T20:00:00.000Z',
      credits: 20,
      slots: 5,
      status: 'open',
      updatedAt: null,
    });
    const [claim] = linesOf(city.store, 'claims');
    expect(claim).toMatchObject({
      taskNumber: 1,
      taskTitle: 'Sweep the square',
      participant,
      task: task?.['uri'],
      taskCid: task?.['cid'],
    });
    const [review] = linesOf(city.store, 'reviews');
    expect(review).toMatchObject({
      decision: 'approved',
      note: 'Well done.\nThank you.',
      taskNumber: 1,
      participant,
      claim: claim?.['uri'],
      task: task?.['uri'],
    });
    const transfers = linesOf(city.store, 'transfers');
    expect(
      transfers.map(({ position, kind, code, amount }) => [position, kind, code, amount]),
    ).toEqual([
      [1, 'posted', 'issue', 20],
      [2, 'pending', 'hold', 15],
      [3, 'post', 'burn', 15],
    ]);
    const [issue, hold, burn] = transfers;
    expect(issue).toMatchObject({
      credit: `person:${participant}`,
      reference: review?.['uri'],
      referenceCid: review?.['cid'],
      previous: null,
    });
    expect(hold?.['previous']).toBe(issue?.['cid']);
    expect(burn?.['resolves']).toBe(hold?.['uri']);
    expect(linesOf(city.store, 'redemptions')).toMatchObject([
      {
        offerNumber: 1,
        offerTitle: 'Coffee',
        redeemerName: 'The Redeemer',
        credits: 15,
        creditKind: 'CITY',
        burn: burn?.['uri'],
      },
    ]);
  }));

test('balances can be worked out from the transfers alone', () =>
  withCity((city) => {
    const participant = goRound(city);
    publishAll(city.store);
    const account = `person:${participant}`;
    const moved = linesOf(city.store, 'transfers').filter(
      ({ kind }) => kind === 'posted' || kind === 'post',
    );
    const sum = (side: 'credit' | 'debit') =>
      moved
        .filter((line) => line[side] === account)
        .reduce((total, { amount }) => total + Number(amount), 0);
    const { available, held } = city.run((context) => seeBalance(context, participant));
    expect(sum('credit') - sum('debit')).toBe(available + held);
  }));

test('a file holds what is published, and nothing that still waits', () =>
  withCity((city) => {
    goRound(city);
    for (const name of OPEN_DATA_NAMES) expect(linesOf(city.store, name)).toEqual([]);
    const { records } = city.store.read;
    const seqOf = (collection: string) =>
      records.after(0, 100).find((row) => row.collection.endsWith(collection))?.seq ?? 0;
    const upTo = seqOf('.review');
    const seqs = Array.from({ length: upTo }, (_, at) => at + 1);
    city.store.transact((tx) => tx.records.markPublished(seqs, 5000));
    expect(OPEN_DATA_NAMES.map((name) => linesOf(city.store, name).length)).toEqual([
      1, 1, 1, 0, 0,
    ]);
  }));

describe('what leads nowhere', () => {
  const put = (store: Store, collection: string, rkey: string, value: object) =>
    store.transact((tx) =>
      tx.records.stage({
        collection,
        rkey,
        operation: 'create',
        cid: `cid-${rkey}`,
        value: JSON.stringify(value),
        stagedAt: 1,
      }),
    );

  it('is an empty cell: records of others, missing records, words of another form', () =>
    withStore((store) => {
      const elsewhere = { uri: 'at://did:plc:elsewhere/org.city-sync.civic.task/a', cid: 'c' };
      const missing = { uri: `at://${TEST_DID}/org.hypercerts.context.attachment/none`, cid: 'c' };
      put(store, 'org.city-sync.civic.claim', 'a', {
        task: elsewhere,
        participant: 'p-0123456789ab',
        status: 'joined',
        createdAt: '2026-11-23T18:00:00.000Z',
      });
      put(store, 'org.hypercerts.context.evaluation', 'b', {
        subject: missing,
        summary: 'It went well.\nreally',
        createdAt: '2026-11-23T18:00:00.000Z',
      });
      put(store, 'org.hypercerts.context.evaluation', 'c', {
        subject: missing,
        summary: 'rejected: too-dark',
      });
      put(store, 'org.hypercerts.context.evaluation', 'd', {
        subject: { uri: `at://${TEST_DID}/org.hypercerts.claim.activity/a`, cid: 'c' },
        summary: '1 reviewed: 1 approved, 0 not approved; 20 CITY issued.',
      });
      publishAll(store);
      expect(linesOf(store, 'claims')).toMatchObject([
        { taskNumber: null, taskTitle: null, task: elsewhere.uri, taskCid: 'c' },
      ]);
      expect(linesOf(store, 'reviews')).toMatchObject([
        {
          decision: null,
          reason: null,
          note: 'It went well.\nreally',
          claim: null,
          participant: null,
          evidence: missing.uri,
        },
        { decision: 'rejected', reason: 'too-dark', note: null, createdAt: null },
      ]);
    }));

  it('is left out when it was deleted', () =>
    withStore((store) => {
      const issuer = { uri: `at://${TEST_DID}/org.city-sync.civic.partner/none`, cid: 'c' };
      put(store, 'org.city-sync.civic.task', 'a', { title: 'A', issuer });
      put(store, 'org.city-sync.civic.task', 'b', { title: 'B', issuer });
      store.transact((tx) =>
        tx.records.stage({
          collection: 'org.city-sync.civic.task',
          rkey: 'a',
          operation: 'delete',
          cid: '',
          value: 'null',
          stagedAt: 1,
        }),
      );
      publishAll(store);
      expect(linesOf(store, 'tasks').map(({ title }) => title)).toEqual(['B']);
    }));
});

describe('the columns', () => {
  /** Says what a file has instead of a property of the lexicon, or why it lacks it. */
  const TOLD_OTHERWISE = new Map([['reasonCode', 'reason']]);

  it.each(OPEN_DATA_NAMES)('of %s begin with address and CID and leave nothing out', (name) => {
    const { collection, columns } = OPEN_DATA_FILES[name];
    expect(columns.slice(0, 2)).toEqual(['uri', 'cid']);
    const path = `lexicons/${collection.replaceAll('.', '/')}.json`;
    const lexicon = JSON.parse(readFileSync(path, 'utf8')) as {
      defs: { main: { record: { properties: Record<string, unknown> } } };
    };
    const properties = Object.keys(lexicon.defs.main.record.properties);
    const untold = properties.filter(
      (property) =>
        !columns.includes(property) &&
        (!TOLD_OTHERWISE.has(property) ||
          !columns.includes(TOLD_OTHERWISE.get(property) ?? 'uri')) &&
        // A review happens where its work did.
        !(name === 'reviews' && property === 'location'),
    );
    expect(untold).toEqual([]);
  });
});
