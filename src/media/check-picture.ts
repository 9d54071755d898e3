/** Checks a picture that waits in the spool. */
import { ok, type Result, refuse } from '../lib/result.ts';
import type { CleanBytes, CleanPicture, PictureRefusal } from './clean-picture.ts';
import type { Spool } from './spool-port.ts';

/** The facts of a clean picture; its bytes are in the spool under a key of their own. */
export type SpooledCleanPicture = Omit<CleanPicture, 'bytes'> & { readonly spoolKey: string };

/**
 * Checks the picture under a key of `spool`: keeps the clean picture beside it, or says why there is
 * none. The picture as it came stays until its key is removed. One that was lost is
 * refused as broken, so that its sender is told.
 */
export const createPictureCheck =
  (spool: Pick<Spool, 'get' | 'put'>, clean: CleanBytes) =>
  async (spoolKey: string): Promise<Result<SpooledCleanPicture, PictureRefusal>> => {
    const raw = await spool.get(spoolKey);
    if (raw === undefined) return refuse('picture-broken');
    const cleaned = await clean(raw);
    if (!cleaned.ok) return cleaned;
    const { bytes, ...known } = cleaned.value;
    return ok({ ...known, spoolKey: await spool.put(bytes) });
  };
