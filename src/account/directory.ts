/** Looks up where an account of ATProto lives and what it is called, by its DID. */
import { type DidDocument, getHandle, getPdsEndpoint } from '@atproto/common-web';
import { SECOND_MS } from '../lib/clock.ts';
import { fetchWithin } from '../lib/fetch-within.ts';

export type Account = {
  /** The handle that the account names; nothing here says that it names the account back. */
  readonly handle: string | undefined;
  /** The origin of its server. */
  readonly pds: string | undefined;
};

/** Far above any document of an identity. */
const DOCUMENT = { timeoutMs: 30 * SECOND_MS, bytesMax: 256 * 1024 };
const WEB = /^did:web:([A-Za-z0-9.-]+)$/;

/**
 * Makes what looks accounts up; undefined for one that is not there. It throws while nobody tells.
 * `plcUrl` is the operator's choice, and may be anywhere; `fetchPublic` asks hosts that a `did:web`
 * names, which strangers chose.
 */
export function createDirectory(options: {
  readonly plcUrl: string;
  readonly fetch?: typeof fetch;
  readonly fetchPublic: typeof fetch;
}): (did: string) => Promise<Account | undefined> {
  const { plcUrl, fetchPublic } = options;
  const askDirectory = fetchWithin(DOCUMENT, options.fetch);
  const askHost = fetchWithin(DOCUMENT, fetchPublic);
  const documentOf = async (did: string): Promise<unknown> => {
    const answer = did.startsWith('did:plc:')
      ? await askDirectory(new URL(encodeURIComponent(did), `${plcUrl}/`))
      : await ofWeb(did, askHost);
    if (answer === undefined || answer.status === 404) return undefined;
    if (!answer.ok) throw new Error('The document of an account is not given now.');
    return await answer.json();
  };
  return async (did) => {
    const document = (await documentOf(did)) as DidDocument | undefined;
    if (document?.id !== did) return undefined;
    return { handle: getHandle(document), pds: getPdsEndpoint(document) };
  };
}

const ofWeb = async (did: string, ask: typeof fetch): Promise<Response | undefined> => {
  const host = WEB.exec(did)?.[1];
  return host === undefined ? undefined : await ask(`https://${host}/.well-known/did.json`);
};
