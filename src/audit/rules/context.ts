/** Every rule of the audit works with this: the repository, and what was found out so far. */
import type { FindingCode, Findings } from '../findings.ts';
import { keysOfKind } from '../keys.ts';
import { type Kind, nsidOf, type Values } from '../kinds.ts';
import { type Keys, type Repository, uriOf } from '../repository.ts';

export type Context = {
  readonly repository: Repository;
  readonly findings: Findings;
  readonly note: Findings<string>['add'];
  /** How many fields were seen that no lexicon knows. */
  readonly unknownFields: { count: number };
  readonly progress: (done: number) => void;
  /** How many records were looked at. */
  readonly looked: { count: number };
};

/** A record that was looked at, and is valid. */
export type Looked<K extends Kind> = {
  readonly value: Values[K];
  readonly rkey: string;
  /** Its place among those of its kind. */
  readonly at: number;
  readonly uri: string;
  readonly fail: (code: FindingCode, sentence: string) => void;
};

export const keysOf = (context: Context, kind: Kind): Keys => keysOfKind(context.repository, kind);

export const uriAt = (context: Context, kind: Kind, at: number): string =>
  uriOf(context.repository.did, nsidOf(kind), keysOf(context, kind).rkeys[at] ?? '');

/** When a version of a record was decided (ms): the last time that it tells of. */
export function timeOf(value: Readonly<Record<string, unknown>>): number {
  const { updatedAt, createdAt } = value;
  const told = typeof updatedAt === 'string' ? updatedAt : createdAt;
  return typeof told === 'string' ? Date.parse(told) : Number.NaN;
}

// Host names are the same in capitals and small letters: one person, one name.
const PARTICIPANT = /^(?:p-[0-9a-z]{12}|did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]+))$/;

/** Whether a person may be named like this in public: by nothing but a participant id or a DID. */
export const isParticipant = (name: string): boolean => PARTICIPANT.test(name);

const TIME = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z';
const NAMED = 'p-[0-9a-z]{12}(?:, p-[0-9a-z]{12})*';

/** The first line of an evaluation that sums up reviews; the words of people may follow it. */
export const FIGURES = new RegExp(
  `^(?<reviewed>\\d+) reviewed(?: from (?<from>${TIME}) until (?<until>${TIME}))?: ` +
    '(?<approved>\\d+) approved, (?<rejected>\\d+) not approved; (?<issued>\\d+) (?<kind>[A-Z0-9-]+) issued' +
    `(?:; reviewed by (?<named>${NAMED})(?: and (?<more>\\d+) more)?)?\\.(?=\\n|$)`,
);

/** The first line of an evaluation that decided about evidence; the words of people follow it. */
export const DECIDED_BY = /^([a-z-]+: [a-z-]+), by (p-[0-9a-z]{12})(?=\n|$)/;

const CREDIT_KIND = /^[A-Z0-9-]+$/;

/** Kinds of credit are told apart at sight: no letters that look alike, and none that are not seen. */
export function checkCreditKind(creditKind: string, fail: Looked<Kind>['fail']): void {
  if (CREDIT_KIND.test(creditKind)) return;
  fail('record-invalid', 'Its kind of credit is not of A–Z, 0–9 and hyphens alone.');
}
