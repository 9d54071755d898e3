/** What refusals mean: one table from the answers of PDS and chat service to what the outbox does. */
import { XRPCError } from '@atproto/api';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import type { SendError } from '../channel.ts';

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
  { status: 408, kind: 'retry' },
];

/** Where the server does not say how long. Five messages a minute were seen to be too many. */
const LIMITED_MS = MINUTE_MS;
/** No limit lasts longer than a day; what asks for more is mistaken. */
const LIMITED_MS_MAX = DAY_MS;

/** Why something was not sent. It quotes no address and no text: only the error's own name. */
export function sendErrorOf(error: unknown, asked: Asked, now: number): SendError {
  if (!(error instanceof XRPCError)) return { kind: 'retry', detail: 'the channel broke down' };
  const { status, message } = error;
  const name = error.error ?? '';
  const row = TABLE.find(
    (one) =>
      (one.asked ?? asked) === asked &&
      (one.status ?? status) === status &&
      (one.name?.test(name) ?? true) &&
      (one.says?.test(message) ?? true),
  );
  // What is no status of HTTP says that there was no answer, or none that could be read.
  const isRefusal = status >= 400 && status < 500;
  const kind = row?.kind ?? (isRefusal ? 'rejected' : 'retry');
  const word = /^\w{1,60}$/.test(name) ? ` ${name}` : '';
  return {
    kind,
    detail: `${asked}: ${status}${word}`,
    ...(status === 429 ? { retryAfterMs: limitedMs(error.headers ?? {}, now) } : {}),
  };
}

/** By the server's own clock where it tells that, too. */
function limitedMs(headers: Readonly<Record<string, string | undefined>>, now: number): number {
  const after = Number.parseInt(headers['retry-after'] ?? '', 10) * SECOND_MS;
  const reset = Number.parseInt(headers['ratelimit-reset'] ?? '', 10) * SECOND_MS;
  const date = Date.parse(headers['date'] ?? '');
  const delayMs = Number.isNaN(after) ? reset - (Number.isNaN(date) ? now : date) : after;
  const isBelievable = delayMs <= LIMITED_MS_MAX;
  return isBelievable ? Math.max(delayMs, SECOND_MS) : LIMITED_MS;
}
