/**
 * The process of `startIntegrityCheck`: it gets a path, and says what is wrong there. It ends when its
 * parent does, once SQLite has read to its end.
 */
import { constants, setPriority } from 'node:os';
import { maskError } from '../lib/mask-log.ts';
import { type IntegrityNews, integrityCheck } from './integrity.ts';

const tell = (news: IntegrityNews) => process.send?.(news);

if (!process.connected) throw new Error('integrity-process.ts is started by integrity.ts.');
process.once('disconnect', () => process.exit());
// Ctrl-C reaches the whole group of processes; the city itself ends this one.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
setPriority(constants.priority.PRIORITY_LOW);
try {
  tell({ found: integrityCheck(process.argv[2] ?? '') });
} catch (error) {
  tell({ error: maskError(error) });
}
