/**
 * Opens the repository of a city, whoever holds it: by its DID, its handle, or a CAR file. The
 * signature and every block are verified before anything in it is believed.
 */
import { type Bytes, memorySink, type Sink } from './bytes.ts';
import { type Car, readCar } from './car.ts';
import type { Sha256 } from './cids.ts';
import { readCommit } from './commit.ts';
import { AuditError, createFindings, type Findings } from './findings.ts';
import {
  type Identity,
  isDid,
  isHandle,
  type Network,
  reason,
  resolveDid,
  resolveHandle,
} from './identity.ts';
import { emptyRepository, type Repository, readRepository } from './repository.ts';

/** A DID or a handle, or the bytes of a CAR. */
export type Where = { readonly account: string } | { readonly car: Bytes };

/** Is told how far a step is. */
type Progress = (
  step: 'fetch' | 'verify' | 'tree' | 'records' | 'posts' | 'blobs',
  done: number,
  total?: number,
) => void;

export type OpenOptions = Network & {
  readonly sha256: Sha256;
  /** Where the bytes of a repository that is fetched go; memory when absent. */
  readonly sink?: Sink;
  /** With a CAR: nobody is asked anything, and the signature stays unchecked. */
  readonly isOffline?: boolean;
  /** With a CAR: go on when the identity cannot be looked up, with the signature unchecked. */
  readonly mayBeUnsigned?: boolean;
  /** The most bytes that are fetched. */
  readonly bytesMax?: number;
  /** The slowest that it may come: so many bytes in so long, again and again. */
  readonly slowest?: { readonly ms: number; readonly bytes: number };
  readonly progress?: Progress;
};

export type Opened = {
  readonly repository: Repository;
  readonly car: Bytes;
  /** Undefined only offline. */
  readonly identity: Identity | undefined;
  /** Whether the commit is signed with the key that the identity names; undefined: not checked. */
  readonly isSigned: boolean | undefined;
  /** Whether it is signed with another key, as `did:key:…`. */
  readonly isSignedWith: (key: string) => Promise<boolean>;
  /** Tells what is broken in the file, the signature or the tree: nothing here is sound then. */
  readonly findings: Findings;
};

/** Far above any city's repository so far, far below what would fill a disk. */
const BYTES_MAX = 8 * 1024 ** 3;
/** Fewer bytes than these in so long are the end of waiting: 17 kB/s, far below any server's line. */
const SLOWEST = { ms: 60_000, bytes: 1024 * 1024 };
/** The longest that a repository may take, however fast it comes: as many bytes at 400 kB/s. */
const WHOLE_MS = 6 * 60 * 60_000;

/** Throws an `AuditError` when there is nothing to look at, or nobody to ask for the key. */
export async function openRepository(where: Where, options: OpenOptions): Promise<Opened> {
  if ('car' in where) return await openCar(where.car, undefined, options);
  const { account } = where;
  if (!isDid(account) && !isHandle(account)) {
    throw new AuditError(`${account} is neither a DID, nor a handle, nor a .car file.`);
  }
  const identity = isDid(account)
    ? await resolveDid(account, options)
    : await resolveHandle(account, options);
  const car = await fetchCar(identity, options);
  return await openCar(car, identity, options);
}

