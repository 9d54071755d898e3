/** What a clean picture is, and why there may be none, whatever opens it. */
import type { Refusal, Result } from '../lib/result.ts';
import type { KindRefusal } from './sniff.ts';

export type CleanPicture = {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg';
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
  readonly sizeBytes: number;
  /** The digest of `bytes`, in hex. */
  readonly sha256: string;
  /** The CID by which ATProto will know the blob: CIDv1, raw, SHA-256. */
  readonly cid: string;
  /** The picture's looks in 64 hex digits; null when there is too little to tell it by. */
  readonly perceptualHash: string | null;
};

export type PictureRefusal = Refusal & {
  readonly code:
    | KindRefusal
    | 'picture-animated'
    /** Damaged, cut off, or not what its first bytes say. */
    | 'picture-broken'
    /** More than 10 MB. */
    | 'picture-too-large'
    /** More than 50 megapixels, or an edge of more than 20,000 pixels. */
    | 'picture-too-many-pixels'
    /** It takes more time or memory to open than a photo of its size does. */
    | 'picture-too-heavy';
};

/** Makes a picture from a stranger fit for the public record; rejects only for reasons of its own. */
export type CleanBytes = (bytes: Uint8Array) => Promise<Result<CleanPicture, PictureRefusal>>;
