import type { Context } from '../../services/context.ts';
import type { AtDesk } from '../../services/desk/find-session.ts';
import { reviewedBy } from '../../services/evidence/reviewed-by.ts';

/** Where a photo is: here, or at its public page. */
export type PictureOf =
  | { readonly spoolKey: string | null; readonly publicPath: string | undefined }
  | undefined;

/** A photo of evidence, from 1, for those who review it; undefined for anybody else. */
export function pictureOf(
  context: Context,
  { person }: AtDesk,
  evidenceId: number,
  photo: number,
): PictureOf {
  const { evidence } = context.tx;
  const found = evidence.get(evidenceId);
  const isTheirs = reviewedBy(context, person.id).some(({ id }) => id === found?.issuerId);
  if (!isTheirs) return undefined;
  const all = evidence.pictures(evidenceId);
  const picture = all[photo - 1];
  if (picture === undefined) return undefined;
  const place = all.slice(0, photo).filter(({ isElsewhere }) => isElsewhere === 0).length;
  const publicPath = picture.isElsewhere === 0 ? `/evidence/${evidenceId}/${place}.jpg` : undefined;
  return { spoolKey: picture.spoolKey, publicPath };
}
