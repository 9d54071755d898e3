/**
 * Reads the proof that a server gives of one record: the commit, the nodes of the tree on the way to
 * the record, and the record itself. Every block is what its CID says, so a server can only give a
 * proof of what it has. Who signed the commit is for the audit to check.
 */
import { def, MemoryBlockstore, MST, readCarWithRoot } from '@atproto/repo';

/**
 * The CID of the record that stands under a key by such a proof (a CAR); undefined where the tree has
 * none. Throws when the proof is none, is another repository's, or leaves the record out.
 */
export async function cidInProof(
  car: Uint8Array,
  { did, collection, rkey }: Readonly<Record<'did' | 'collection' | 'rkey', string>>,
): Promise<string | undefined> {
  const { root, blocks } = await readCarWithRoot(car);
  const storage = new MemoryBlockstore(blocks);
  const commit = await storage.readObj(root, def.versionedCommit);
  if (commit.did !== did) throw new Error('the PDS gives a proof of another repository');
  const cid = await MST.load(storage, commit.data).get(`${collection}/${rkey}`);
  if (cid === null) return undefined;
  if (!blocks.has(cid)) throw new Error('the PDS leaves out the record that it names');
  return cid.toString();
}
