// What the validators of @hypercerts-org/lexicon say about a record, as its clients use them: those of
// the newest version and of the last one before 1.0, which clients in use still bring.
import { createRequire } from 'node:module';
import * as newest from '@hypercerts-org/lexicon';
import * as older from 'hypercerts-lexicon-older';

type Result = { readonly success: boolean; readonly error?: { readonly message: string } };
type Validator = {
  readonly version: string;
  readonly validate: (record: unknown) => Result;
};

/** Each brings a parser of its own, and its validator knows blobs by that parser's class. */
function validatorOf(
  name: string,
  validate: (record: unknown, id: string, hash: string, requiredType: true) => unknown,
) {
  const load = createRequire(import.meta.resolve(name));
  const { jsonToLex } = load('@atproto/lexicon');
  const { version } = load(`${name}/package.json`);
  return (collection: string): Validator => ({
    version,
    validate: (record) => validate(jsonToLex(record), collection, 'main', true) as Result,
  });
}

const VALIDATORS = [
  validatorOf('@hypercerts-org/lexicon', newest.validate),
  validatorOf('hypercerts-lexicon-older', older.validate),
];

/** Is this collection one of theirs? */
export const isTheirs = (collection: string): boolean => !collection.startsWith('org.city-sync.');

/** Why a record, in ATProto's JSON, isn't valid, and by which version; undefined when it is. */
export function faultOf(collection: string, record: unknown): string | undefined {
  for (const validator of VALIDATORS) {
    const { version, validate } = validator(collection);
    const { success, error } = validate(record);
    if (!success) return `${version}: ${error?.message}`;
  }
  return undefined;
}
