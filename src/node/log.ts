/** The log: JSON lines without anybody's number, words or codes. */
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from '../config/config.ts';
import { errorLine, HIDDEN, PRIVATE_PROPERTIES } from '../lib/log.ts';

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
      redact: {
        paths: PRIVATE_PROPERTIES.flatMap((name) => [name, `*.${name}`]),
        censor: HIDDEN,
      },
      serializers: { err: errorLine },
    },
    destination,
  );
