/**
 * The city's session with its Bluesky account: kept over restarts, refreshed when it expires, and
 * begun anew with the password only when nothing else helps, since sign-ins are few (30 in five
 * minutes, 300 a day).
 */
import { type AtpSessionData, CredentialSession, XRPCError } from '@atproto/api';
import { type Clock, MINUTE_MS } from '../lib/clock.ts';
import { fetchWithin } from '../lib/fetch-within.ts';
import { type Answer, answered, limitedUntil, refused, uncertain, wordsOf } from './answer.ts';
import { createAllowance } from './rate-limits.ts';
import { isAboutAccount } from './refusal.ts';

/** Where a session is kept. What is kept is a secret, like a password. */
export type SessionKeeper = {
  readonly load: () => string | undefined;
  readonly save: (session: string | undefined) => void;
};

export type SessionSettings = {
  /** Such as `https://bsky.social`, or a PDS of the city's own. */
  readonly service: string;
  /** Handle or DID. */
  readonly identifier: string;
  readonly password: string;
  readonly keeper: SessionKeeper;
  readonly clock: Clock;
  /** How long one request may take. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
};

export type Session = {
  /** Makes sure that there is a session; answers the DID of the account. */
  readonly signIn: () => Promise<Answer<string>>;
  /** A request to `/xrpc/…` in the name of the account, after `signIn`. */
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  /**
   * The server does not know the session, as after its keys were changed: tries to renew it, which
   * `request` does by itself only for one that has expired.
   */
  readonly renew: () => Promise<void>;
};

const TIMEOUT_MS = 30_000;
/** Many times what an honest server has to say of a batch. */
const ANSWER_BYTES_MAX = 2_000_000;
const SIGN_IN = 'server.createSession';
/** 300 sign-ins a day are one in 4.8 minutes. */
const BETWEEN_SIGN_INS_MS = 5 * MINUTE_MS;
/** Tries that a server in trouble may have counted; after more of them they are as rare. */
const FREE_TRIES = 5;

export function createSession(settings: SessionSettings): Session {
  const { service, identifier, keeper, clock, timeoutMs = TIMEOUT_MS } = settings;
  const send = fetchWithin({ timeoutMs, bytesMax: ANSWER_BYTES_MAX }, settings.fetch);
  const allowance = createAllowance(clock);
  const credentials = new AccountSession(
    new URL(service),
    async (input, init) => {
      // Not `error`, which not every runtime knows.
      const answer = await send(input, { ...init, redirect: 'manual' });
      if (addressOf(input).includes(SIGN_IN)) {
        allowance.hear(SIGN_IN, (name) => answer.headers.get(name));
      }
      // It would take the password or a token along.
      if (isRedirect(answer)) throw new Error('the PDS sends us elsewhere, where we do not go');
      return answer;
    },
    (_event, session) =>
      keeper.save(session && JSON.stringify({ service, identifier, ...session })),
  );
  let keptIsTried = false;
  let nextSignInAt = 0;
  let triesInVain = 0;
  let underWay: Promise<Answer<string>> | undefined;

  /** When the next sign-in may be tried; a clock that was put back does not prolong it. */
  function signInAt(): number {
    nextSignInAt = Math.min(nextSignInAt, clock.now() + BETWEEN_SIGN_INS_MS);
    return Math.max(nextSignInAt, allowance.requestAt(SIGN_IN));
  }

  async function begin(): Promise<Answer<string>> {
    if (!keptIsTried) {
      keptIsTried = true;
      const kept = parseSession(keeper.load(), settings);
      // A refresh that failed for want of a connection leaves the session in place.
      if (kept !== undefined) await credentials.resumeSession(kept).catch(() => undefined);
    }
    if (credentials.did !== undefined) return answered(credentials.did);
    const until = signInAt();
    if (clock.now() < until) return { kind: 'limited', until };
    try {
      const { data } = await credentials.login(settings);
      nextSignInAt = clock.now() + BETWEEN_SIGN_INS_MS;
      triesInVain = 0;
      return answered(data.did);
    } catch (error) {
      if (isAnswer(error)) triesInVain += 1;
      if (triesInVain > FREE_TRIES) nextSignInAt = clock.now() + BETWEEN_SIGN_INS_MS;
      return signInFailed(error, clock.now());
    }
  }

  return {
    signIn: () => {
      if (credentials.did !== undefined) return Promise.resolve(answered(credentials.did));
      underWay ??= begin().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    request: (path, init) => credentials.fetchHandler(path, init),
    renew: async () => {
      // When it is refused the session is over, and the next sign-in begins another.
      if (credentials.hasSession) await credentials.refreshSession().catch(() => undefined);
    },
  };
}

/**
 * Where the server says that the account lives is where its token goes: so only to an encrypted
 * place, the configured one, or, when that is on this machine, to another one on it.
 */
class AccountSession extends CredentialSession {
  override get dispatchUrl(): URL {
    const { pdsUrl, serviceUrl } = this;
    if (pdsUrl === undefined || pdsUrl.origin === serviceUrl.origin) return serviceUrl;
    const isFit = pdsUrl.protocol === 'https:' || (isLoopback(pdsUrl) && isLoopback(serviceUrl));
    return isFit ? new URL(pdsUrl.origin) : serviceUrl;
  }
}

const isLoopback = ({ hostname }: URL): boolean =>
  /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

/** Browsers hide the status of one. */
const isRedirect = ({ status, type }: Response): boolean =>
  type === 'opaqueredirect' || (status >= 300 && status < 400);

/** Undefined when nothing was kept, or a session of another account or server. */
function parseSession(
  kept: string | undefined,
  { service, identifier }: SessionSettings,
): AtpSessionData | undefined {
  try {
    const session = kept === undefined ? undefined : JSON.parse(kept);
    const isOurs = session?.service === service && session?.identifier === identifier;
    return isOurs ? session : undefined;
  } catch {
    return undefined;
  }
}

const addressOf = (input: Parameters<typeof fetch>[0]): string =>
  input instanceof Request ? input.url : String(input);

/** Below 400 the status is the client's own: it got no answer. */
const isAnswer = (error: unknown): error is XRPCError =>
  error instanceof XRPCError && error.status >= 400;

function signInFailed(error: unknown, now: number): Answer<never> {
  if (!isAnswer(error)) return uncertain(error);
  if (error.status === 429) {
    return { kind: 'limited', until: limitedUntil((name) => error.headers?.[name], now) };
  }
  const code = wordsOf(error.error) ?? String(error.status);
  if (!isAboutAccount(code) && error.status >= 500) return uncertain(error);
  return refused(code, wordsOf(error.message) ?? '');
}
