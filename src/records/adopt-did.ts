/**
 * The city has an account at last: what was written under the placeholder is written again under
 * the account's DID, in one transaction, before anything of it is published.
 */
import { lexParse } from '@atproto/lex-json';
import { isPlaceholder, PLACEHOLDER_DID } from '../lib/placeholder-did.ts';
import { CITY_DID } from '../store/cursors.ts';
import type { Store } from '../store/store.ts';
import { encodeRecord } from './encode.ts';
import { type Kind, kindOf, type Values } from './kinds/index.ts';
import { withRecordCids } from './strong-ref.ts';

const PAGE = 500;

/**
 * Does nothing for a store that is not under the placeholder, nor while there is still no account: all
 * records would be written again at every start. Answers how many were. Throws when one of them was
 * published, which cannot be.
 */
export function adoptDid(store: Store, did: string): number {
  if (isPlaceholder(did) || store.read.cursors.get(CITY_DID) !== PLACEHOLDER_DID) return 0;
  return store.transact((tx) => {
    const { adoption } = tx;
    if (adoption.isAnythingPublished()) {
      throw new Error('adoptDid: a record without an account was published');
    }
    adoption.begin();
    /** New CIDs by the old ones: a record refers only to those before it. */
    const cids = new Map<string, string>();
    let count = 0;
    let page = adoption.recordsInOrder(0, PAGE);
    for (; page.length > 0; page = adoption.recordsInOrder(page.at(-1)?.seq ?? 0, PAGE)) {
      count += page.length;
      adoption.readdress(
        page.map(({ seq, collection, value, cid: old }) => {
          const ours = value.replaceAll(PLACEHOLDER_DID, did);
          const text = withRecordCids(ours, (cid) => cids.get(cid) ?? cid);
          const record: Values[Kind] = lexParse(text);
          const { cid, json } = encodeRecord(kindOf(collection), record);
          cids.set(old, cid);
          return { seq, value: json, cid, old };
        }),
      );
    }
    adoption.end(PLACEHOLDER_DID, did);
    tx.cursors.put(CITY_DID, did);
    return count;
  });
}
