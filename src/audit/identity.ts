/** Who an account is: its key, the handle it names, and where its repository lies. */
import { getHandle, getKey, getPds, IdResolver } from '@atproto/identity';
import type { Wait } from '../lib/wait.ts';
import { limitFetch } from './bodies.ts';
import { AuditError } from './findings.ts';

type Fetch = typeof globalThis.fetch;

/** The ways to the network, and the two servers that whoever runs the tool has chosen. */
export type Network = {
  /** For the two servers below. */
  readonly fetch: Fetch;
  /** For addresses that strangers chose: it reaches public ones only, and limits what comes. */
  readonly fetchPublic: Fetch;
  /** The directory of `did:plc`, such as `https://plc.directory`. */
  readonly plcUrl: string;
  /** Waits while a server takes no more; the platform's timer where it is left out. */
  readonly wait?: Wait;
  /** How long a document may take (ms); ten seconds where it is left out. */
  readonly timeoutMs?: number;
  /** Asked for the DID of a handle where DNS and HTTPS do not answer. */
  readonly service?: string;
};

export type Identity = {
  readonly did: string;
  /** The handle that the account names; nothing here says that it names the account back. */
  readonly handle: string | undefined;
  /** The key that signs its commits, as `did:key:…`. */
  readonly key: string | undefined;
  /** The origin of its server. */
  readonly pds: string | undefined;
};

const TIMEOUT_MS = 10_000;
/** Far above any document, handle or log of an identity. */
const BYTES_MAX = 1_000_000;
const DID = /^did:(?:plc:[a-z2-7]{24}|web:[a-zA-Z0-9.-]+(?:%3A\d{1,5})?)$/;
const HANDLE =
  /^(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
/** A key of an account in the log of its changes. */
const OLD_KEY = /"atproto"\s*:\s*"(did:key:z[1-9A-HJ-NP-Za-km-z]{10,100})"/g;

export const isDid = (text: string): boolean => DID.test(text);
export const isHandle = (text: string): boolean => HANDLE.test(text);

const resolver = (network: Network): IdResolver => {
  const { fetch, fetchPublic, plcUrl, timeoutMs = TIMEOUT_MS } = network;
  const directory = new URL(plcUrl).origin;
  return new IdResolver({
    plcUrl,
    timeout: timeoutMs,
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const ask = url.origin === directory ? fetch : fetchPublic;
      return limitFetch(ask, BYTES_MAX)(input, init);
    },
  });
};

/** Reads the document of a DID. Throws an `AuditError` when nobody has it, or nobody answers. */
export async function resolveDid(did: string, network: Network): Promise<Identity> {
  if (!isDid(did)) throw new AuditError(`${did} is not a did:plc or did:web.`);
  let document: Awaited<ReturnType<IdResolver['did']['resolve']>>;
  try {
    document = await resolver(network).did.resolve(did);
  } catch (cause) {
    throw new AuditError(`The identity of ${did} could not be looked up: ${reason(cause)}.`, {
      cause,
    });
  }
  if (document === null) throw new AuditError(`There is no account ${did}.`);
  return {
    did,
    handle: getHandle(document),
    key: keyIn(() => getKey(document)),
    pds: getPds(document),
  };
}

/** A document may have a key in no form that anybody knows. */
function keyIn(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * The account of a handle, which has to name the handle back. Throws an `AuditError` when nobody
 * knows the handle, or its account is another one's.
 */
export async function resolveHandle(handle: string, network: Network): Promise<Identity> {
  const did =
    (await resolver(network)
      .handle.resolve(handle)
      .catch(() => undefined)) ?? (await askService(handle, network));
  if (did === undefined) throw new AuditError(`Nobody knows the handle ${handle}.`);
  const identity = await resolveDid(did, network);
  if (identity.handle?.toLowerCase() !== handle.toLowerCase()) {
    const named = identity.handle ?? 'none';
    throw new AuditError(`${handle} leads to ${did}, whose own handle is ${named}.`);
  }
  return identity;
}

async function askService(handle: string, network: Network): Promise<string | undefined> {
  if (network.service === undefined) return undefined;
  const query = new URLSearchParams({ handle });
  const url = `${network.service}/xrpc/com.atproto.identity.resolveHandle?${query}`;
  return await askChosen(network, url, async (response) => {
    const { did } = (await response.json()) as { readonly did?: unknown };
    return typeof did === 'string' && isDid(did) ? did : undefined;
  });
}

/** Asks one of the two chosen servers; undefined when nothing can be made of its answer. */
async function askChosen<T>(
  network: Network,
  url: string | URL,
  read: (response: Response) => Promise<T>,
): Promise<T | undefined> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await read(
      await limitFetch(network.fetch, BYTES_MAX)(url, { redirect: 'error', signal }),
    );
  } catch {
    return undefined;
  }
}

/** The keys that an account of `did:plc` signed with in former times; none when nobody says. */
export async function formerKeys(did: string, network: Network): Promise<readonly string[]> {
  if (!did.startsWith('did:plc:')) return [];
  const url = new URL(`/${did}/log/audit`, network.plcUrl);
  const log = await askChosen(network, url, async (response) =>
    response.ok ? await response.text() : '',
  );
  const found = (log ?? '').matchAll(OLD_KEY);
  return [...new Set([...found].map(([, key = '']) => key))];
}

/** Why something on the network failed, in a few words. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const text = cause?.message || error.message || error.name;
  return text.replace(/[.\s]+$/, '');
}
