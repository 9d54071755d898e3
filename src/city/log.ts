/** The log: JSON lines without anybody's number, words or codes. */
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from '../config/config.ts';

/** Properties that never reach the log, should anybody hand them over. */
const PRIVATE = [
  ...['text', 'body', 'payload', 'reply'],
  ...['sender', 'from', 'to', 'address'],
  ...['code', 'token', 'password', 'authorization', 'cookie'],
];

// Errors of libraries quote what they choked on; numbers that long are nobody's business.
const LONG_NUMBER = /\+?\d[\d\s().-]{6,}\d/g;
const CODE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4})?\b/gi;

/** A text of unknown origin, without numbers and codes that could be somebody's. */
export const maskLog = (text: string): string =>
  text.replace(CODE, '[…]').replace(LONG_NUMBER, '[…]');

/** An error as the log keeps it: its name, its masked message and where it came from. */
const asLine = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: maskLog(error.message), stack: maskLog(error.stack ?? '') }
    : { name: 'unknown', message: maskLog(String(error)) };

/** Writes to the standard output, or to `destination`. */
export const createLog = (level: LogLevel, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      redact: { paths: PRIVATE.flatMap((name) => [name, `*.${name}`]), censor: '[…]' },
      serializers: { err: asLine },
    },
    destination,
  );
