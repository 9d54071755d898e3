/** Turns records into the rows that they were written from, in the order of values of `restore.ts`. */
import { parseCidSafe } from '@atproto/lex-data';
import { bytesToHex } from '@noble/hashes/utils.js';
import { foldPlace } from '../domain/place.ts';
import { foldWords } from '../lib/text.ts';
import { COLLECTIONS } from '../records/kinds/index.ts';
import {
  fieldsOf,
  listOf,
  rkeyOf,
  type SourceRecord,
  textIn,
  timeIn,
  UnusableRecord,
  uriIn,
  uriOf,
} from './fields.ts';
import type { Row } from './filler.ts';
import { postOf } from './task-rows.ts';

const PARTNER_KINDS = ['issuer', 'redeemer'] as const;
const PARTNER_STATES = ['invited', 'pending', 'approved', 'deferred', 'suspended'] as const;
const ONBOARDINGS = ['green', 'yellow', 'red'] as const;
const OFFER_STATES = ['open', 'paused', 'closed'] as const;
const DECISIONS = ['approved', 'rejected'] as const;

export function partnerRow(did: string, record: SourceRecord): Row {
  const { text, word, time } = fieldsOf(did, record);
  const name = text('name');
  const onboarding = ONBOARDINGS.find((one) => one === record.value['onboarding']) ?? 'green';
  const deferred = standingRows(record).find(([, state]) => state === 'deferred');
  return [
    record.rkey,
    record.cid,
    word('kind', PARTNER_KINDS),
    name,
    foldWords(name),
    word('status', PARTNER_STATES),
    time('createdAt'),
    onboarding,
    onboarding === 'red' ? (deferred?.[4] ?? '') : '',
  ];
}

type Told = Readonly<Record<string, unknown>>;

/** Where a partner stood. The record of an older version tells where it stands alone. */
export function standingRows({ rkey, value }: SourceRecord): readonly Row[] {
  const { history, status, createdAt, updatedAt } = value;
  const told = listOf(history).map((entry): Row => {
    const { status, decidedAt, by, reason } = entry as Told;
    return [rkey, textIn(status), timeIn(decidedAt), textIn(by), textIn(reason) ?? ''];
  });
  if (told.length > 0) return told;
  // What it did until then was done while it was approved.
  const isSuspended = status === 'suspended';
  const first: Row = [rkey, isSuspended ? 'approved' : textIn(status), timeIn(createdAt), null, ''];
  return isSuspended ? [first, [rkey, status, timeIn(updatedAt ?? createdAt), null, '']] : [first];
}

/** Who acts for a partner, or with null for the city; nothing in the record of an older version. */
export function delegationRows(partner: string | null, { value }: SourceRecord): readonly Row[] {
  const writtenAt = timeIn(value['updatedAt'] ?? value['createdAt']) ?? 0;
  const list = listOf(value[partner === null ? 'admins' : 'delegations']);
  return list.map((entry) => {
    const { participant, role, startsAt, endsAt, by } = entry as Told;
    const end = timeIn(endsAt);
    const ended = end !== null && end <= writtenAt ? end : null;
    const expires = ended === null ? end : null;
    const who = [partner, textIn(participant), textIn(role)];
    return [...who, timeIn(startsAt), expires, ended, textIn(by)];
  });
}

export function placeRow(did: string, record: SourceRecord): Row {
  const { time } = fieldsOf(did, record);
  const { location, locationType, name } = record.value;
  const { string } = (location ?? {}) as { readonly string?: unknown };
  // Coordinates have the words that they were given in beside them.
  const words = locationType === 'coordinate-decimal' ? name : string;
  if (typeof words !== 'string') {
    throw new UnusableRecord(`The place ${uriOf(did, record)} is not one of words.`);
  }
  return [record.rkey, record.cid, words, foldPlace(words), time('createdAt')];
}

export function offerRow(did: string, record: SourceRecord): Row {
  const { text, whole, word, time, ref, maybe } = fieldsOf(did, record);
  return [
    record.rkey,
    record.cid,
    ref('redeemer'),
    maybe(whole, 'number'),
    text('title'),
    whole('credits'),
    maybe(whole, 'perDay'),
    word('status', OFFER_STATES),
    time('createdAt'),
    maybe(whole, 'nextCredits'),
    maybe(time, 'nextCreditsAt'),
  ];
}

/** Evidence is about a claim, which is found by its collection: the work on the task may stand before it. */
export function evidenceRow(did: string, record: SourceRecord): Row {
  const { time } = fieldsOf(did, record);
  const subjects = listOf(record.value['subjects']).map(uriIn);
  const claim = subjects.find((uri) => uri?.includes(`/${COLLECTIONS.claim}/`));
  const { value: words } = (record.value['description'] ?? {}) as { readonly value?: unknown };
  if (claim === undefined) {
    throw new UnusableRecord(`The evidence ${uriOf(did, record)} is about no claim.`);
  }
  return [
    record.rkey,
    record.cid,
    rkeyOf(claim),
    typeof words === 'string' ? words : '',
    time('createdAt'),
    postUris(record.value['content']),
    postOf(record.value['description'])[1],
  ];
}

