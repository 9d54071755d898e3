/**
 * Checks pictures outside of the city's Durable Object, which goes on meanwhile: it gets keys and
 * facts, and never has the pixels in its memory.
 */
import { type env, WorkerEntrypoint } from 'cloudflare:workers';
import type { Result } from '../lib/result.ts';
import { createPictureCheck, type SpooledCleanPicture } from '../media/check-picture.ts';
import type { PictureRefusal } from '../media/clean-picture.ts';
import { folderIn } from './folder.ts';
import { createImagesCleaner } from './pictures.ts';
import { spoolIn } from './spool.ts';

/** Keeps nothing between two calls; any number of them run beside one another. */
export class Pictures extends WorkerEntrypoint<Pick<typeof env, 'PICTURES' | 'IMAGES'>> {
  /**
   * Checks the picture under a key of the spool in `folder`, as `createPictureCheck` says. Rejects when
   * R2 or Images does not work: then it is tried again.
   */
  check(spoolKey: string, folder = ''): Promise<Result<SpooledCleanPicture, PictureRefusal>> {
    const { PICTURES, IMAGES } = this.env;
    return createPictureCheck(
      spoolIn(folderIn(PICTURES, folder)),
      createImagesCleaner(IMAGES),
    )(spoolKey);
  }
}
