/** Keeps what an audit finds broken: each with a stable code, the record, and a sentence. */
import { cut, cutSentence } from './quote.ts';

type Told<Code extends string> = {
  /** Stable, for programs. */
  readonly code: Code;
  /** The `at://` address of the broken link; the repository's where no record can be named. */
  readonly uri: string;
  /** One sentence for people. It may quote strangers' text, cut to a length that can be read. */
  readonly sentence: string;
};

/** Every code there is, with its meaning. They are never renamed, only added to. */
export const FINDING_CODES = {
  'car-malformed': 'The file is not a CAR as ATProto writes it, from some byte on.',
  'car-truncated': 'The file ends in the middle.',
  'block-extra': 'Blocks that belong to no record: nothing in the tree leads to them.',
  'commit-malformed': 'The commit is missing, damaged, or not one of ATProto’s version 3.',
  'commit-did': 'The commit is one of another account.',
  signature: 'The commit is not signed with the key of the account.',
  'tree-missing': 'A node of the Merkle tree is missing.',
  'tree-damaged': 'The bytes of a node of the tree are not those that its CID stands for.',
  'tree-malformed': 'The tree is not built as it has to be: order, depth, double or empty nodes.',
  'record-missing': 'The tree names a record whose block is not there.',
  'record-damaged': 'The bytes of a record are not those that its CID stands for.',
  'record-malformed': 'A record is not canonical DAG-CBOR.',
  'record-invalid': 'A record does not fit its lexicon.',
  'key-invalid': 'The key of a record is not one that its lexicon allows.',
  'city-missing': 'There are records of a city, and none that says which city.',
  'ref-foreign': 'A record refers into another repository.',
  'ref-collection': 'A record refers to one of another kind.',
  'ref-missing': 'A record refers to one that is not there.',
  'ref-changed':
    'A record refers to a version that is not there, and nothing says it was replaced.',
  'participant-invalid': 'A person is named by something else than a participant id or a DID.',
  'epoch-invalid':
    'An epoch ends before it begins, overlaps another, caps something twice, or has another key than its name.',
  'chain-start': 'The first transfer names one before it.',
  'chain-gap': 'A position of the chain is missing.',
  'chain-double': 'Two transfers have one position.',
  'chain-broken': 'A transfer does not name the one before it.',
  'chain-time':
    'A transfer is not later than the one before it, or later than the commit that it is in.',
  'transfer-key': 'The key of a transfer is not the TID of its time.',
  'transfer-time': 'The two times in a transfer differ.',
  'transfer-kind':
    'Kind, code, accounts and references of a transfer do not go together, or it corrects or expires what it may not.',
  'account-invalid': 'An account is not one of the ledger, or its partner is not of that kind.',
  'amount-invalid': 'Amounts are beyond what can be added up exactly.',
  overdraft:
    'An account other than those that credits come from goes below zero, credits on hold counted.',
  'resolve-unknown': 'A transfer resolves one that is not an earlier pending transfer.',
  'resolve-twice': 'A pending transfer is resolved a second time.',
  'resolve-differs': 'A transfer resolves a pending one of other accounts or another amount.',
  unbalanced: 'What was issued is not what people hold, was redeemed, expired or adjusted.',
  'act-unauthorized':
    'Somebody acted for a partner or for the city, or let somebody act, who had no right to it then, or is not named; or decided about what is their own.',
  'act-partner': 'Somebody acted for a partner that was not approved then.',
  'partner-standing':
    'A partner stands otherwise than its history says, or nothing says how or why it does.',
  'issue-unfounded': 'Credits were issued without a review that approves.',
  'issue-evidence': 'Credits were issued on a review that is not about evidence for a claim.',
  'issue-person':
    'Credits were issued to somebody else than who made the claim, or for the post of somebody else.',
  'issue-issuer':
    'Credits were issued by somebody else than the issuer of the task, or by one that was not approved.',
  'issue-amount': 'Other credits were issued than the task brings.',
  'issue-twice':
    'A review, evidence, a post, a claim or a person’s work on a task was credited twice.',
  'issue-missing': 'Evidence was approved, and no credits were issued for it.',
  'epoch-missing': 'Credits were issued at a time for which there is no epoch.',
  'cap-unfounded':
    'A cap is neither that of the epoch before nor decided by somebody who was an admin then.',
  'cap-issuer': 'An issuer issued more than its cap of the epoch.',
  'cap-city': 'The city issued more than its cap of the epoch.',
  'hold-offer':
    'Credits are held for an offer of another redeemer, at another price, or while it was not open.',
  'offer-price':
    'A price moved by more than a quarter and more than one credit, or went up without 30 days of notice.',
  'offer-history': 'An offer is not what its own history says.',
  'burn-missing': 'A redemption rests on a transfer that burns nothing.',
  'burn-unredeemed': 'Credits were burned, and there is no redemption for it.',
  'burn-twice': 'Credits were burned once and redeemed twice.',
  'redemption-late':
    'A code was honored after its end and nothing says so, or more than a day after it.',
  'redemption-differs': 'A redemption is of another offer, redeemer or time than its burn.',
  'undo-invalid':
    'A redemption was undone by somebody else than who confirmed it, after ten minutes, in part, or by one half of its pair.',
  'claim-steps':
    'The steps of a claim are not those that a claim can take, or a newer claim does not tell them.',
  'claim-time': 'A step of a claim was taken at a time at which it cannot be.',
  'claim-slots': 'More people had a spot on a task than it has.',
  'claim-unfounded':
    'A claim says that evidence was sent or decided about, and there is no such evidence or decision.',
  'activity-task': 'An activity belongs to no task.',
  'activity-contributor':
    'An activity names a contributor twice, or one whose work was not approved: work on the task, or any work for the activity of the whole city.',
  'evidence-work': 'Evidence names the work on another task than that of its claim, or two claims.',
  'review-earlier':
    'A review seconds or appeals from something that is no earlier review of the same evidence.',
  'review-reason': 'A decision does not say why, by a code that goes with it.',
  'review-former':
    'Something was decided, or credited, in the form that reviews had before the first review.',
  'review-evidence': 'A review decides about something that is no evidence for a claim.',
  'evaluation-figures': 'An evaluation sums up reviews in other figures than theirs.',
  'evaluation-twice': 'The work on a task, or a time of the project, is summed up twice.',
  'project-work':
    'A project has no work, names work that is not there or another’s than the whole city’s as its first, or is not the only one of the city.',
  'post-changed': 'Evidence is a post, and the post now says something else.',
  'blob-invalid': 'A record refers to a picture in no form that a picture has.',
  'blob-missing': 'A picture that a record refers to is not there.',
  'blob-changed': 'A picture is not the one that the record refers to.',
  'personal-data': 'A text names a phone number, an address or a code.',
  'history-removed': 'A record that was there before is gone.',
  'history-changed':
    'A record says something else than before, and is never replaced or does not say when it was.',
  'history-inserted': 'A record was put in between records that are never replaced.',
} as const;

