/** What the network's answers mean for the intake: how long to wait, and what the operator is told. */
import { XRPCError } from '@atproto/api';
import type { Answer } from '../../account/answer.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import type { SendError } from '../channel.ts';

/** Where the server does not say how long, or says what cannot be believed. */
const LIMITED_MS = MINUTE_MS;
/** The longest limits are those of a day. */
const LIMITED_MS_MAX = DAY_MS + MINUTE_MS;

export const NO_CHAT_ACCESS =
  'The app password of the Bluesky account may not read direct messages: make a new one at bsky.app ' +
  'under Settings, Privacy and security, App passwords, with "Allow access to your direct messages", ' +
  'and set it as BLUESKY_PASSWORD. Public replies go on.';

/** How long (ms) a server that answered 429 wants to be left alone; undefined for any other answer. */
export const limitedMs = (error: unknown, now: number): number | undefined =>
  error instanceof XRPCError && error.status === 429
    ? limitedByHeaders(error.headers ?? {}, now)
    : undefined;

/** The same by the headers of its answer, and by the server's own clock where it tells that, too. */
export function limitedByHeaders(
  headers: Readonly<Record<string, string | undefined>>,
  now: number,
): number {
  const after = Number.parseInt(headers['retry-after'] ?? '', 10) * SECOND_MS;
  const reset = Number.parseInt(headers['ratelimit-reset'] ?? '', 10) * SECOND_MS;
  const date = Date.parse(headers['date'] ?? '');
  const delayMs = Number.isNaN(after) ? reset - (Number.isNaN(date) ? now : date) : after;
  return delayMs <= LIMITED_MS_MAX ? Math.max(delayMs, SECOND_MS) : LIMITED_MS;
}

/** The password was made without access to direct messages. */
export const isWithoutChat = (error: unknown): boolean =>
  error instanceof XRPCError &&
  (error.message === 'Bad token method' ||
    error.error === 'ScopeMissingError' ||
    (error.status === 403 && error.error !== 'AccountTakedown'));

/** Why nothing comes in, in one sentence for the operator. It quotes no address and no text. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof XRPCError) || error.status < 400) {
    return 'Bluesky does not answer at BLUESKY_SERVICE; it is asked again.';
  }
  const { status, error: name = '' } = error;
  if (status === 429) return 'Bluesky asks for patience; it is asked again when the limit is over.';
  if (/^(AccountTakedown|AccountDeactivated|RepoDeactivated)$/.test(name)) {
    return `The city's Bluesky account is not active (${name}): sign in at bsky.app and see why.`;
  }
  const word = /^\w{1,60}$/.test(name) ? ` ${name}` : '';
  return `Bluesky gives no messages: ${status}${word}; it is asked again.`;
}

/** Why there is no session, in one sentence for the operator. */
export function signInSentence(signed: Exclude<Answer<never>, { kind: 'ok' }>): string {
  if (signed.kind === 'uncertain') {
    return 'Bluesky does not answer at BLUESKY_SERVICE; it is asked again.';
  }
  if (signed.kind === 'limited') {
    return 'Bluesky takes no more sign-ins for now; it is asked again when the limit is over.';
  }
  if (signed.code === 'AccountTakedown' || signed.code === 'AccountDeactivated') {
    return `The city's Bluesky account is not active (${signed.code}): sign in at bsky.app and see why.`;
  }
  return 'Bluesky does not take BLUESKY_IDENTIFIER with BLUESKY_PASSWORD: make an app password at bsky.app under Settings, Privacy and security, App passwords.';
}

/** What was asked for: the same refusal says different things about a post and about a person. */
export type Asked = 'post' | 'message';

type Row = {
  readonly asked?: Asked;
  readonly status?: number;
  /** The name of the error, as lexicons have it. */
  readonly name?: RegExp;
  /** Some refusals are known by their words only. */
  readonly says?: RegExp;
  readonly kind: SendError['kind'];
};

/** The first row that fits counts. */
const TABLE: readonly Row[] = [
  { status: 429, kind: 'retry' },
  // The session ended between two requests: the next one begins it anew.
  { name: /^(ExpiredToken|InvalidSwap|ConcurrentWrites)$/, kind: 'retry' },
  // An app password without access to private messages.
  { name: /^(InvalidToken|AuthMissing|AuthenticationRequired)$/, kind: 'misconfigured' },
  { name: /^ScopeMissingError$/, kind: 'misconfigured' },
  // The city's own account is not what it was.
  { name: /^(AccountTakedown|AccountDeactivated|RepoDeactivated)$/, kind: 'misconfigured' },
  { asked: 'message', name: /^(RecipientNotFound|ProfileNotFound)$/, kind: 'unreachable' },
  {
    asked: 'message',
    name: /^(BlockedActor|BlockedSubject|MessagesDisabled|NotFollowedBySender)$/,
    kind: 'closed',
  },
  { asked: 'message', name: /^(AccountSuspended|ConvoLocked)$/, kind: 'closed' },
  // Older services name all of these InvalidRequest.
  {
    asked: 'message',
    says: /block|disabled|requires? incoming|follow|cannot (be )?message/i,
    kind: 'closed',
  },
  {
    asked: 'message',
    says: /not found|deactivated|deleted|suspended|taken down/i,
    kind: 'unreachable',
  },
  // It was left or is gone: the next attempt asks for a new one.
  { asked: 'message', name: /^InvalidConvo$/, kind: 'retry' },
  { name: /^(MethodNotImplemented|XRPCNotSupported)$/, kind: 'misconfigured' },
  { status: 401, kind: 'misconfigured' },
  { status: 403, kind: 'misconfigured' },
  { name: /^RequestTimeout$/, kind: 'retry' },
];

/** Why something was not sent. It quotes no address and no text: only the error's own name. */
export function sendErrorOf(error: unknown, asked: Asked, now: number): SendError {
  const refusal = refusalOf(error);
  if (refusal === undefined) return { kind: 'retry', detail: `${asked}: no answer` };
  const { status, name, says } = refusal;
  const row = TABLE.find(
    (one) =>
      (one.asked ?? asked) === asked &&
      (one.status ?? status) === status &&
      (one.name?.test(name) ?? true) &&
      (one.says?.test(says) ?? true),
  );
  // What is no status of HTTP says that there was no answer, or none that could be read.
  const isRefused = status >= 400 && status < 500;
  const kind = row?.kind ?? (isRefused ? 'rejected' : 'retry');
  const word = /^\w{1,60}$/.test(name) ? ` ${name}` : '';
  return {
    kind,
    detail: `${asked}: ${status}${word}`,
    ...(status === 429 ? { retryAfterMs: limitedByHeaders(refusal.headers, now) } : {}),
  };
}

type Headers = Readonly<Record<string, string | undefined>>;

type Refusal = {
  readonly status: number;
  readonly name: string;
  readonly says: string;
  readonly headers: Headers;
};

/** What the server said, by whichever client it was asked; undefined when it said nothing. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof XRPCError) {
    const { status, message, headers = {} } = error;
    return { status, name: error.error ?? '', says: message, headers };
  }
  if (!(error instanceof Error)) return undefined;
  // That of the client in @skyware/bot 0.3.12, which wraps it in a sentence of its own.
  if (!('status' in error && 'kind' in error && 'headers' in error)) return refusalOf(error.cause);
  return {
    status: Number(error.status),
    name: String(error.kind),
    says: 'description' in error ? String(error.description) : '',
    headers: error.headers as Headers,
  };
}
