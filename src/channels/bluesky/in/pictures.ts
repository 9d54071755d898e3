/** Fetches a picture of a post from the server of its author, wherever that is now. */
import { type DidDocument, DidPlcResolver, getPds } from '@atproto/identity';
import { cidOfBlob } from '../../../lib/cid.ts';
import { SECOND_MS } from '../../../lib/clock.ts';
import { fetchWithin } from '../../../lib/fetch-within.ts';
import { createMediaFetch } from '../../../media/fetch-media.ts';
import { createPublicFetch } from '../../../media/public-fetch.ts';
import type { FetchPicture } from '../../channel.ts';
import type { BlueskySettings } from '../settings.ts';

const DOCUMENT = { timeoutMs: 30 * SECOND_MS, bytesMax: 256 * 1024 };
const GONE = { ok: false, refusal: { code: 'picture-unreachable' } } as const;

/**
 * Gives the bytes under the address that their record names; a source is `did cid`. Strangers say
 * where their server is, so it is asked as any stranger's address is: in public places only, over
 * HTTPS, within limits. `fetch` is for tests, whose servers are on this machine.
 */
export function createPictureFetch(
  { plcUrl, service }: Pick<BlueskySettings, 'plcUrl' | 'service'>,
  fetch: typeof globalThis.fetch | undefined,
): FetchPicture {
  // The server of the city's own account is the operator's choice, wherever it is.
  const trusted = [new URL(service).origin];
  const fetchMedia = createMediaFetch({ trusted, fetch });
  const serverOf = createServerOf(plcUrl, fetch ?? createPublicFetch({ ...DOCUMENT, trusted }));
  return async (source) => {
    const [did = '', cid = ''] = source.split(' ');
    const server = await serverOf(did);
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

/** Tells where an account lives; undefined for one that is not there. Throws while nobody tells. */
function createServerOf(
  plcUrl: string,
  ask: typeof fetch,
): (did: string) => Promise<string | undefined> {
  // The operator says where the directory is: it may be on this machine.
  const plc = new DidPlcResolver(plcUrl, DOCUMENT.timeoutMs, undefined, fetchWithin(DOCUMENT));

  const documentOf = async (did: string) => {
    if (did.startsWith('did:plc:')) return await plc.resolveNoCheck(did);
    const host = /^did:web:([A-Za-z0-9.-]+)$/.exec(did)?.[1];
    if (host === undefined) return null;
    const answer = await ask(`https://${host}/.well-known/did.json`);
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error('The document of an account is not given now.');
    return await answer.json();
  };

  return async (did) => {
    const document = await documentOf(did).catch(() => {
      throw new Error('Where an account lives cannot be told now.');
    });
    return document === null ? undefined : getPds(document as DidDocument);
  };
}
