/** What every rule of the audit works with: the repository, and what was found out so far. */
import type { CountryCode } from 'libphonenumber-js/max';
import { isCidOf, isRecordCid } from '../cids.ts';
import type { FindingCode, Findings } from '../findings.ts';
import { countUnknown, inspect, type Ref } from '../inspect.ts';
import { type Kind, LASTING, LEXICONS, nsidOf, type Values } from '../kinds.ts';
import { personalDataIn } from '../privacy.ts';
import { type Keys, NOWHERE, type Repository, uriOf } from '../repository.ts';

/** A thing that is no broken link and that a reader should know. */
export type Note = { readonly code: string; readonly uri: string; readonly sentence: string };

export type Context = {
  readonly repository: Repository;
  readonly findings: Findings;
  readonly note: (code: string, uri: string, sentence: string) => void;
  /** Where national telephone numbers are of. */
  readonly country: CountryCode;
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

const NO_KEYS: Keys = { rkeys: [], blocks: [] };

export const keysOf = (context: Context, kind: Kind): Keys =>
  context.repository.collections.get(nsidOf(kind)) ?? NO_KEYS;

export const uriAt = (context: Context, kind: Kind, at: number): string =>
  uriOf(context.repository.did, nsidOf(kind), keysOf(context, kind).rkeys[at] ?? '');

/** The properties with references that the rules of a kind follow themselves. */
const FOLLOWED: Partial<Record<Kind, readonly string[]>> = {
  epoch: ['caps'],
  task: ['issuer', 'location'],
  offer: ['redeemer'],
  claim: ['task'],
  evidence: ['subjects', 'description'],
  review: ['subject'],
  transfer: ['resolves', 'reference'],
  redemption: ['offer', 'redeemer', 'burn'],
};

/** Replaced in place, and without a field that says when: only that it is there can be proved. */
export const TIMELESS: readonly Kind[] = ['activity', 'event', 'measurement', 'evidence'];

/**
 * Looks at every record of a kind, in the order of the keys: that it can be read, fits its lexicon,
 * names nobody, and refers to what is there. `look` gets the valid ones.
 */
export function lookAt<K extends Kind>(
  context: Context,
  kind: K,
  look: (record: Looked<K>) => void,
): void {
  const { repository, findings, unknownFields } = context;
  const keys = keysOf(context, kind);
  const schema = LEXICONS[kind].main;
  const followed = FOLLOWED[kind] ?? [];
  for (let at = 0; at < keys.rkeys.length; at += 1) {
    const rkey = keys.rkeys[at] as string;
    const uri = uriOf(repository.did, nsidOf(kind), rkey);
    const fail = (code: FindingCode, sentence: string) => findings.add(code, uri, sentence);
    context.looked.count += 1;
    if ((context.looked.count & 1023) === 0) context.progress(context.looked.count);
    const value = repository.value(keys, at);
    if (value === undefined) {
      fail('record-malformed', 'Its bytes are no record in canonical DAG-CBOR.');
      continue;
    }
    lookInside(context, kind, value, followed, rkey, uri);
    if (!schema.keySchema.safeValidate(rkey).success) {
      fail('key-invalid', `${rkey} is not a key that a ${kind} can have.`);
      continue;
    }
    const valid = schema.safeValidate(value);
    if (!valid.success) {
      fail('record-invalid', `It does not fit its lexicon: ${faultsOf(valid.reason)}.`);
      continue;
    }
    unknownFields.count += countUnknown(value, schema);
    look({ value: value as Values[K], rkey, at, uri, fail });
  }
}

/** What a validator complains about: places and codes, never values. */
function faultsOf(reason: { readonly issues: readonly object[] }): string {
  const faults = reason.issues.map((issue) => {
    const {
      path = [],
      code = 'invalid',
      key,
    } = issue as {
      readonly path?: readonly PropertyKey[];
      readonly code?: string;
      readonly key?: PropertyKey;
    };
    const place = [...path, ...(key === undefined ? [] : [key])].map(String).join('.');
    return `${place === '' ? 'the record' : place} (${code})`;
  });
  return faults.slice(0, 3).join(', ');
}

function lookInside(
  context: Context,
  kind: Kind,
  value: Readonly<Record<string, unknown>>,
  followed: readonly string[],
  rkey: string,
  uri: string,
): void {
  let seen: string | undefined;
  const known = kind === 'city' ? publicOnPurpose(value) : [];
  const text = (words: string, property: string) => {
    if (seen !== undefined) return;
    if (property === 'operator' && known.includes(words)) return;
    seen = personalDataIn(words, context.country);
    if (seen === undefined) return;
    context.findings.add('personal-data', uri, `A ${seen} stands in "${property}".`);
  };
  text(rkey, 'its key');
  inspect(value, {
    text,
    reference: (ref, property) => {
      if (!followed.includes(property)) follow(context, ref, undefined, uri, timeOf(value));
    },
  });
}

/** Who runs the city, and how to reach them. */
function publicOnPurpose({ operator }: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (typeof operator !== 'object' || operator === null) return [];
  const { name, contact } = operator as { readonly name?: unknown; readonly contact?: unknown };
  return [name, contact];
}

/** When a version of a record was decided (ms): the last time that it tells of. */
export function timeOf(value: Readonly<Record<string, unknown>>): number {
  const { updatedAt, createdAt } = value;
  const told = typeof updatedAt === 'string' ? updatedAt : createdAt;
  return typeof told === 'string' ? Date.parse(told) : Number.NaN;
}

/** What the city's account says on Bluesky is its own: it may be taken down again. */
const POST = 'app.bsky.feed.post';
const ADDRESS = /^at:\/\/([^/]+)\/([^/]+)\/([^/]+)$/;

/**
 * Follows a reference made at a time (ms) by the record `from`: the place of what it refers to
 * among those of `kind` (any, when undefined), or `NOWHERE` with a finding. What is never replaced
 * must be there exactly as referred to; anything else may have been replaced since, and then says
 * so itself. `exact` asks for the very version in any case.
 */
export function follow(
  context: Context,
  ref: Ref,
  kind: Kind | undefined,
  from: string,
  time: number,
  exact = false,
): number {
  const { repository, findings } = context;
  const [, did, collection = '', rkey = ''] = ADDRESS.exec(ref.uri) ?? [];
  if (did !== repository.did) {
    findings.add('ref-foreign', from, `It refers to ${ref.uri}, which is not in this repository.`);
    return NOWHERE;
  }
  if (kind !== undefined && collection !== nsidOf(kind)) {
    findings.add('ref-collection', from, `It refers to ${ref.uri} where a ${kind} has to be.`);
    return NOWHERE;
  }
  const at = repository.find(collection, rkey);
  const keys = repository.collections.get(collection);
  if ((at === NOWHERE || keys === undefined) && kind === undefined && collection === POST) {
    context.note('post-deleted', from, `${ref.uri} is not there any more.`);
    return NOWHERE;
  }
  if (at === NOWHERE || keys === undefined) {
    findings.add('ref-missing', from, `It refers to ${ref.uri}, which is not there.`);
    return NOWHERE;
  }
  if (isCidOf(ref.cid, repository.digest(keys, at))) return at;
  const isVersion = isRecordCid(ref.cid);
  if (!exact && isVersion && wasReplaced(repository, keys, at, collection, time)) return at;
  const now = repository.cid(keys, at);
  findings.add('ref-changed', from, `It refers to ${ref.uri} as ${ref.cid}, and there is ${now}.`);
  return at;
}

/** Whether a record itself says that it was replaced at that time (ms) or later. */
function wasReplaced(
  repository: Repository,
  keys: Keys,
  at: number,
  collection: string,
  time: number,
): boolean {
  const is = (kind: Kind) => nsidOf(kind) === collection;
  if (LASTING.some(is)) return false;
  if (TIMELESS.some(is)) return true;
  const updatedAt = repository.value(keys, at)?.['updatedAt'];
  return typeof updatedAt === 'string' && Date.parse(updatedAt) >= time;
}

// Host names are the same in capitals and small letters: one person, one name.
const PARTICIPANT = /^(?:p-[0-9a-z]{12}|did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]+))$/;

/** Whether a person may be named like this in public: by nothing but a participant id or a DID. */
export const isParticipant = (name: string): boolean => PARTICIPANT.test(name);

const CREDIT_KIND = /^[A-Z0-9-]+$/;

/** Kinds of credit are told apart at sight: no letters that look alike, and none that are not seen. */
export function checkCreditKind(creditKind: string, fail: Looked<Kind>['fail']): void {
  if (CREDIT_KIND.test(creditKind)) return;
  fail('record-invalid', 'Its kind of credit is not of A–Z, 0–9 and hyphens alone.');
}
