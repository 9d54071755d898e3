// What the validators of @hypercerts-org/lexicon say about a record, as its clients use them.
import { createRequire } from 'node:module';
import { validate } from '@hypercerts-org/lexicon';

// The package brings an older parser, and its validator knows blobs by that parser's class.
const { jsonToLex } = createRequire(import.meta.resolve('@hypercerts-org/lexicon'))(
  '@atproto/lexicon',
);

/** Is this collection one of theirs? */
export const isTheirs = (collection: string): boolean => !collection.startsWith('org.city-sync.');

/** Why a record, in ATProto's JSON, isn't valid; undefined when it is. */
export function faultOf(collection: string, record: unknown): string | undefined {
  const result = validate(jsonToLex(record), collection, 'main', true);
  return result.success ? undefined : result.error.message;
}
