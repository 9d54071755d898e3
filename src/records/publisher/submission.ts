/** One try to bring a batch into the repository: its pictures first, then its records. */

import { type Answer, answered, type Refused, refused, uncertain } from '../../account/answer.ts';
import type { Repository } from '../../account/repository.ts';
import type { RecordRow } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { recordUri } from '../strong-ref.ts';
import type { Batch } from './batch.ts';
import { picturesIn } from './pictures-in.ts';

export type SubmissionSettings = {
  readonly repository: Repository;
  readonly store: Pick<Store, 'read'>;
  /** The clean bytes of a picture; undefined when the spool has lost them. */
  readonly readPicture: (spoolKey: string) => Promise<Uint8Array | undefined>;
};

export type Submission = ReturnType<typeof createSubmission>;

/** Between our look at the newest commit and our own, somebody else may write. */
const SWAPS_MAX = 5;

export function createSubmission(settings: SubmissionSettings) {
  const { repository } = settings;
  const uploaded = new Set<string>();

  async function uploadOne(cid: string): Promise<Answer<void>> {
    const [picture] = uploaded.has(cid) ? [] : settings.store.read.pictures.toPublish(cid);
    // Without one it was uploaded for an earlier record, which keeps it.
    if (picture === undefined) return answered(undefined);
    const { spoolKey } = picture;
    const bytes = await settings.readPicture(spoolKey).catch(() => undefined);
    if (bytes === undefined) return refused('PictureLost', `The spool has lost ${spoolKey}`);
    const answer = await repository.upload(bytes, picture.mediaType ?? '');
    if (answer.kind !== 'ok') return answer;
    if (answer.value !== cid) return refused('PictureChanged', `The spool altered ${spoolKey}`);
    uploaded.add(cid);
    return answered(undefined);
  }

  function withUri(row: RecordRow | undefined, answer: Answer<void>): Answer<void> {
    if (answer.kind !== 'refused' || row === undefined) return answer;
    const uri = recordUri(repository.did, row.collection, row.rkey);
    return refused(answer.code, `${answer.message}, a picture of ${uri}.`);
  }

  /**
   * A request that we gave up on may still arrive. It cannot make new records twice, but it could
   * bring old versions back: hence a batch without new records names the commit that it follows.
   */
  async function applyOnce(batch: Batch, onSubmitted: () => void) {
    const hasCreate = batch.written.some((row) => row.operation === 'create');
    const head = hasCreate ? answered(undefined) : await repository.head();
    if (head.kind !== 'ok') return head;
    const answering = repository.applyWrites(batch.writes, head.value);
    onSubmitted();
    return answering;
  }

  return {
    /**
     * Uploads the pictures of the batch. Answers how many of its records, from the first, have
     * theirs on the PDS, and why the next one has not; once `signal` aborts it begins no other.
     */
    upload: async (batch: Batch, signal: AbortSignal) => {
      for (const cid of batch.pictures) {
        const answer = signal.aborted ? uncertain('It was asked to stop.') : await uploadOne(cid);
        if (answer.kind === 'ok') continue;
        const ready = batch.rows.findIndex((row) => picturesIn(row.value).includes(cid));
        return { ready, answer: withUri(batch.rows[ready], answer) };
      }
      return { ready: batch.rows.length, answer: answered(undefined) };
    },
    /**
     * Answers `ok` when every record of the batch stands in the repository under the CID that we
     * computed. `onSubmitted` is called when the records are on their way. Where a request of ours may
     * still arrive (`isAlone` is false), a commit before this one may be it, with later versions: then
     * it is refused as `InvalidSwap`.
     */
    submit: async (
      batch: Batch,
      isAlone: boolean,
      onSubmitted: () => void,
    ): Promise<Answer<void>> => {
      const swapsMax = isAlone ? SWAPS_MAX : 1;
      let answer = await applyOnce(batch, onSubmitted);
      for (let swaps = 1; isOvertaken(answer) && swaps < swapsMax; swaps += 1) {
        answer = await applyOnce(batch, onSubmitted);
      }
      // The PDS drops a picture that no record came to refer to in time.
      if (answer.kind === 'refused' && answer.code === 'BlobNotFound') uploaded.clear();
      if (answer.kind !== 'ok') return answer;
      for (const cid of batch.pictures) uploaded.delete(cid);
      const { value: cids } = answer;
      const other = batch.written.find(
        (row, at) => row.operation !== 'delete' && row.cid !== cids[at],
      );
      if (other === undefined) return answered(undefined);
      const uri = recordUri(repository.did, other.collection, other.rkey);
      return refused('OtherCid', `The PDS computed another CID for ${uri} than this program.`);
    },
  };
}

const ABOUT_PICTURE = ['PictureLost', 'PictureChanged', 'BlobNotFound'];

/** Whether a record only lacks its picture. */
export const isAboutPicture = ({ code }: Refused): boolean => ABOUT_PICTURE.includes(code);

const isOvertaken = (answer: Answer<unknown>): boolean =>
  answer.kind === 'refused' && answer.code === 'InvalidSwap';