async function openCar(
  bytes: Bytes,
  known: Identity | undefined,
  options: OpenOptions,
): Promise<Opened> {
  const findings = createFindings();
  const { sha256, progress = () => {} } = options;
  const car = readCar(bytes, sha256, (done) => progress('verify', done, bytes.size));
  const commit = readCommit(car);
  if (typeof commit === 'string') {
    if (known === undefined) {
      throw new AuditError(`This is not a repository: ${car.fault?.sentence ?? commit}`);
    }
    return broken(car, known, commit);
  }
  const uri = `at://${commit.did}`;
  if (known !== undefined && commit.did !== known.did) {
    findings.add('commit-did', `at://${known.did}`, `The commit is one of ${commit.did}.`);
  }
  if (car.fault !== undefined) findings.add(car.fault.code, uri, car.fault.sentence);
  const identity = known ?? (await identityOf(commit.did, options));
  if (identity !== undefined && identity.key === undefined) {
    throw new AuditError(`The identity of ${commit.did} names no key that a commit could have.`);
  }
  const isSigned =
    identity?.key === undefined ? undefined : await commit.isSignedWith(identity.key);
  if (isSigned === false) {
    findings.add('signature', uri, 'The commit is not signed with the key of the account.');
  }
  const repository = readRepository(car, commit, {
    sha256,
    findings,
    progress: (done) => progress('tree', done),
  });
  const { isSignedWith } = commit;
  return { repository, car: bytes, identity, isSigned, isSignedWith, findings };
}

/** Says what can be said of a repository without a commit. */
function broken(car: Car, identity: Identity, sentence: string): Opened {
  const findings = createFindings();
  const uri = `at://${identity.did}`;
  if (car.fault !== undefined) findings.add(car.fault.code, uri, car.fault.sentence);
  findings.add('commit-malformed', uri, sentence);
  const repository = emptyRepository(car, identity.did);
  const isSignedWith = () => Promise.resolve(false);
  return { repository, car: car.bytes, identity, isSigned: undefined, isSignedWith, findings };
}

async function identityOf(did: string, options: OpenOptions): Promise<Identity | undefined> {
  if (options.isOffline === true) return undefined;
  try {
    return await resolveDid(did, options);
  } catch (cause) {
    if (options.mayBeUnsigned === true) return undefined;
    throw new AuditError(`The signature could not be checked. ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** The whole repository from the server that its identity names, as it streams in. */
async function fetchCar(identity: Identity, options: OpenOptions): Promise<Bytes> {
  const { pds, did } = identity;
  if (pds === undefined) throw new AuditError(`The identity of ${did} names no server.`);
  const { sink = memorySink(), bytesMax = BYTES_MAX, progress = () => {} } = options;
  const query = new URLSearchParams({ did });
  const pace = createPace(options.slowest ?? SLOWEST);
  try {
    const response = await options.fetchPublic(`${pds}/xrpc/com.atproto.sync.getRepo?${query}`, {
      redirect: 'error',
      headers: { accept: 'application/vnd.ipld.car' },
      signal: AbortSignal.any([pace.signal, AbortSignal.timeout(WHOLE_MS)]),
    });
    if (!response.ok || response.body === null) {
      throw new AuditError(`${pds} answers ${response.status} for the repository of ${did}.`);
    }
    let fetched = 0;
    for await (const chunk of response.body) {
      pace.came(chunk.length);
      fetched += chunk.length;
      if (fetched > bytesMax) {
        throw new AuditError(`The repository of ${did} is bigger than ${bytesMax} bytes.`);
      }
      sink.append(chunk);
      progress('fetch', fetched);
    }
    return sink.bytes();
  } catch (cause) {
    if (cause instanceof AuditError) throw cause;
    throw new AuditError(`The repository could not be fetched from ${pds}: ${reason(cause)}.`, {
      cause,
    });
  } finally {
    pace.end();
  }
}

/**
 * A signal that aborts when fewer than so many bytes came in so long. A server that sends a byte now
 * and then is no better than a silent one.
 */
function createPace({ ms, bytes }: { readonly ms: number; readonly bytes: number }) {
  const ending = new AbortController();
  const waiting = () =>
    setTimeout(() => {
      ending.abort(new Error(`too little came for ${ms / 1000} seconds`));
    }, ms);
  let timer = waiting();
  let came = 0;
  return {
    signal: ending.signal,
    came: (length: number) => {
      came += length;
      if (came < bytes) return;
      came = 0;
      clearTimeout(timer);
      timer = waiting();
    },
    end: () => clearTimeout(timer),
  };
}