/** Whether an attachment is evidence; others tell of the project. */
export const isEvidence = ({ value }: SourceRecord): boolean => value['contentType'] === 'evidence';

/**
 * The addresses of the posts that are evidence, with a space between; null for none. Where people
 * read them stands beside them.
 */
const postUris = (content: unknown): string | null =>
  listOf(content)
    .map(uriIn)
    .filter((uri) => uri?.startsWith('at://'))
    .join(' ') || null;

type Blob = { readonly ref?: unknown; readonly mimeType?: unknown; readonly size?: unknown };

/** The pictures of a piece of evidence, in order: CID, SHA-256, media type, size. */
export function pictureRows({ value }: SourceRecord): readonly Row[] {
  return listOf(value['content']).flatMap((part) => {
    const blob = (part as { readonly blob?: Blob } | null)?.blob;
    if (blob === undefined) return [];
    const { $link } = (blob.ref ?? {}) as { readonly $link?: unknown };
    const cid = String($link ?? blob.ref);
    const digest = parseCidSafe(cid)?.multihash.digest ?? new Uint8Array(0);
    return [[cid, bytesToHex(digest), String(blob.mimeType), Number(blob.size)]];
  });
}

/** A review, in either form: before it had a record of its own it was an evaluation of the evidence. */
export function reviewRow(did: string, record: SourceRecord): Row {
  return record.collection === COLLECTIONS.review
    ? ownReviewRow(did, record)
    : formerReviewRow(did, record);
}

function ownReviewRow(did: string, record: SourceRecord): Row {
  const { word, time, ref } = fieldsOf(did, record);
  const { rkey, cid, value } = record;
  const said = [
    word('decision', DECISIONS),
    textIn(value['reasonCode']) ?? '',
    textIn(value['note']) ?? '',
  ];
  return [rkey, cid, ref('evidence'), ...said, time('createdAt'), textIn(value['by'])];
}

/**
 * The summary began `<decision>: <reason code>`, after which `, by` and who decided could stand; a note
 * followed on the next line.
 */
function formerReviewRow(did: string, record: SourceRecord): Row {
  const { text, time, ref } = fieldsOf(did, record);
  const summary = text('summary');
  const end = summary.indexOf('\n');
  const [decision = '', said = ''] = (end < 0 ? summary : summary.slice(0, end)).split(': ');
  const [reasonCode = '', by = null] = said.split(', by ');
  if (!DECISIONS.some((one) => one === decision)) {
    throw new UnusableRecord(`The review ${uriOf(did, record)} says no decision.`);
  }
  const note = end < 0 ? '' : summary.slice(end + 1);
  return [
    record.rkey,
    record.cid,
    ref('subject'),
    decision,
    reasonCode,
    note,
    time('createdAt'),
    by,
  ];
}

/** Whether an evaluation decided about evidence, as reviews once did; any other sums up reviews. */
export const isFormerReview = ({ value }: SourceRecord): boolean =>
  uriIn(value['subject'])?.includes(`/${COLLECTIONS.evidence}/`) === true;

/** Of how many decisions on a task (its record key) an evaluation tells; no row for any other. */
export function evaluationRows({ rkey, value }: SourceRecord): readonly Row[] {
  const [, reviewed] = /^(\d+) reviewed:/.exec(String(value['summary'])) ?? [];
  const isOfWork = uriIn(value['subject'])?.endsWith(`/${COLLECTIONS.activity}/${rkey}`) === true;
  return isOfWork && reviewed !== undefined ? [[rkey, Number(reviewed)]] : [];
}

/** The key of an activity is its task's, for the parts after the first with their number. */
export function activityRow(did: string, record: SourceRecord): Row {
  const { time } = fieldsOf(did, record);
  const [task = '', part = '1'] = record.rkey.split('-');
  const contributors = listOf(record.value['contributors']).length;
  return [task, Number(part), record.rkey, record.cid, contributors, time('createdAt')];
}

/** The caps of an epoch: issuer (null for the city), amount, and where the cap comes from. */
export const capsOf = (
  record: SourceRecord,
): readonly { readonly issuer: string | null; readonly amount: number; readonly source: Row }[] =>
  listOf(record.value['caps']).map((cap) => {
    const { issuer, amount, carriedFrom, decidedAt, by } = cap as Record<string, unknown>;
    const uri = uriIn(issuer);
    const at = typeof decidedAt === 'string' ? Date.parse(decidedAt) : null;
    return {
      issuer: uri === undefined ? null : rkeyOf(uri),
      amount: Number(amount),
      source: [
        typeof carriedFrom === 'string' ? carriedFrom : null,
        at,
        typeof by === 'string' ? by : null,
      ],
    };
  });
