/**
 * The files of open data: which records each holds, and the columns that they are laid out in.
 * Columns keep their names and their meaning; a new one comes after the others.
 * `docs/open-data.md` explains each.
 */
import { COLLECTIONS, type Collection, type RecordValues } from '../kinds/index.ts';
import type { StrongRef } from '../strong-ref.ts';
import type { Look } from './look.ts';

/** The content of one place of a file; null where the record says nothing. */
export type Cell = string | number | null;
/** One record, laid out: a cell for each column of its file. */
export type Row = readonly Cell[];

export type OpenDataFile = {
  readonly collection: Collection;
  readonly columns: readonly string[];
  /** `json` is the record's value as it is stored. */
  readonly row: (ref: StrongRef, json: string, look: Look) => Row;
};

type Columns<C extends Collection> = Readonly<
  Record<string, (record: RecordValues[C], look: Look) => string | number | undefined>
>;

/** Every file begins with the address and the CID of the record. */
function file<C extends Collection>(collection: C, columns: Columns<C>): OpenDataFile {
  const cells = Object.values(columns);
  return {
    collection,
    columns: ['uri', 'cid', ...Object.keys(columns)],
    row: ({ uri, cid }, json, look) => {
      const record = JSON.parse(json) as RecordValues[C];
      return [uri, cid, ...cells.map((cell) => cellOf(cell(record, look)))];
    },
  };
}

/** An empty text says nothing, and half of a surrogate pair cannot be written in UTF-8. */
function cellOf(value: string | number | undefined): Cell {
  if (typeof value === 'number') return value;
  return value === undefined || value === '' ? null : value.toWellFormed();
}

/** As `kinds/review.ts` writes it; a summary of any other form is a note. */
const SUMMARY =
  /^(?<decision>approved|rejected): (?<reason>[^\n]*?)(?:, by (?<by>p-[0-9a-z]{12}))?(?:\n(?<note>[\s\S]*))?$/;

function decisionOf(summary: string) {
  const { decision, reason, by, note } = SUMMARY.exec(summary)?.groups ?? { note: summary };
  return { decision, reason, by, note };
}

export const OPEN_DATA_FILES = {
  tasks: file(COLLECTIONS.task, {
    number: (record) => record.number,
    title: (record) => record.title,
    issuerName: (record, look) => look.partnerName(record.issuer.uri),
    place: (record) => record.place,
    startsAt: (record) => record.startsAt,
    endsAt: (record) => record.endsAt,
    credits: (record) => record.credits,
    creditKind: (record) => record.creditKind,
    slots: (record) => record.slots,
    status: (record) => record.status,
    createdAt: (record) => record.createdAt,
    updatedAt: (record) => record.updatedAt,
    issuer: (record) => record.issuer.uri,
    location: (record) => record.location?.uri,
    post: (record) => record.post?.uri,
    by: (record) => record.by,
  }),
  claims: file(COLLECTIONS.claim, {
    taskNumber: (record, look) => look.task(record.task.uri)?.number,
    taskTitle: (record, look) => look.task(record.task.uri)?.title,
    participant: (record) => record.participant,
    status: (record) => record.status,
    createdAt: (record) => record.createdAt,
    updatedAt: (record) => record.updatedAt,
    task: (record) => record.task.uri,
    taskCid: (record) => record.task.cid,
  }),
  reviews: file(COLLECTIONS.review, {
    decision: (record) => decisionOf(record.summary).decision,
    reason: (record) => decisionOf(record.summary).reason,
    note: (record) => decisionOf(record.summary).note,
    taskNumber: (record, look) => look.work(record.subject?.uri)?.task?.number,
    taskTitle: (record, look) => look.work(record.subject?.uri)?.task?.title,
    participant: (record, look) => look.work(record.subject?.uri)?.participant,
    createdAt: (record) => record.createdAt,
    evidence: (record) => record.subject?.uri,
    evidenceCid: (record) => record.subject?.cid,
    claim: (record, look) => look.work(record.subject?.uri)?.claim,
    task: (record, look) => look.work(record.subject?.uri)?.taskUri,
    by: (record) => decisionOf(record.summary).by,
  }),
  transfers: file(COLLECTIONS.transfer, {
    position: (record) => record.position,
    createdAt: (record) => record.createdAt,
    kind: (record) => record.kind,
    code: (record) => record.code,
    debit: (record) => record.debit,
    credit: (record) => record.credit,
    amount: (record) => record.amount,
    creditKind: (record) => record.creditKind,
    reference: (record) => record.reference?.uri,
    referenceCid: (record) => record.reference?.cid,
    resolves: (record) => record.resolves?.uri,
    previous: (record) => record.previous,
    timeUs: (record) => record.timeUs,
    expiresAt: (record) => record.expiresAt,
    reason: (record) => record.reason,
    askedBy: (record) => record.askedBy,
    agreedBy: (record) => record.agreedBy,
  }),
  redemptions: file(COLLECTIONS.redemption, {
    offerNumber: (record, look) => look.offer(record.offer.uri)?.number,
    offerTitle: (record, look) => look.offer(record.offer.uri)?.title,
    redeemerName: (record, look) => look.partnerName(record.redeemer.uri),
    credits: (record, look) => look.transfer(record.burn.uri)?.amount,
    creditKind: (record, look) => look.transfer(record.burn.uri)?.creditKind,
    createdAt: (record) => record.createdAt,
    offer: (record) => record.offer.uri,
    offerCid: (record) => record.offer.cid,
    redeemer: (record) => record.redeemer.uri,
    burn: (record) => record.burn.uri,
    late: (record) => (record.late === true ? 'true' : undefined),
    by: (record) => record.by,
  }),
} as const satisfies Readonly<Record<string, OpenDataFile>>;

export type OpenDataName = keyof typeof OPEN_DATA_FILES;

/** The names in the order of the loop: what is asked, done, decided, paid and spent. */
export const OPEN_DATA_NAMES = Object.keys(OPEN_DATA_FILES) as readonly OpenDataName[];
