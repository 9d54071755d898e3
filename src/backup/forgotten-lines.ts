/** The lines of the list of people who were forgotten, wherever that list is kept. */
import type { Forgotten } from '../store/forgetting.ts';

/** What the list is called among the backups. */
export const FORGOTTEN_LIST = 'forgotten.list';

const LINE = /^([0-9a-f]{64}) (\d{1,16}) (\d{1,16}|-)$/;

/** Reads a list; what is no line of one, such as a last line that a crash cut off, is left out. */
export const forgottenIn = (text: string): readonly Forgotten[] =>
  text.split('\n').flatMap((line) => {
    const [, digest, at, stoppedAt] = LINE.exec(line) ?? [];
    if (digest === undefined) return [];
    return [{ digest, at: Number(at), stoppedAt: stoppedAt === '-' ? null : Number(stoppedAt) }];
  });

/** Writes them, each line with its end. */
export const linesOf = (forgotten: readonly Forgotten[]): string =>
  forgotten.map(({ digest, at, stoppedAt }) => `${digest} ${at} ${stoppedAt ?? '-'}\n`).join('');
