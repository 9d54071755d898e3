/** What the network's answers mean for the intake: how long to wait, and what the operator is told. */
import { XRPCError } from '@atproto/api';
import type { Answer } from '../../account/answer.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';

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
