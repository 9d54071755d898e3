/** The page of a piece of evidence reads the store, and photos wherever they are now. */
import { cidOfBlob } from '../../lib/cid.ts';
import { isoTime, SECOND_MS } from '../../lib/clock.ts';
import { fetchWithin } from '../../lib/fetch-within.ts';
import { COLLECTIONS } from '../../records/kinds/index.ts';
import { recordUri } from '../../records/strong-ref.ts';
import type { Store } from '../../store/store.ts';
import { xrpcUrl } from '../links.ts';
import type { EvidenceReads } from './evidence-page.ts';

const FETCH = { timeoutMs: 10 * SECOND_MS, bytesMax: 10_000_000 } as const;

export function evidenceReads(options: {
  readonly store: Store;
  readonly did: string;
  /** Where the city's pictures are once they are published; undefined where there is none. */
  readonly pds: string | undefined;
  readonly readPicture: (spoolKey: string) => Promise<Uint8Array | undefined>;
}): EvidenceReads {
  const { store, did, pds } = options;
  const ask = fetchWithin(FETCH);
  const picturesHere = (number: number) =>
    store.read.evidence.pictures(number).filter(({ isElsewhere }) => isElsewhere === 0);

  const publishedPicture = async (cid: string): Promise<Uint8Array | undefined> => {
    if (pds === undefined) return undefined;
    const url = xrpcUrl(pds, 'com.atproto.sync.getBlob', { did, cid });
    const answer = await ask(url).catch(() => undefined);
    if (answer?.ok !== true) return undefined;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return cidOfBlob(bytes) === cid ? bytes : undefined;
  };

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
    picture: async (number, index) => {
      const picture = picturesHere(number)[index - 1];
      if (picture?.cid == null) return undefined;
      const kept =
        picture.spoolKey === '' ? undefined : await options.readPicture(picture.spoolKey);
      const bytes = kept ?? (await publishedPicture(picture.cid));
      return bytes && new Uint8Array(bytes);
    },
  };
}
