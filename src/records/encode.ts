/** From a record's value to what is stored and published: its CID and its JSON. */
import { lexToJson } from '@atproto/lex-json';
import { IssueRequiredKey } from '@atproto/lex-schema';
import { cidOfRecord } from '../lib/cid.ts';
import type { Kind, RecordKind, Values } from './kinds/index.ts';

/** `JSON.stringify` escapes a lone surrogate, and no other character above the controls. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/** A record that does not fit its lexicon: a broken assumption of the program. */
export class InvalidRecordError extends Error {
  override readonly name = 'InvalidRecordError';
}

/**
 * Holds a record to its lexicon; answers the CID of its DAG-CBOR, as the PDS will compute it, and the
 * record in ATProto's JSON. The PDS checks neither lexicons that it does not know nor that it got
 * what we meant, so both are settled here, before anything is stored. Kinds that are sound cannot
 * break theirs: checking them again each time would take longer than making them.
 * Throws an `InvalidRecordError` that names each wrong property, without its value.
 */
export function encodeRecord<K extends Kind>(
  { lexicon, isSound }: Pick<RecordKind<K>, 'lexicon' | 'isSound'>,
  value: Values[K],
) {
  if (isSound !== true) validate(lexicon, value);
  const plain = lexToJson(value);
  const json = JSON.stringify(plain);
  // No two encoders agree on half a character.
  if (LONE_SURROGATE.test(json))
    throw new InvalidRecordError(`Half a character in a ${lexicon.$nsid}`);
  return { cid: cidOfRecord(plain), json };
}

function validate<K extends Kind>(lexicon: RecordKind<K>['lexicon'], value: Values[K]): void {
  const result = lexicon.main.safeValidate(value);
  if (result.success) return;
  const faults = result.reason.issues.map((issue) => {
    const path = issue instanceof IssueRequiredKey ? [...issue.path, issue.key] : issue.path;
    return `${path.join('.') || 'the record'}: ${issue.code}`;
  });
  throw new InvalidRecordError(`Not a valid ${lexicon.$nsid}: ${faults.join(', ')}`);
}
