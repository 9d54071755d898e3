/** The port of the log: each runtime brings one that writes JSON lines and hides what is private. */
import { maskLog } from './mask-log.ts';

type Write = {
  (detail: object, sentence: string): void;
  (sentence: string): void;
};

export type Log = Readonly<Record<'info' | 'warn' | 'error' | 'fatal', Write>>;

/** Properties that never reach the log, should anybody hand them over. */
export const PRIVATE_PROPERTIES: readonly string[] = [
  ...['text', 'body', 'payload', 'reply'],
  ...['sender', 'from', 'to', 'address'],
  ...['code', 'token', 'password', 'authorization', 'cookie'],
];

/** What stands in their place. */
export const HIDDEN = '[…]';

/** An error as the log keeps it: its name, its masked message and where it came from. */
export const errorLine = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: maskLog(error.message), stack: maskLog(error.stack ?? '') }
    : { name: 'unknown', message: maskLog(String(error)) };
