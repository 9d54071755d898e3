/** Fetches a picture of a post from the server of its author, wherever that is now. */
import { createDirectory, DOCUMENT } from '../../../account/directory.ts';
import { cidOfBlob } from '../../../lib/cid.ts';
import { createMediaFetch } from '../../../media/fetch-media.ts';
import type { Capabilities, FetchPicture } from '../../channel.ts';
import type { BlueskySettings } from '../settings.ts';

const GONE = { ok: false, refusal: { code: 'picture-unreachable' } } as const;

/**
 * Gives the bytes under the address that their record names; a source is `did cid`. Strangers say
 * where their server is, so it is asked as any stranger's address is: in public places only, over
 * HTTPS, within limits.
 */
export function createPictureFetch(
  { plcUrl, service }: Pick<BlueskySettings, 'plcUrl' | 'service'>,
  { createPublicFetch, outgoing }: Pick<Capabilities, 'createPublicFetch' | 'outgoing'>,
): FetchPicture {
  // The server of the city's own account is the operator's choice, wherever it is.
  const trusted = [new URL(service).origin];
  const fetchMedia = createMediaFetch({ trusted, createPublicFetch });
  const fetchPublic = createPublicFetch({ ...DOCUMENT, trusted });
  const lookUp = createDirectory({
    ...{ plcUrl, fetchPublic },
    ...(outgoing && { outgoing: outgoing('strangers') }),
  });
  return async (source) => {
    const [did = '', cid = ''] = source.split(' ');
    const account = await lookUp(did).catch(() => {
      throw new Error('Where an account lives cannot be told now.');
    });
    const server = account?.pds;
    if (server === undefined || !URL.canParse(server)) return GONE;
    const query = new URLSearchParams({ did, cid });
    const found = await fetchMedia(new URL(`/xrpc/com.atproto.sync.getBlob?${query}`, server).href);
    if (!found.ok) {
      const { code, mayRetry } = found.refusal;
      if (mayRetry) throw new Error('The server of an account does not give a picture now.');
      return { ok: false, refusal: { code } };
    }
    // It must be what the post shows, and nothing that its author's server put in its place since.
    return cidOfBlob(found.value) === cid ? found : GONE;
  };
}
