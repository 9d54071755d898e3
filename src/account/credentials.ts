/** The tokens of the account, and the guard that neither they nor the password go astray. */
import { type AtpSessionData, CredentialSession } from '@atproto/api';
import type { Clock } from '../lib/clock.ts';
import { fetchWithin } from '../lib/fetch-within.ts';
import { atOnce, type Outgoing } from '../lib/outgoing.ts';
import type { Header } from './answer.ts';
import type { SessionKeeper } from './session-keeper.ts';

export type SessionSettings = {
  /** Such as `https://bsky.social`, or a PDS of the city's own. */
  readonly service: string;
  /** Handle or DID. */
  readonly identifier: string;
  readonly password: string;
  /** The DID of the account where it is known: by it one signs in when the handle is another by now. */
  readonly did?: string | undefined;
  /** The server that the account has moved to; undefined while it lives at `service`. */
  readonly movedTo?: (() => string | undefined) | undefined;
  readonly keeper: SessionKeeper;
  readonly clock: Clock;
  /** How long one request may take. */
  readonly timeoutMs?: number;
  /** Every request waits here for its place; none waits where it is left out. */
  readonly outgoing?: Outgoing;
  readonly fetch?: typeof fetch;
};

const TIMEOUT_MS = 30_000;
/** An honest server says many times less of a batch. */
const ANSWER_BYTES_MAX = 2_000_000;

export const SIGN_IN = 'server.createSession';

/** `onSignIn` gets the headers of each answer to a sign-in. */
export function createCredentials(
  settings: SessionSettings,
  onSignIn: (header: Header) => void,
): CredentialSession {
  const { service, identifier, keeper, timeoutMs = TIMEOUT_MS, outgoing = atOnce } = settings;
  const send = fetchWithin({ timeoutMs, bytesMax: ANSWER_BYTES_MAX, outgoing }, settings.fetch);
  return new AccountCredentials(
    new URL(service),
    async (input, init) => {
      // Not every runtime knows `error`.
      const answer = await send(input, { ...init, redirect: 'manual' });
      if (addressOf(input).includes(SIGN_IN)) onSignIn((name) => answer.headers.get(name));
      // A redirect would take the password or a token along.
      if (isRedirect(answer)) throw new Error('the PDS sends us elsewhere, where we do not go');
      return answer;
    },
    (_event, session) =>
      keeper.save(session && JSON.stringify({ service, identifier, ...session })),
  );
}

/**
 * A token goes where the server says that the account lives: so only to an encrypted place, the
 * configured one, or, when that is on this machine, to another one on it.
 */
class AccountCredentials extends CredentialSession {
  override get dispatchUrl(): URL {
    const { pdsUrl, serviceUrl } = this;
    if (pdsUrl === undefined || pdsUrl.origin === serviceUrl.origin) return serviceUrl;
    const isFit = pdsUrl.protocol === 'https:' || (isLoopback(pdsUrl) && isLoopback(serviceUrl));
    return isFit ? new URL(pdsUrl.origin) : serviceUrl;
  }
}

const isLoopback = ({ hostname }: URL): boolean =>
  /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

/** Browsers hide the status of a redirect. */
const isRedirect = ({ status, type }: Response): boolean =>
  type === 'opaqueredirect' || (status >= 300 && status < 400);

const addressOf = (input: Parameters<typeof fetch>[0]): string =>
  input instanceof Request ? input.url : String(input);

/** The session that was kept; undefined when it is missing, or of another account or server. */
export function keptSession(settings: SessionSettings): AtpSessionData | undefined {
  const { keeper, service, identifier } = settings;
  const kept = keeper.load();
  try {
    const session = kept === undefined ? undefined : JSON.parse(kept);
    const isOurs = session?.service === service && session?.identifier === identifier;
    return isOurs ? session : undefined;
  } catch {
    return undefined;
  }
}
