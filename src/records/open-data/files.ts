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

/** A record as it stands in the repository. */
type PublishedRecord<C extends Collection> = StrongRef & {
  readonly value: RecordValues[C];
};

export type OpenDataFile = {
  readonly collection: Collection;
  readonly columns: readonly string[];
  /** `json` is the record's value as it is stored. */
  readonly row: (ref: StrongRef, json: string, look: Look) => Row;
};

type Columns<C extends Collection> = Readonly<
  Record<string, (record: PublishedRecord<C>, look: Look) => string | number | undefined>
>;

function file<C extends Collection>(collection: C, columns: Columns<C>): OpenDataFile {
  const cells = Object.values(columns);
  return {
    collection,
    columns: Object.keys(columns),
    row: ({ uri, cid }, json, look) => {
      const record = { uri, cid, value: JSON.parse(json) as RecordValues[C] };
      return cells.map((cell) => cellOf(cell(record, look)));
    },
  };
}

/** An empty text says nothing, and half of a surrogate pair cannot be written in UTF-8. */
function cellOf(value: string | number | undefined): Cell {
  if (typeof value === 'number') return value;
  return value === undefined || value === '' ? null : value.toWellFormed();
}

/** As `kinds/review.ts` writes it; a summary of any other form is a note. */
const SUMMARY = /^(?<decision>approved|rejected): (?<reason>[^\n]*)(?:\n(?<note>[\s\S]*))?$/;

function decisionOf(summary: string) {
  const { decision, reason, note } = SUMMARY.exec(summary)?.groups ?? { note: summary };
  return { decision, reason, note };
}

export const OPEN_DATA_FILES = {
  tasks: file(COLLECTIONS.task, {
    uri: ({ uri }) => uri,
    cid: ({ cid }) => cid,
    number: ({ value }) => value.number,
    title: ({ value }) => value.title,
    issuerName: ({ value }, look) => look.partnerName(value.issuer.uri),
    place: ({ value }) => value.place,
    startsAt: ({ value }) => value.startsAt,
    endsAt: ({ value }) => value.endsAt,
    credits: ({ value }) => value.credits,
    creditKind: ({ value }) => value.creditKind,
    slots: ({ value }) => value.slots,
    status: ({ value }) => value.status,
    createdAt: ({ value }) => value.createdAt,
    updatedAt: ({ value }) => value.updatedAt,
    issuer: ({ value }) => value.issuer.uri,
    location: ({ value }) => value.location?.uri,
    post: ({ value }) => value.post?.uri,
  }),
  claims: file(COLLECTIONS.claim, {
    uri: ({ uri }) => uri,
    cid: ({ cid }) => cid,
    taskNumber: ({ value }, look) => look.task(value.task.uri)?.number,
    taskTitle: ({ value }, look) => look.task(value.task.uri)?.title,
    participant: ({ value }) => value.participant,
    status: ({ value }) => value.status,
    createdAt: ({ value }) => value.createdAt,
    updatedAt: ({ value }) => value.updatedAt,
    task: ({ value }) => value.task.uri,
    taskCid: ({ value }) => value.task.cid,
  }),
  reviews: file(COLLECTIONS.review, {
    uri: ({ uri }) => uri,
    cid: ({ cid }) => cid,
    decision: ({ value }) => decisionOf(value.summary).decision,
    reason: ({ value }) => decisionOf(value.summary).reason,
    note: ({ value }) => decisionOf(value.summary).note,
    taskNumber: ({ value }, look) => look.work(value.subject?.uri)?.task?.number,
    taskTitle: ({ value }, look) => look.work(value.subject?.uri)?.task?.title,
    participant: ({ value }, look) => look.work(value.subject?.uri)?.participant,
    createdAt: ({ value }) => value.createdAt,
    evidence: ({ value }) => value.subject?.uri,
    evidenceCid: ({ value }) => value.subject?.cid,
    claim: ({ value }, look) => look.work(value.subject?.uri)?.claim,
    task: ({ value }, look) => look.work(value.subject?.uri)?.taskUri,
  }),
  transfers: file(COLLECTIONS.transfer, {
    uri: ({ uri }) => uri,
    cid: ({ cid }) => cid,
    position: ({ value }) => value.position,
    createdAt: ({ value }) => value.createdAt,
    kind: ({ value }) => value.kind,
    code: ({ value }) => value.code,
    debit: ({ value }) => value.debit,
    credit: ({ value }) => value.credit,
    amount: ({ value }) => value.amount,
    creditKind: ({ value }) => value.creditKind,
    reference: ({ value }) => value.reference?.uri,
    referenceCid: ({ value }) => value.reference?.cid,
    resolves: ({ value }) => value.resolves?.uri,
    previous: ({ value }) => value.previous,
    timeUs: ({ value }) => value.timeUs,
  }),
  redemptions: file(COLLECTIONS.redemption, {
    uri: ({ uri }) => uri,
    cid: ({ cid }) => cid,
    offerNumber: ({ value }, look) => look.offer(value.offer.uri)?.number,
    offerTitle: ({ value }, look) => look.offer(value.offer.uri)?.title,
    redeemerName: ({ value }, look) => look.partnerName(value.redeemer.uri),
    credits: ({ value }, look) => look.transfer(value.burn.uri)?.amount,
    creditKind: ({ value }, look) => look.transfer(value.burn.uri)?.creditKind,
    createdAt: ({ value }) => value.createdAt,
    offer: ({ value }) => value.offer.uri,
    offerCid: ({ value }) => value.offer.cid,
    redeemer: ({ value }) => value.redeemer.uri,
    burn: ({ value }) => value.burn.uri,
  }),
} as const satisfies Readonly<Record<string, OpenDataFile>>;

export type OpenDataName = keyof typeof OPEN_DATA_FILES;

/** The names in the order of the loop: what is asked, done, decided, paid and spent. */
export const OPEN_DATA_NAMES = Object.keys(OPEN_DATA_FILES) as readonly OpenDataName[];
