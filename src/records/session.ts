/**
 * The city's session with its Bluesky account: kept over restarts, refreshed when it expires, and
 * begun anew with the password only when nothing else helps, since sign-ins are few (30 in five
 * minutes, 300 a day).
 */
import { type AtpSessionData, CredentialSession, XRPCError } from '@atproto/api';
import { type Clock, MINUTE_MS } from '../lib/clock.ts';
import { type Answer, answered, limitedUntil, refused, uncertain } from './answer.ts';

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
};

const TIMEOUT_MS = 30_000;
/** 300 sign-ins a day are one in 4.8 minutes. */
const BETWEEN_SIGN_INS_MS = 5 * MINUTE_MS;

export function createSession(settings: SessionSettings): Session {
  const { keeper, clock, timeoutMs = TIMEOUT_MS } = settings;
  const send = settings.fetch ?? fetch;
  const credentials = new CredentialSession(
    new URL(settings.service),
    (input, init) => send(input, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
    (_event, session) => keeper.save(session && JSON.stringify(session)),
  );
  let keptIsTried = false;
  let nextSignInAt = 0;
  let underWay: Promise<Answer<string>> | undefined;

  async function begin(): Promise<Answer<string>> {
    if (!keptIsTried) {
      keptIsTried = true;
      const kept = parseSession(keeper.load());
      // A refresh that failed for want of a connection leaves the session in place.
      if (kept !== undefined) await credentials.resumeSession(kept).catch(() => undefined);
    }
    if (credentials.did !== undefined) return answered(credentials.did);
    if (clock.now() < nextSignInAt) return { kind: 'limited', until: nextSignInAt };
    try {
      const { data } = await credentials.login(settings);
      nextSignInAt = clock.now() + BETWEEN_SIGN_INS_MS;
      return answered(data.did);
    } catch (error) {
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
  };
}

function parseSession(kept: string | undefined): AtpSessionData | undefined {
  try {
    return kept === undefined ? undefined : JSON.parse(kept);
  } catch {
    return undefined;
  }
}

function signInFailed(error: unknown, now: number): Answer<never> {
  if (!(error instanceof XRPCError)) return uncertain(error);
  if (error.status === 429) {
    return { kind: 'limited', until: limitedUntil((name) => error.headers?.[name], now) };
  }
  // Below 400 the status is the client's own: it got no answer.
  if (error.status < 400 || error.status >= 500) return uncertain(error);
  return refused(error.error, error.message);
}
