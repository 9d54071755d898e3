/** The page of a piece of evidence reads the store, and photos wherever they are now. */
import { isoTime } from '../../lib/clock.ts';
import { COLLECTIONS } from '../../records/kinds/index.ts';
import { recordUri } from '../../records/strong-ref.ts';
import type { Store } from '../../store/store.ts';
import type { EvidenceReads } from './evidence-page.ts';

export function evidenceReads(options: {
  readonly store: Store;
  readonly did: string;
  readonly readPicture: (spoolKey: string) => Promise<Uint8Array | undefined>;
  /** A published picture by its CID; undefined while it cannot be had. */
  readonly published: (cid: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
}): EvidenceReads {
  const { store, did, readPicture, published } = options;
  const picturesHere = (number: number) =>
    store.read.evidence.pictures(number).filter(({ isElsewhere }) => isElsewhere === 0);

  return {
    evidence: (number) => {
      const found = store.read.evidence.get(number);
      if (found === undefined) return undefined;
      return {
        number,
        task: { number: found.taskId, title: found.taskTitle },
        participant: found.participantId,
        text: found.postCid === null ? found.text : '',
        pictures: picturesHere(number).length,
        posts: found.postUri?.split(' ') ?? [],
        state: found.state,
        submittedAt: isoTime(found.submittedAt),
        uri: recordUri(did, COLLECTIONS.evidence, found.rkey),
      };
    },
    picture: (number, index) => {
      const { cid, spoolKey } = picturesHere(number)[index - 1] ?? {};
      if (cid == null) return undefined;
      return {
        cid,
        bytes: async () => {
          const kept = spoolKey ? await readPicture(spoolKey) : undefined;
          return kept === undefined ? published(cid) : new Uint8Array(kept);
        },
      };
    },
  };
}
