// Waiting for a fact, however slow the machine is.
import { vi } from 'vitest';

const PATIENCE_MS = 120_000;

/** Looks again and again until `look` no longer throws; its last error after two minutes. */
export const waitFor = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: PATIENCE_MS, interval: 20 });
