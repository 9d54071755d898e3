/**
 * The list of people who were forgotten, beside the backups: a line for each keyed digest, only ever
 * added to. It tells a restore of an older backup whom to leave out, also those who were forgotten after
 * the newest backup was made. Without the city's key it tells nothing.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Forgotten } from '../store/forgetting.ts';
import { FORGOTTEN_LIST, forgottenIn, linesOf } from './forgotten-lines.ts';

/** The list in a folder of backups. */
export const forgottenListIn = (folder: string): string => join(folder, FORGOTTEN_LIST);

/** Reads a list; what is no line of one, such as a last line that a crash cut off, is left out. */
export function readForgottenList(path: string): readonly Forgotten[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return forgottenIn(text);
}

/** Adds to a list. It is on disk when this returns. */
export function addToForgottenList(path: string, added: readonly Forgotten[]): void {
  if (added.length === 0) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = openSync(path, 'a', 0o600);
  try {
    // A line that a crash cut off must not swallow the next.
    writeSync(file, `\n${linesOf(added)}`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
