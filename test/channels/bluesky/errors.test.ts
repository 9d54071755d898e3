import { XRPCError } from '@atproto/api';
import { describe, expect, test } from 'vitest';
import { type Asked, sendErrorOf } from '../../../src/channels/bluesky/errors.ts';
import type { SendError } from '../../../src/channels/channel.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const SOMEBODY = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz';

type Case = [asked: Asked, status: number, name: string, says: string, kind: SendError['kind']];
const CASES: Case[] = [
  ['message', 400, 'MessagesDisabled', 'recipient has disabled incoming messages', 'closed'],
  ['message', 400, 'NotFollowedBySender', '', 'closed'],
  ['message', 400, 'BlockedActor', '', 'closed'],
  ['message', 400, 'BlockedSubject', '', 'closed'],
  [
    'message',
    400,
    'InvalidRequest',
    'recipient requires incoming messages to come from someone they follow',
    'closed',
  ],
  ['message', 400, 'InvalidRequest', 'block between recipient and sender', 'closed'],
  ['message', 400, 'RecipientNotFound', '', 'unreachable'],
  ['message', 400, 'InvalidRequest', `Account ${SOMEBODY} is deactivated`, 'unreachable'],
  ['message', 400, 'InvalidConvo', '', 'retry'],
  ['message', 400, 'InvalidRequest', 'message is too long', 'rejected'],
  ['message', 401, 'InvalidToken', 'Bad token method', 'misconfigured'],
  ['message', 400, 'InvalidToken', 'Bad token method', 'misconfigured'],
  ['message', 400, 'ExpiredToken', '', 'retry'],
  ['message', 502, 'UpstreamFailure', '', 'retry'],
  ['message', 429, 'RateLimitExceeded', '', 'retry'],
  ['post', 400, 'InvalidRequest', 'Record/text must not be longer than 300 graphemes', 'rejected'],
  ['post', 400, 'InvalidRequest', 'Could not find repo: the account is deactivated', 'rejected'],
  ['post', 413, 'PayloadTooLarge', '', 'rejected'],
  ['post', 401, 'AuthMissing', '', 'misconfigured'],
  ['post', 401, 'AccountTakedown', '', 'misconfigured'],
  ['post', 400, 'RepoDeactivated', '', 'misconfigured'],
  ['post', 500, 'InternalServerError', '', 'retry'],
  ['post', 408, 'RequestTimeout', '', 'retry'],
];

/** As the client in `@skyware/bot` throws it. */
const bySkyware = (status: number, kind: string, description: string, headers = {}) =>
  new Error('Failed to send message.', {
    cause: Object.assign(new Error(`${kind} > ${description}`), {
      status,
      kind,
      description,
      headers,
    }),
  });

describe.each(CASES)('%s refused with %i %s: %s', (asked, status, name, says, kind) => {
  test.each([
    { client: '@atproto/api', error: new XRPCError(status, name, says) },
    { client: '@skyware/bot', error: bySkyware(status, name, says) },
  ])(`is ${kind} by $client`, ({ error }) => {
    const reason = sendErrorOf(error, asked, NOW);
    expect(reason.kind).toBe(kind);
    expect(reason.detail).toMatch(new RegExp(`^${asked}: \\d+ ${name}$`));
  });
});

test('what the server asks to wait is obeyed, by its own clock, or a minute is waited', () => {
  const after = (headers: Record<string, string>) =>
    sendErrorOf(bySkyware(429, 'RateLimitExceeded', '', headers), 'message', NOW).retryAfterMs;
  const seconds = (ms: number) => String(Math.floor(ms / 1000));
  expect(after({ 'retry-after': '7' })).toBe(7000);
  expect(after({ 'ratelimit-reset': seconds(NOW + 90_000) })).toBe(90_000);
  const date = new Date(NOW - 3_600_000).toUTCString();
  expect(after({ 'ratelimit-reset': seconds(NOW - 3_590_000), date })).toBe(10_000);
  expect(after({})).toBe(60_000);
  expect(after({ 'ratelimit-reset': '32503680000' })).toBe(60_000);
});

test('no answer at all is tried again, and nothing of it is quoted', () => {
  for (const error of [new TypeError(`fetch failed ${SOMEBODY}`), 'nothing', undefined]) {
    expect(sendErrorOf(error, 'message', NOW)).toEqual({
      kind: 'retry',
      detail: 'message: no answer',
    });
  }
});
