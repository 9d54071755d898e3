/** Telegram's refusals: one table from its answers to what the outbox does. */
import { GrammyError, HttpError } from 'grammy/web';
import { SECOND_MS } from '../../lib/clock.ts';
import type { SendError } from '../channel.ts';

/** The same refusal says different things about a person, a group and the channel. */
export type Audience = 'person' | 'group' | 'channel';

type Row = {
  readonly code: number;
  readonly says?: RegExp;
  readonly to?: Audience;
  readonly kind: SendError['kind'];
};

/** The first row that matches counts. */
const TABLE: readonly Row[] = [
  // A token that Telegram does not know.
  { code: 401, kind: 'misconfigured' },
  { code: 404, kind: 'misconfigured' },
  // Another program asks for updates with this token: sending goes on.
  { code: 409, kind: 'retry' },
  { code: 429, kind: 'retry' },
  { code: 403, says: /can't initiate conversation/i, kind: 'closed' },
  { code: 403, to: 'person', says: /can't send messages to bots/i, kind: 'rejected' },
  { code: 403, to: 'person', kind: 'unreachable' },
  { code: 403, to: 'group', kind: 'rejected' },
  { code: 403, to: 'channel', kind: 'misconfigured' },
  {
    code: 400,
    to: 'person',
    says: /chat not found|user not found|PEER_ID_INVALID|deactivated/i,
    kind: 'unreachable',
  },
  {
    code: 400,
    to: 'channel',
    says: /chat not found|rights|administrator|CHAT_/i,
    kind: 'misconfigured',
  },
  { code: 400, kind: 'rejected' },
  { code: 413, kind: 'rejected' },
];

export const MAY_NOT_POST =
  'The bot may not post in TELEGRAM_CHANNEL: make it an administrator there.';

/** Why something was not sent. The detail quotes no address, no text and no token. */
export function sendErrorOf(error: unknown, audience: Audience): SendError {
  if (!(error instanceof GrammyError)) return { kind: 'retry', detail: networkDetail(error) };
  const { error_code: code, description, parameters, method } = error;
  const row = TABLE.find(
    (one) =>
      one.code === code &&
      (one.to === undefined || one.to === audience) &&
      (one.says === undefined || one.says.test(description)),
  );
  const kind = row?.kind ?? (code >= 500 ? 'retry' : 'rejected');
  const detail = `${method}: ${code} ${description}`;
  const seconds = parameters.retry_after;
  return {
    kind,
    detail,
    ...(seconds === undefined ? {} : { retryAfterMs: seconds * SECOND_MS }),
    // Telegram counts messages before it looks at them.
    ...(code === 429 ? { isUntried: true } : {}),
  };
}

/** The error's own message may quote the address of the API, and that holds the token. */
const networkDetail = (error: unknown): string =>
  error instanceof HttpError ? 'Telegram did not answer' : 'the channel broke down';

/** An error for the log: grammY's own would quote the text and its recipient. */
export function safeError(error: unknown): Error {
  if (error instanceof GrammyError) {
    return new Error(`Telegram ${error.method}: ${error.error_code} ${error.description}`);
  }
  if (error instanceof HttpError) return new Error(error.message);
  return error instanceof Error ? error : new Error('Telegram: something that is no error');
}

export const isNotModified = (error: unknown): boolean =>
  error instanceof GrammyError && /message is not modified/i.test(error.description);

export const hasNoText = (error: unknown): boolean =>
  error instanceof GrammyError && /there is no text in the message/i.test(error.description);

/** The id that a group has from now on, where that is why it refused. */
export const movedTo = (error: unknown): number | undefined =>
  error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
