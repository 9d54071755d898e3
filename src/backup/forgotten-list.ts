/**
 * The list of people who were forgotten, beside the backups: a line for each keyed digest, only ever
 * added to. It tells a restore of an older backup whom to leave out, also those who were forgotten after
 * the newest backup was made. Without the city's key it tells nothing.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Forgotten } from '../store/forgetting.ts';

const NAME = 'forgotten.list';
const LINE = /^([0-9a-f]{64}) (\d{1,16}) (\d{1,16}|-)$/;

/** The list in a folder of backups. */
export const forgottenListIn = (folder: string): string => join(folder, NAME);

/** Reads a list; what is no line of one, such as a last line that a crash cut off, is left out. */
export function readForgottenList(path: string): readonly Forgotten[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    const [, digest, at, stoppedAt] = LINE.exec(line) ?? [];
    if (digest === undefined) return [];
    return [{ digest, at: Number(at), stoppedAt: stoppedAt === '-' ? null : Number(stoppedAt) }];
  });
}

/** Adds to a list. It is on disk when this returns. */
export function addToForgottenList(path: string, added: readonly Forgotten[]): void {
  if (added.length === 0) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = openSync(path, 'a', 0o600);
  try {
    // A line that a crash cut off must not swallow the next.
    const lines = added.map(({ digest, at, stoppedAt }) => `${digest} ${at} ${stoppedAt ?? '-'}`);
    writeSync(file, `\n${lines.join('\n')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
