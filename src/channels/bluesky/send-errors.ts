/** What refusals mean: one table from the answers of PDS and chat service to what the outbox does. */
import { XRPCError } from '@atproto/api';
import type { SendError } from '../channel.ts';
import { limitedByHeaders } from './errors.ts';

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
