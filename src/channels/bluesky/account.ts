/**
 * The city's account on Bluesky, through the one session that the publisher has as well: sign-ins
 * are few, and a token is refreshed once for all who use it.
 */
import { Agent } from '@atproto/api';
import { Bot } from '@skyware/bot';
import { type Clock, SECOND_MS } from '../../lib/clock.ts';

/** What came of signing in. */
export type Signed =
  | { readonly kind: 'ok'; readonly value: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'limited'; readonly until: number }
  | { readonly kind: 'uncertain'; readonly message: string };

/** The session of the account, as the rest of the program has it. Every request of it ends. */
export type AccountSession = {
  /** Makes sure that there is a session; answers the DID of the account. */
  readonly signIn: () => Promise<Signed>;
  /** A request to `/xrpc/…` in the name of the account, after `signIn`. */
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  /** For a server that no longer knows the session. */
  readonly renew: () => Promise<void>;
};

export type Account = {
  readonly did: string;
  readonly agent: Agent;
  /** The same session, by way of the account's server to the service of private messages. */
  readonly chat: Agent;
  /** The same once more, for what `@skyware/bot` does well. It never signs in by itself. */
  readonly bot: Bot;
};

export type OpenAccount = () => Promise<
  { readonly kind: 'ok'; readonly account: Account } | Exclude<Signed, { kind: 'ok' }>
>;

/** As the account's server says of a password that may not do what is asked for. */
const NOT_ALLOWED = 'Bad token method';

/** What it gives signs in, if that is needed, and answers the account. */
export function createAccount(options: {
  readonly session: AccountSession;
  readonly chatDid: string;
  readonly clock: Clock;
}): OpenAccount {
  const { session, chatDid, clock } = options;
  let opened: Account | undefined;

  const request = async (path: string, init?: RequestInit): Promise<Response> => {
    // The session may have come to its end since the last request.
    const signed = await session.signIn();
    if (signed.kind !== 'ok') return asResponse(signed, clock.now());
    const answer = await session.request(path, init);
    if (!(await isUnknown(answer)) || init?.body instanceof ReadableStream) return answer;
    await session.renew();
    const again = await session.signIn();
    return again.kind === 'ok' ? session.request(path, init) : asResponse(again, clock.now());
  };

  return async () => {
    const signed = await session.signIn();
    if (signed.kind !== 'ok') return signed;
    if (opened?.did !== signed.value) {
      const agent = new Agent({ did: signed.value as `did:plc:${string}`, fetchHandler: request });
      opened = {
        did: signed.value,
        agent,
        chat: agent.withProxy('bsky_chat', chatDid as `did:plc:${string}`),
        bot: createBot(request, chatDid),
      };
    }
    return { kind: 'ok', account: opened };
  };
}

/**
 * `@skyware/bot` 0.3.12 keeps its session to itself, where nobody can store it, and its listeners
 * lose a batch when one post of it cannot be loaded: so it gets our requests and never listens.
 */
function createBot(request: AccountSession['request'], chatDid: string): Bot {
  const bot = new Bot({ emitEvents: false, emitChatEvents: false });
  bot.agent.handle = request;
  bot.chatProxy = bot.agent.withProxy('bsky_chat', chatDid as `did:plc:${string}`);
  return bot;
}

/** Whether the server does not know the session, as after its keys were changed. */
async function isUnknown(answer: Response): Promise<boolean> {
  if (answer.status !== 400 && answer.status !== 401) return false;
  const said = (await answer
    .clone()
    .json()
    .catch(() => ({}))) as { error?: unknown; message?: unknown };
  return said.error === 'InvalidToken' && said.message !== NOT_ALLOWED;
}

/** That there is no session, as if the server had said so: for clients that know no other way. */
function asResponse(signed: Exclude<Signed, { kind: 'ok' }>, now: number): Response {
  if (signed.kind === 'uncertain') throw new Error(signed.message);
  const { kind } = signed;
  const headers: Record<string, string> =
    kind === 'limited'
      ? { 'retry-after': String(Math.max(1, Math.ceil((signed.until - now) / SECOND_MS))) }
      : {};
  const error = kind === 'limited' ? 'RateLimitExceeded' : signed.code;
  return Response.json(
    { error, message: error },
    { status: kind === 'limited' ? 429 : 401, headers },
  );
}
