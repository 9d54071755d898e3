/** How a record stands in the repository, as against its row. */
import type { RecordRow } from '../../store/records.ts';

/** Whether the repository had it already, and it is to be put back. */
export const isPutBack = ({ publishedAt }: RecordRow): boolean => publishedAt !== null;

/** Whether a record stands in the repository, or does not, as its row says. */
export const isThere = (row: RecordRow, current: string | undefined): boolean =>
  current === (row.operation === 'delete' ? undefined : row.cid);
