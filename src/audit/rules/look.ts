/** Looks at the records of a kind, one after another, and at what every record has in common. */
import type { FindingCode } from '../findings.ts';
import { countUnknown, inspect } from '../inspect.ts';
import { type Kind, LEXICONS, nsidOf, type Values } from '../kinds.ts';
import { personalDataIn } from '../privacy.ts';
import { uriOf } from '../repository.ts';
import { type Context, DECIDED_BY, FIGURES, keysOf, type Looked, timeOf } from './context.ts';
import { follow } from './follow.ts';
import { isOnPurpose } from './on-purpose.ts';

type Value = Readonly<Record<string, unknown>>;

/** National telephone numbers are read as those of this country. */
const COUNTRY = 'US';

/** The properties with references that the rules of a kind follow themselves. */
const FOLLOWED: Partial<Record<Kind, readonly string[]>> = {
  epoch: ['caps'],
  task: ['issuer', 'location'],
  offer: ['redeemer'],
  claim: ['task'],
  evidence: ['subjects', 'description'],
  review: ['evidence', 'seconds', 'appeals'],
  evaluation: ['subject'],
  transfer: ['resolves', 'reference'],
  redemption: ['offer', 'redeemer', 'burn'],
};

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
    lookInside(context, kind, { rkey, uri, value });
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

type Fault = {
  readonly path?: readonly PropertyKey[];
  readonly code?: string;
  readonly key?: PropertyKey;
};

/** Tells what a validator complains about by places and codes, never by values. */
function faultsOf(reason: { readonly issues: readonly Fault[] }): string {
  const faults = reason.issues.map(({ path = [], code = 'invalid', key }) => {
    const place = [...path, ...(key === undefined ? [] : [key])].map(String).join('.');
    return `${place === '' ? 'the record' : place} (${code})`;
  });
  return faults.slice(0, 3).join(', ');
}

/** Looks for personal data in a record, and follows the references that no rule follows. */
function lookInside(
  context: Context,
  kind: Kind,
  record: { readonly rkey: string; readonly uri: string; readonly value: Value },
): void {
  const { rkey, uri, value } = record;
  const followed = FOLLOWED[kind] ?? [];
  let seen: string | undefined;
  const known = kind === 'city' ? publicOnPurpose(value) : [];
  const text = (words: string, property: string) => {
    if (seen !== undefined) return;
    if (isOnPurpose(kind, property)) return;
    if (property === 'operator' && known.includes(words)) return;
    // A participant id may look like a number of somebody's.
    const told =
      kind === 'evaluation' ? words.replace(DECIDED_BY, '$1').replace(FIGURES, '') : words;
    seen = personalDataIn(told, COUNTRY);
    if (seen === undefined) return;
    context.findings.add('personal-data', uri, `A ${seen} stands in "${property}".`);
  };
  text(rkey, 'its key');
  inspect(value, {
    text,
    reference: (ref, property) => {
      if (!followed.includes(property)) follow(context, ref, { from: uri, time: timeOf(value) });
    },
  });
}

/** Who runs the city, and how to reach them, may be told. */
function publicOnPurpose({ operator }: Value): readonly unknown[] {
  if (typeof operator !== 'object' || operator === null) return [];
  const { name, contact } = operator as { readonly name?: unknown; readonly contact?: unknown };
  return [name, contact];
}
