/** Tells what the network's answers mean: to readers, to the outbox and to the operator. */
import { XRPCError } from '@atproto/api';
import { type Answer, type Header, limitedMs } from '../../account/answer.ts';
import { ACCOUNT_MOVED, isAboutAccount } from '../../account/refusal.ts';
import { NOT_ALLOWED } from '../../account/session.ts';
import type { SendError } from '../channel.ts';
import { fieldsOf } from './fields.ts';

const NO_ANSWER = 'Bluesky does not answer at BLUESKY_SERVICE; it is asked again.';
export const NO_CHAT_ACCESS =
  'The app password of the Bluesky account may not read direct messages: make a new one at bsky.app ' +
  'under Settings, Privacy and security, App passwords, with "Allow access to your direct messages", ' +
  'and set it as BLUESKY_PASSWORD. Public replies go on.';

export const isLimited = (error: unknown): boolean =>
  error instanceof XRPCError && error.status === 429;

/** How long (ms) a server that answered 429 wants to be left alone; 0 for any other answer. */
export function pauseAsked(error: unknown, now: number): number {
  if (!(error instanceof XRPCError) || !isLimited(error)) return 0;
  return limitedMs((name) => error.headers?.[name], now);
}

/** The password was made without access to direct messages. */
export const isWithoutChat = (error: unknown): boolean =>
  error instanceof XRPCError &&
  (error.message === NOT_ALLOWED ||
    error.error === 'ScopeMissingError' ||
    (error.status === 403 && error.error !== 'AccountTakedown'));

/** Why nothing comes in, in one sentence for the operator. It quotes no address and no text. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof XRPCError) || error.status < 400) return NO_ANSWER;
  const { status, error: name = '' } = error;
  if (status === 429) return 'Bluesky asks for patience; it is asked again when the limit is over.';
  if (isAboutAccount(name)) return notActive(name);
  return `Bluesky gives no messages: ${status}${wordOf(name)}; it is asked again.`;
}

/** Why there is no session, in one sentence for the operator. */
export function signInSentence(answer: Exclude<Answer<never>, { kind: 'ok' }>): string {
  if (answer.kind === 'uncertain') return NO_ANSWER;
  if (answer.kind === 'limited') {
    return 'Bluesky takes no more sign-ins for now; it is asked again when the limit is over.';
  }
  if (isAboutAccount(answer.code)) return notActive(answer.code);
  return 'Bluesky does not take BLUESKY_IDENTIFIER with BLUESKY_PASSWORD: make an app password at bsky.app under Settings, Privacy and security, App passwords.';
}

const notActive = (name: string): string =>
  name === ACCOUNT_MOVED
    ? "The city's Bluesky account lives on another server now: set BLUESKY_SERVICE and BLUESKY_PASSWORD, and start anew."
    : `The city's Bluesky account is not active (${name}): sign in at bsky.app and see why.`;

/** The name of an error, where it is one and no sentence. */
const wordOf = (name: string): string => (/^\w{1,60}$/.test(name) ? ` ${name}` : '');

/** The same refusal says different things about a post and about a private message. */
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

/** The first row that matches counts. */
const TABLE: readonly Row[] = [
  { status: 429, kind: 'retry' },
  // The session ended between two requests: the next one begins another.
  { name: /^(ExpiredToken|InvalidSwap|ConcurrentWrites)$/, kind: 'retry' },
  // An app password without access to private messages.
  { name: /^(InvalidToken|AuthMissing|AuthenticationRequired)$/, kind: 'misconfigured' },
  { name: /^ScopeMissingError$/, kind: 'misconfigured' },
  // The city's own account is not what it was.
  {
    name: /^(AccountMoved|AccountTakedown|AccountDeactivated|RepoDeactivated)$/,
    kind: 'misconfigured',
  },
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
  // Any other status is no status of HTTP: there was no answer, or none that could be read.
  const isRefused = status >= 400 && status < 500;
  return {
    kind: row?.kind ?? (isRefused ? 'rejected' : 'retry'),
    detail: `${asked}: ${status}${wordOf(name)}`,
    ...(status === 429 ? { retryAfterMs: limitedMs(refusal.header, now) } : {}),
  };
}

type Refusal = {
  readonly status: number;
  readonly name: string;
  readonly says: string;
  readonly header: Header;
};

/** How the server refused, whichever client asked; undefined where it gave no answer. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof XRPCError) {
    const { status, message } = error;
    return { status, name: error.error ?? '', says: message, header: headerIn(error.headers) };
  }
  if (!(error instanceof Error)) return undefined;
  // The client in @skyware/bot 0.3.12 throws these, and wraps them in a sentence of its own.
  if (!('status' in error && 'kind' in error && 'headers' in error)) return refusalOf(error.cause);
  return {
    status: Number(error.status),
    name: String(error.kind),
    says: 'description' in error ? String(error.description) : '',
    header: headerIn(error.headers),
  };
}

const headerIn =
  (headers: unknown): Header =>
  (name) => {
    const value = fieldsOf(headers)[name];
    return typeof value === 'string' ? value : undefined;
  };
