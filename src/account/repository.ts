/** The city's repository on its PDS, as far as publishing needs it. */
import type { Clock } from '../lib/clock.ts';
import { type Answer, answered, limitedUntil, refused, uncertain, wordsOf } from './answer.ts';
import { createRateLimits, type RateLimits, WRITE_METHOD } from './rate-limits.ts';
import { codeOfStatus, isAboutAccount } from './refusal.ts';
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
  /** The CID of the version that stands under a key now; undefined for none. */
  readonly currentCid: (collection: string, rkey: string) => Promise<Answer<string | undefined>>;
  /** The CID of the newest commit. */
  readonly head: () => Promise<Answer<string>>;
  /** Uploads a picture; answers its CID. It stays only if a record refers to it soon. */
  readonly upload: (bytes: Uint8Array, mediaType: string) => Promise<Answer<string>>;
};

const READ_METHOD = 'repo.getRecord';
const NOT_FOUND = 'RecordNotFound';

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
        (done) => {
          if (done.results === undefined) throw new Error('applyWrites told no results');
          return done.results.map((result) => result.cid);
        },
      );
    },
    currentCid: async (collection, rkey) => {
      const query = { repo: did, collection, rkey };
      const answer = await ask(state, { method: READ_METHOD, query }, ({ cid }) => text(cid));
      const isMissing = answer.kind === 'refused' && answer.code === NOT_FOUND;
      return isMissing ? answered(undefined) : answer;
    },
    head: () =>
      ask(state, { method: 'sync.getLatestCommit', query: { did } }, (newest) => text(newest.cid)),
    upload: (bytes, type) =>
      ask(state, { method: 'repo.uploadBlob', send: { type, body: bytes.slice() } }, (uploaded) =>
        text(uploaded.blob?.ref?.$link),
      ),
    pointsLeft: limits.pointsLeft,
    pointsAt: limits.pointsAt,
  };
}

type Question = {
  readonly method: string;
  readonly query?: Record<string, string>;
  /** A question that sends something is a POST. */
  readonly send?: { readonly type: string; readonly body: string | Uint8Array<ArrayBuffer> };
};

async function ask<T>(
  state: State,
  { method, query = {}, send }: Question,
  read: (body: Body) => T,
): Promise<Answer<T>> {
  const { did, session, clock, limits } = state;
  const until = limits.requestAt(method);
  if (until > clock.now()) return { kind: 'limited', until };
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
    const body = bodyFrom(await response.json().catch(() => undefined));
    if (response.ok) return answered(read(body));
    const answer = failure(response, body, clock.now());
    return method === READ_METHOD && body.error !== NOT_FOUND ? explained(state, answer) : answer;
  } catch (error) {
    return uncertain(error);
  }
}

/**
 * For an account that is not active the PDS asks its AppView for the record and passes on whatever
 * comes of that: the account itself tells better.
 */
async function explained(state: State, answer: Answer<never>): Promise<Answer<never>> {
  const account = await ask(state, { method: 'server.getSession' }, ({ active, status }) =>
    active === false ? (wordsOf(status) ?? 'deactivated') : undefined,
  );
  if (account.kind === 'refused') return account;
  if (account.kind !== 'ok' || account.value === undefined) return answer;
  return refused(codeOfStatus(account.value), `The account is ${account.value}.`);
}

/** The answer of a PDS; nothing in it is taken for granted. */
type Body = {
  readonly error?: unknown;
  readonly message?: unknown;
  readonly cid?: unknown;
  readonly active?: unknown;
  readonly status?: unknown;
  readonly results?: readonly { readonly cid?: string }[];
  readonly blob?: { readonly ref?: { readonly $link?: unknown } };
};

const bodyFrom = (json: unknown): Body => (typeof json === 'object' && json !== null ? json : {});

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('the PDS left out what was asked for');
  return value;
}

const SESSION_TROUBLE = ['ExpiredToken', 'InvalidToken', 'AuthMissing', 'AuthenticationRequired'];

function failure(response: Response, body: Body, now: number): Answer<never> {
  const { status, headers } = response;
  const code = wordsOf(body.error);
  const message = wordsOf(body.message) ?? wordsOf(response.statusText) ?? '';
  if (status === 429) {
    return { kind: 'limited', until: limitedUntil((name) => headers.get(name), now) };
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
