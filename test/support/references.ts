// Which versions of records refer to which, in the order in which they were decided.
import { expect } from 'vitest';
import type { RecordRow } from '../../src/store/records.ts';

/** The CIDs of records in a record's JSON. */
export const versionsReferredTo = (json: string): readonly string[] =>
  json.match(/bafyrei[a-z2-7]{52}/g) ?? [];

/**
 * Whoever refers to a version first does so before the next version is decided, which is what lets the
 * publisher leave out versions (`src/records/publisher/versions.ts`).
 */
export function expectEarlyReferences(rows: readonly RecordRow[]): void {
  const newest = new Map<string, string>();
  const [replaced, referredTo] = [new Set<string>(), new Set<string>()];
  for (const { collection, rkey, cid, value } of rows) {
    for (const other of versionsReferredTo(value)) {
      const isEarly = referredTo.has(other) || !replaced.has(other);
      expect(isEarly, `${collection}/${rkey} refers late to ${other}`).toBe(true);
      referredTo.add(other);
    }
    const before = newest.get(`${collection}/${rkey}`);
    if (before !== undefined) replaced.add(before);
    replaced.delete(cid);
    newest.set(`${collection}/${rkey}`, cid);
  }
}
