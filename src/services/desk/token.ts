import { bytesToHex } from '@noble/hashes/utils.js';
import type { Context } from '../context.ts';

const TOKEN_BYTES = 32;

/** A secret of 256 bits, hex. */
export const newToken = ({ random }: Pick<Context, 'random'>): string =>
  bytesToHex(random.bytes(TOKEN_BYTES));
