import type { Times } from '../records/kinds/fields.ts';
import type { Collection, RecordValues } from '../records/kinds/index.ts';
import type { Context } from './context.ts';

/**
 * Stages a record that keeps its key for good, when it is new or says something else than it did;
 * whether it was. `describe` gets what stands there, and the times of the version to write.
 */
export function stageChanges<C extends Collection>(
  context: Context,
  collection: C,
  rkey: string,
  describe: (times: Times, before: RecordValues[C] | undefined) => RecordValues[C],
): boolean {
  const { tx, now } = context;
  const row = tx.records.get(collection, rkey);
  if (row === undefined) {
    context.stage(tx, 'create', collection, rkey, describe({ createdAt: now }, undefined));
    return true;
  }
  const before = JSON.parse(row.value) as RecordValues[C] & { readonly createdAt: string };
  const record = describe({ createdAt: Date.parse(before.createdAt), updatedAt: now }, before);
  if (contentOf(record) === contentOf(before)) return false;
  context.stage(tx, 'update', collection, rkey, record);
  return true;
}

/** A record without the times of its versions, in an order of its own: a repository has another. */
function contentOf(record: object): string {
  const { createdAt: _created, updatedAt: _updated, ...content } = record as Partial<Times>;
  return JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
