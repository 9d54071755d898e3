/** The city's repository on its PDS, as far as publishing needs it. */
import { cidOfBlob } from '../lib/cid.ts';
import type { Clock } from '../lib/clock.ts';
import { type Answer, answered, limitedMs, refused, uncertain, wordsOf } from './answer.ts';
import { cidInProof } from './proof.ts';
import { createRateLimits, type RateLimits, WRITE_METHOD } from './rate-limits.ts';
import { isAboutAccount, isAboutAll } from './refusal.ts';
import type { Session } from './session.ts';

export type Repository = Pick<RateLimits, 'pointsLeft' | 'pointsAt'> & {
  readonly did: string;
  /**
   * Applies operations (the JSON of the `writes` of `applyWrites`) in one commit, all or none.
   * With `swapCommit` only if that is still the newest commit: refused as `InvalidSwap` otherwise.
   * Answers the CID of each record; undefined for a removal.
   */
  readonly applyWrites: (
    writes: string,
    swapCommit?: string,
  ) => Promise<Answer<readonly (string | undefined)[]>>;
  /**
   * The CID of the version that stands under a key now, by a proof that has its bytes: the word of the
   * PDS alone is not enough. Undefined for none.
   */
  readonly currentCid: (collection: string, rkey: string) => Promise<Answer<string | undefined>>;
  /** The CID of the newest commit. */
  readonly head: () => Promise<Answer<string>>;
  /** Uploads a picture; answers its CID. It stays only if a record refers to it soon. */
  readonly upload: (bytes: Uint8Array, mediaType: string) => Promise<Answer<string>>;
  /** Whether the PDS gives out a picture whose bytes have this CID. */
  readonly hasPicture: (cid: string) => Promise<Answer<boolean>>;
};

type State = {
  readonly did: string;
  readonly session: Session;
  readonly clock: Clock;
  readonly limits: RateLimits;
};

/** The repository of `did`, reached through a session of its account. */
export function createRepository(settings: Omit<State, 'limits'>): Repository {
  const { did, clock } = settings;
  const limits = createRateLimits(clock);
  const state: State = { ...settings, limits };
  return {
    did,
    applyWrites: (writes, swapCommit) => {
      const swap = swapCommit === undefined ? '' : `"swapCommit":${JSON.stringify(swapCommit)},`;
      const body = `{"repo":${JSON.stringify(did)},${swap}"writes":${writes}}`;
      return ask(
        state,
        { method: WRITE_METHOD, send: { type: 'application/json', body } },
        async (response) => {
          const done = await bodyOf(response);
          if (done.results === undefined) throw new Error('applyWrites told no results');
          return done.results.map((result) => result.cid);
        },
      );
    },
    currentCid: (collection, rkey) => {
      const query = { did, collection, rkey };
      return ask(state, { method: 'sync.getRecord', query }, async (response) =>
        cidInProof(await bytesOf(response), query),
      );
    },
    head: () =>
      ask(state, { method: 'sync.getLatestCommit', query: { did } }, async (response) =>
        text((await bodyOf(response)).cid),
      ),
    upload: (bytes, type) =>
      ask(
        state,
        { method: 'repo.uploadBlob', send: { type, body: bytes.slice() } },
        async (response) => text((await bodyOf(response)).blob?.ref?.$link),
      ),
    hasPicture: async (cid) => {
      const answer = await ask(
        state,
        { method: 'sync.getBlob', query: { did, cid } },
        async (response) => cidOfBlob(await bytesOf(response)) === cid,
      );
      const isMissing = answer.kind === 'refused' && !isAboutAll(answer);
      return isMissing ? answered(false) : answer;
    },
    pointsLeft: limits.pointsLeft,
    pointsAt: limits.pointsAt,
  };
}

const bytesOf = async (response: Response): Promise<Uint8Array> =>
  new Uint8Array(await response.arrayBuffer());

type Question = {
  readonly method: string;
  readonly query?: Record<string, string>;
  /** A question that sends something is a POST. */
  readonly send?: { readonly type: string; readonly body: string | Uint8Array<ArrayBuffer> };
};

async function ask<T>(
  state: State,
  { method, query = {}, send }: Question,
  read: (response: Response) => Promise<T>,
): Promise<Answer<T>> {
  const { did, session, clock, limits } = state;
  const until = limits.requestAt(method);
  if (until > clock.elapsed()) return { kind: 'limited', until };
  const account = await session.signIn();
  if (account.kind !== 'ok') return account;
  if (account.value !== did) {
    return refused(
      'OtherAccount',
      `The records are those of ${did}, not of ${wordsOf(account.value)}.`,
    );
  }
  try {
    const response = await session.request(
      `/xrpc/com.atproto.${method}?${new URLSearchParams(query)}`,
      send && { method: 'POST', headers: { 'content-type': send.type }, body: send.body },
    );
    limits.note(method, (name) => response.headers.get(name));
    if (response.ok) return answered(await read(response));
    return failure(response, await bodyOf(response), clock);
  } catch (error) {
    return uncertain(error);
  }
}

/** The answer of a PDS; nothing in it is taken for granted. */
type Body = {
  readonly error?: unknown;
  readonly message?: unknown;
  readonly cid?: unknown;
  readonly results?: readonly { readonly cid?: string }[];
  readonly blob?: { readonly ref?: { readonly $link?: unknown } };
};

async function bodyOf(response: Response): Promise<Body> {
  const json: unknown = await response.json().catch(() => undefined);
  return typeof json === 'object' && json !== null ? json : {};
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('the PDS left out what was asked for');
  return value;
}

const SESSION_TROUBLE = ['ExpiredToken', 'InvalidToken', 'AuthMissing', 'AuthenticationRequired'];

function failure(response: Response, body: Body, clock: Clock): Answer<never> {
  const { status, headers } = response;
  const code = wordsOf(body.error);
  const message = wordsOf(body.message) ?? wordsOf(response.statusText) ?? '';
  if (status === 429) {
    const ms = limitedMs((name) => headers.get(name), clock.now());
    return { kind: 'limited', until: clock.elapsed() + ms };
  }
  if (code !== undefined && isAboutAccount(code)) return refused(code, message);
  // The session has tried to refresh itself, and the next request signs in again if need be.
  const signedOut = status === 401 || SESSION_TROUBLE.includes(code ?? '');
  // A refusal has a name; what has none is of some server in between.
  if (signedOut || status >= 500 || code === undefined) {
    return uncertain([status, code, message].filter(Boolean).join(' '));
  }
  return refused(code, message);
}
