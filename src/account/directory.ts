/** Looks up where an account of ATProto lives and what it is called, by its DID. */
import { type DidDocument, getHandle, getPdsEndpoint } from '@atproto/common-web';
import { SECOND_MS } from '../lib/clock.ts';
import { fetchWithin } from '../lib/fetch-within.ts';
import { atOnce, type Outgoing } from '../lib/outgoing.ts';

export type Account = {
  /** The handle that the account names; nothing here says that it names the account back. */
  readonly handle: string | undefined;
  /** The origin of its server. */
  readonly pds: string | undefined;
};

/** Far above any document of an identity. */
export const DOCUMENT = { timeoutMs: 30 * SECOND_MS, bytesMax: 256 * 1024 };
const WEB = /^did:web:([A-Za-z0-9.-]+)(?:%3A(\d{1,5}))?$/;
/** Who has moved says so in another document. */
const WITHOUT_REDIRECTS = { redirect: 'manual' } as const;

/**
 * Makes what looks accounts up; undefined for one that is not there. It throws while nobody tells.
 * `plcUrl` is the operator's choice, and may be anywhere; `fetchPublic` asks hosts that a `did:web`
 * names, which strangers chose, and has limits of its own.
 */
export function createDirectory(options: {
  readonly plcUrl: string;
  readonly fetch?: typeof fetch;
  readonly fetchPublic: typeof fetch;
  /** A question to the directory waits here for its place; none waits where it is left out. */
  readonly outgoing?: Outgoing;
}): (did: string) => Promise<Account | undefined> {
  const { plcUrl, fetchPublic, outgoing = atOnce } = options;
  const askDirectory = fetchWithin({ ...DOCUMENT, outgoing }, options.fetch);
  const documentOf = async (did: string): Promise<unknown> => {
    const answer = did.startsWith('did:plc:')
      ? await askDirectory(new URL(encodeURIComponent(did), `${plcUrl}/`), WITHOUT_REDIRECTS)
      : await ofWeb(did, fetchPublic);
    if (answer === undefined || answer.status === 404) return undefined;
    if (!answer.ok) throw new Error('The document of an account is not given now.');
    return await answer.json();
  };
  return async (did) => {
    const document = (await documentOf(did)) as DidDocument | undefined;
    if (document?.id !== did) return undefined;
    return { handle: readIn(document, getHandle), pds: readIn(document, getPdsEndpoint) };
  };
}

/** Strangers write these documents: what is not of its kind is not there. */
function readIn<T>(document: DidDocument, read: (document: DidDocument) => T): T | undefined {
  try {
    return read(document);
  } catch {
    return undefined;
  }
}

const ofWeb = async (did: string, ask: typeof fetch): Promise<Response | undefined> => {
  const [, host, port = '443'] = WEB.exec(did) ?? [];
  return host === undefined
    ? undefined
    : await ask(`https://${host}:${port}/.well-known/did.json`, WITHOUT_REDIRECTS);
};
