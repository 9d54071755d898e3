/** What a program and all that it has started hold of memory, as Linux counts it. */
import { readdirSync, readFileSync } from 'node:fs';

const KIB_PER_MB = 1024;

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
};
const numberIn = (status: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);

const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => numberIn(statusOf(other), 'PPid') === pid);

/** The largest resident memory (MB) of any one process among a program and those that it started. */
function peaks(pid: number, isCounted: (status: string) => boolean): readonly number[] {
  const status = statusOf(pid);
  const own = isCounted(status) ? [numberIn(status, 'VmHWM') / KIB_PER_MB] : [];
  return [...own, ...childrenOf(pid).flatMap((child) => peaks(child, isCounted))];
}

/**
 * The greatest resident memory (MB) that workerd had, of several the one with the most; of a program
 * without a workerd its own.
 */
export function memoryMb(pid: number): number {
  const workers = peaks(pid, (status) => /^Name:\s+workerd/m.test(status));
  return Math.max(...(workers.length > 0 ? workers : peaks(pid, () => true)));
}
