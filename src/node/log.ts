/** The log: JSON lines without anybody's number, words or codes. */
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from '../config/config.ts';
import { maskLog } from '../lib/mask-log.ts';

/** Properties that never reach the log, should anybody hand them over. */
const PRIVATE = [
  ...['text', 'body', 'payload', 'reply'],
  ...['sender', 'from', 'to', 'address'],
  ...['code', 'token', 'password', 'authorization', 'cookie'],
];

/** An error as the log keeps it: its name, its masked message and where it came from. */
const asLine = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: maskLog(error.message), stack: maskLog(error.stack ?? '') }
    : { name: 'unknown', message: maskLog(String(error)) };

const STANDARD_ERROR = 2;

/**
 * Writes to the standard error, or to `destination`. The standard output is for what is said to
 * people, such as the first invitation, which must not be in a log.
 */
export const createLog = (
  level: LogLevel,
  destination: DestinationStream = pino.destination(STANDARD_ERROR),
): Logger =>
  pino(
    {
      level,
      base: null,
      redact: { paths: PRIVATE.flatMap((name) => [name, `*.${name}`]), censor: '[…]' },
      serializers: { err: asLine },
    },
    destination,
  );
