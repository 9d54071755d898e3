/** The signed commit at the root of a repository. */
import { decodeCid } from '@atproto/lex-data';
import { verifyCommitSig } from '@atproto/repo';
import { NO_BLOCK } from './block-index.ts';
import { type Car, readBlock } from './car.ts';
import { decodeCbor } from './cbor.ts';
import { cidText, digestOfCid } from './cids.ts';

export type Commit = {
  readonly did: string;
  /** The revision, a TID. */
  readonly rev: string;
  /** Its own CID. */
  readonly cid: string;
  /** The SHA-256 of the root of the tree. */
  readonly data: Uint8Array;
  /** Whether it is signed with this `did:key:…`. */
  readonly isSignedWith: (key: string) => Promise<boolean>;
};

const DID = /^did:[a-z]+:[A-Za-z0-9._:%-]{1,2000}$/;
const TID = /^[234567a-j][234567a-z]{12}$/;

type Signed = Parameters<typeof verifyCommitSig>[0];

/** The commit of a CAR; otherwise a sentence that says what is wrong with it. */
export function readCommit(car: Car): Commit | string {
  if (car.root === undefined) return 'There is no commit to begin with.';
  const block = car.index.find(car.root);
  if (block === NO_BLOCK) return 'The commit that the file begins with is not in it.';
  if (!car.index.isSound(block)) return 'The bytes of the commit are not those of its CID.';
  let value: Record<string, unknown>;
  try {
    value = decodeCbor(readBlock(car, block), (cid) => decodeCid(cid.slice())) as typeof value;
  } catch {
    return 'The commit cannot be read.';
  }
  const { did, version, rev, data, sig } = value ?? {};
  if (version !== 3) return 'The commit is not one of version 3.';
  if (typeof did !== 'string' || !DID.test(did)) return 'The commit names no account.';
  if (typeof rev !== 'string' || !TID.test(rev)) return 'The commit has no revision.';
  if (!(sig instanceof Uint8Array)) return 'The commit is not signed.';
  const tree = (data as { readonly bytes?: unknown } | undefined)?.bytes;
  const digest = tree instanceof Uint8Array ? digestOfCid(tree) : undefined;
  if (digest === undefined) return 'The commit leads to no tree.';
  return {
    did,
    rev,
    cid: cidText(car.root),
    data: digest,
    isSignedWith: async (key) => {
      try {
        return await verifyCommitSig(value as unknown as Signed, key);
      } catch {
        // Something that is not a signature, or not a key, proves nothing.
        return false;
      }
    },
  };
}
