// DAG-CBOR by the encoder that the PDS itself uses: what is tested does not write its own tests.
import { encode } from '@atproto/lex-cbor';

/** A link to other data: a CID, as the ATProto packages have it. */
type Link = { readonly multihash: object; readonly bytes: Uint8Array };
export type Encodable =
  | string
  | number
  | boolean
  | null
  | undefined
  | Uint8Array
  | Link
  | readonly Encodable[]
  | { readonly [key: string]: Encodable };

/** Encodes a value; properties that are undefined are left out. */
export const encodeDagCbor = (value: Encodable): Uint8Array =>
  // The encoder answers a Buffer, whose slices are Buffers as well.
  new Uint8Array(encode(value as Parameters<typeof encode>[0]));
