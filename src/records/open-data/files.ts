/**
 * The files of open data: which records each holds, and the columns that they are laid out in.
 * Columns keep their names and their meaning; a new one comes after the others.
 * `docs/open-data.md` explains each.
 */
import { readFormerReview } from '../former-review.ts';
import { COLLECTIONS, type Collection, type RecordValues, type Values } from '../kinds/index.ts';
import type { StrongRef } from '../strong-ref.ts';
import type { Look } from './look.ts';

/** The content of one place of a file; null where the record says nothing. */
export type Cell = string | number | null;
/** One record, laid out: a cell for each column of its file. */
export type Row = readonly Cell[];

export type OpenDataFile = {
  readonly collection: Collection;
  /** The collection that held such records before; they come first. */
  readonly formerCollection?: Collection;
  readonly columns: readonly string[];
  /** `json` is the record's value as it is stored; undefined for one that is none of this file's. */
  readonly row: (ref: StrongRef, json: string, look: Look) => Row | undefined;
};

type Columns<Facts> = Readonly<
  Record<string, (facts: Facts, look: Look) => string | number | undefined>
>;

/** A file of the records of one collection. */
const file = <C extends Collection>(
  collection: C,
  columns: Columns<RecordValues[C]>,
): OpenDataFile => fileOf({ collection }, (record) => record as RecordValues[C], columns);

/** Every file begins with the address and the CID of the record. */
function fileOf<Facts>(
  from: Pick<OpenDataFile, 'collection' | 'formerCollection'>,
  /** What a row is made of; undefined for a record that has none. */
  factsOf: (record: RecordValues[Collection]) => Facts | undefined,
  columns: Columns<Facts>,
): OpenDataFile {
  const cells = Object.values(columns);
  return {
    ...from,
    columns: ['uri', 'cid', ...Object.keys(columns)],
    row: ({ uri, cid }, json, look) => {
      const facts = factsOf(JSON.parse(json));
      if (facts === undefined) return undefined;
      return [uri, cid, ...cells.map((cell) => cellOf(cell(facts, look)))];
    },
  };
}

/** An empty text says nothing, and half of a surrogate pair cannot be written in UTF-8. */
function cellOf(value: string | number | undefined): Cell {
  if (typeof value === 'number') return value;
  return value === undefined || value === '' ? null : value.toWellFormed();
}

type Decision = {
  readonly decision: string | undefined;
  readonly reason: string | undefined;
  readonly note: string | undefined;
  readonly by: string | undefined;
  readonly role?: string | undefined;
  readonly seconds?: { readonly uri: string } | undefined;
  readonly appeals?: { readonly uri: string } | undefined;
  readonly evidence: { readonly uri: string; readonly cid: string };
  readonly createdAt: string;
};

/** What was decided about evidence. An evaluation of anything else only sums up what stands here. */
function decisionIn(record: RecordValues[Collection]): Decision | undefined {
  if (record.$type === COLLECTIONS.review) {
    const { reasonCode, note, by, ...said } = record as Values['review'];
    return { ...said, reason: reasonCode, note, by };
  }
  const { subject, summary, createdAt } = record as Values['evaluation'];
  if (subject?.uri.includes(`/${COLLECTIONS.evidence}/`) !== true) return undefined;
  const { decision, reason, by, note } = readFormerReview(summary);
  return { evidence: subject, decision, reason, note, by, createdAt };
}

const REVIEWS = {
  collection: COLLECTIONS.review,
  formerCollection: COLLECTIONS.evaluation,
} as const;

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
    reason: (record) => record.reason,
    note: (record) => record.note,
    area: (record) => record.area,
    anyTime: (record) => (record.anyTime === true ? 'true' : undefined),
    changes: (record) => record.changes?.length,
    series: (record) => record.series?.key,
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
    steps: (record) =>
      record.steps?.map(({ status, decidedAt }) => `${status} ${decidedAt}`).join('; '),
    guests: (record) => record.guests,
  }),
  reviews: fileOf(REVIEWS, decisionIn, {
    decision: ({ decision }) => decision,
    reason: ({ reason }) => reason,
    note: ({ note }) => note,
    taskNumber: ({ evidence }, look) => look.work(evidence.uri)?.task?.number,
    taskTitle: ({ evidence }, look) => look.work(evidence.uri)?.task?.title,
    participant: ({ evidence }, look) => look.work(evidence.uri)?.participant,
    createdAt: ({ createdAt }) => createdAt,
    evidence: ({ evidence }) => evidence.uri,
    evidenceCid: ({ evidence }) => evidence.cid,
    claim: ({ evidence }, look) => look.work(evidence.uri)?.claim,
    task: ({ evidence }, look) => look.work(evidence.uri)?.taskUri,
    by: ({ by }) => by,
    role: ({ role }) => role,
    seconds: ({ seconds }) => seconds?.uri,
    appeals: ({ appeals }) => appeals?.uri,
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
    undoneBy: (record) => record.undoneBy,
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
