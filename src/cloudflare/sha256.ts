import { bytesToHex } from '@noble/hashes/utils.js';

/** SHA-256 by the platform, which does not hold up anything else meanwhile. */
export const sha256BytesOf = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));

/** The same in hex. */
export const sha256Of = async (bytes: Uint8Array): Promise<string> =>
  bytesToHex(await sha256BytesOf(bytes));
