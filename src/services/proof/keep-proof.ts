/** The page that proves what a person did: begun, made public and ended by that person. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { publicAddress } from '../../lib/public-address.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { isProven } from '../people/must-prove.ts';

const TOKEN_BYTES = 16;

export type NewProof = { readonly url: string; readonly isPublic: boolean };

/** The hash by which a page is found: of its token there is no other trace. */
export const digestOf = (token: string): string => bytesToHex(sha256(utf8ToBytes(token)));

/**
 * Begins a page that is found by its address alone. Where there is one it stays, for others may have
 * its address, and nobody knows it any more; `isNew` ends it for another. Undefined for a city that
 * has no address on the web.
 */
export function beginProof(
  context: Context,
  personId: number,
  wanted: { readonly isNew: boolean; readonly isPublic: boolean },
): Result<NewProof | undefined, Refusal<'proof-there'> | RefusalOf<typeof isProven>> {
  const { tx, now, random, publicUrl } = context;
  const proven = isProven(context, personId);
  if (!proven.ok) return proven;
  if (publicUrl === undefined) return ok(undefined);
  const before = tx.proofs.of(personId);
  if (before !== undefined && !wanted.isNew) return refuse('proof-there');
  const token = bytesToHex(random.bytes(TOKEN_BYTES));
  const isPublic = wanted.isPublic ? 1 : 0;
  tx.proofs.put({ personId, digest: digestOf(token), isPublic, createdAt: now });
  return ok({ url: publicAddress(publicUrl, `/proof/${token}`), isPublic: wanted.isPublic });
}

/** Anybody may find the page from now on; false where there is none. */
export function publishProof(
  context: Context,
  personId: number,
): Result<boolean, RefusalOf<typeof isProven>> {
  const proven = isProven(context, personId);
  if (!proven.ok) return proven;
  const proof = context.tx.proofs.of(personId);
  if (proof === undefined) return ok(false);
  context.tx.proofs.put({ ...proof, isPublic: 1 });
  return ok(true);
}

/** Nobody sees the page any more; whether there was one. */
export const endProof = ({ tx }: Context, personId: number): boolean => tx.proofs.end(personId);
