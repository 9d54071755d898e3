/** Follows the references of records to what they refer to. */
import { isCidOf, isRecordCid } from '../cids.ts';
import type { Ref } from '../inspect.ts';
import { type Kind, LASTING, nsidOf, TIMELESS } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import type { Context } from './context.ts';

/** The city may take down again what its account says on Bluesky. */
const POST = 'app.bsky.feed.post';
const ADDRESS = /^at:\/\/([^/]+)\/([^/]+)\/([^/]+)$/;

/** Who refers to something, and to what. */
export type Referrer = {
  /** The address of the record that refers. */
  readonly from: string;
  /** When it did (ms). */
  readonly time: number;
  /** The kind of record that it has to refer to; any when absent. */
  readonly kind?: Kind;
  /** Whether it has to refer to the version that is there now. */
  readonly isExact?: boolean;
};

/**
 * Follows a reference: answers the place of what it refers to among those of its kind, or `NOWHERE`
 * with a finding. What is never replaced must be there exactly as referred to; anything else may
 * have been replaced since, and then says so itself.
 */
export function follow(
  context: Context,
  ref: Ref,
  { from, time, kind, isExact = false }: Referrer,
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
  if (!isExact && isVersion) {
    const updatedAt = () => repository.value(keys, at)?.['updatedAt'];
    if (wasReplaced(collection, time, updatedAt)) return at;
  }
  const now = repository.cid(keys, at);
  findings.add('ref-changed', from, `It refers to ${ref.uri} as ${ref.cid}, and there is ${now}.`);
  return at;
}

/** Whether a record of a collection itself says that it was replaced at that time (ms) or later. */
function wasReplaced(collection: string, time: number, updatedAt: () => unknown): boolean {
  const is = (kind: Kind) => nsidOf(kind) === collection;
  if (LASTING.some(is)) return false;
  if (TIMELESS.some(is)) return true;
  const at = updatedAt();
  return typeof at === 'string' && Date.parse(at) >= time;
}
