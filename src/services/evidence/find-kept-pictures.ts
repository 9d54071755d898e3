import type { Context } from '../context.ts';

/** Finds the spool's keys of clean pictures by their ids; those that are gone are left out. */
export const findKeptPictures = ({ tx }: Context, ids: readonly number[]): readonly string[] =>
  ids.flatMap((id) => {
    const picture = tx.pictures.get(id);
    return picture?.state === 'clean' ? [picture.spoolKey] : [];
  });
