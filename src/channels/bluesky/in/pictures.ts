/** Fetches a picture of a post from the server of its author, wherever that is now. */
import { DidPlcResolver, getPds } from '@atproto/identity';
import { cidOfBlob } from '../../../lib/cid.ts';
import { SECOND_MS } from '../../../lib/clock.ts';
import { fetchWithin } from '../../../lib/fetch-within.ts';
import { ok, type Result } from '../../../lib/result.ts';
import { INPUT_BYTES_MAX } from '../../../media/picture.ts';
import { createPublicFetch, failureOf } from '../../../media/public-fetch.ts';

type Fetched = Result<Uint8Array, { readonly code: string }>;

const TIMEOUT_MS = 30 * SECOND_MS;
const DOCUMENT_BYTES_MAX = 256 * 1024;
const TOO_LARGE: Fetched = { ok: false, refusal: { code: 'picture-too-large' } };
const GONE: Fetched = { ok: false, refusal: { code: 'picture-unreachable' } };

/** Bytes under the address that their record names, or a refusal. Throws what passes. */
export type PictureFetch = (source: string) => Promise<Fetched>;

/**
 * `source` is `did cid`. Strangers say where their server is, so it is asked as any stranger's
 * address is: in public places only, over HTTPS, within limits.
 */
export function createPictureFetch(options: {
  readonly plcUrl: string;
  /** The server of the city's own account: the operator's choice, wherever it is. */
  readonly service: string;
  /** For tests, whose servers are on this machine. */
  readonly fetch?: typeof fetch;
}): PictureFetch {
  const ask =
    options.fetch ??
    createPublicFetch({
      bytesMax: INPUT_BYTES_MAX,
      timeoutMs: TIMEOUT_MS,
      trusted: [new URL(options.service).origin],
    });
  // The operator says where the directory is: it may be on this machine.
  const plc = new DidPlcResolver(
    options.plcUrl,
    TIMEOUT_MS,
    undefined,
    fetchWithin({ timeoutMs: TIMEOUT_MS, bytesMax: DOCUMENT_BYTES_MAX }),
  );

  /** The document behind a DID; null for one that is not there. */
  const documentOf = async (did: string): Promise<unknown> => {
    if (did.startsWith('did:plc:')) return await plc.resolveNoCheck(did);
    const host = /^did:web:([A-Za-z0-9.-]+)$/.exec(did)?.[1];
    if (host === undefined) return null;
    const answer = await ask(`https://${host}/.well-known/did.json`);
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error('The document of an account is not given now.');
    return await answer.json();
  };

  const serverOf = async (did: string): Promise<string | undefined> => {
    const document = await documentOf(did).catch(() => {
      throw new Error('Where an account lives cannot be told now.');
    });
    return document === null ? undefined : getPds(document as Parameters<typeof getPds>[0]);
  };

  const get = async (server: string, did: string, cid: string): Promise<Fetched> => {
    const url = new URL('/xrpc/com.atproto.sync.getBlob', server);
    url.searchParams.set('did', did);
    url.searchParams.set('cid', cid);
    const answer = await ask(url);
    if (answer.status === 429 || answer.status >= 500) {
      await answer.body?.cancel();
      throw new Error('The server of an account does not give a picture now.');
    }
    if (!answer.ok) return GONE;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // What the post shows, and nothing that its author's server put in its place since.
    return cidOfBlob(bytes) === cid ? ok(bytes) : GONE;
  };

  return async (source) => {
    const [did = '', cid = ''] = source.split(' ');
    const server = await serverOf(did);
    if (server === undefined || !URL.canParse(server)) return GONE;
    try {
      return await get(server, did, cid);
    } catch (error) {
      const why = failureOf(error);
      if (why === 'too-large') return TOO_LARGE;
      if (why === 'forbidden') return GONE;
      throw error;
    }
  };
}
