import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * SHA-256 by the platform, which does not hold up anything else meanwhile. It takes no copy of what may
 * be ten megabytes: no memory is shared between threads here, whatever the type says.
 */
export const sha256BytesOf = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));

/** The same in hex. */
export const sha256Of = async (bytes: Uint8Array): Promise<string> =>
  bytesToHex(await sha256BytesOf(bytes));