export type FindingCode = keyof typeof FINDING_CODES;

export type Finding = Told<FindingCode>;

/** A reader should know of this, although it is no broken link. */
export type Note = Told<string>;

/** How many findings are kept with their sentences; all are counted. */
const KEPT = 1000;
/** Longer than any address that ATProto allows. */
const URI_MAX = 3000;

/** All that was found, counted by code; the first thousand with their sentences, in order. */
export type Found<Code extends string> = {
  readonly count: number;
  readonly counts: Readonly<Partial<Record<Code, number>>>;
  readonly list: readonly Told<Code>[];
};

export type Findings<Code extends string = FindingCode> = {
  readonly add: (code: Code, uri: string, sentence: string) => void;
  readonly count: () => number;
  readonly all: () => Found<Code>;
};

export function createFindings<Code extends string = FindingCode>(): Findings<Code> {
  const list: Told<Code>[] = [];
  const counts: Partial<Record<Code, number>> = {};
  let count = 0;
  return {
    add: (code, uri, sentence) => {
      count += 1;
      counts[code] = (counts[code] ?? 0) + 1;
      if (list.length < KEPT) {
        list.push({ code, uri: cut(uri, URI_MAX), sentence: cutSentence(sentence) });
      }
    },
    count: () => count,
    all: () => ({ count, counts, list }),
  };
}

/** An audit that could not be done at all. Its message is one sentence for people. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
}
