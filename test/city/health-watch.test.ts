import { expect, test } from 'vitest';
import { createHealthLog } from '../../src/city/health-watch.ts';
import type { Findings } from '../../src/web/health.ts';

test('the log has each change of a check once, and what was well from the start not at all', () => {
  const said: string[] = [];
  const say = (_: unknown, line?: string) => void said.push(line ?? '');
  const tell = createHealthLog({ warn: say } as Parameters<typeof createHealthLog>[0]);
  const well: Findings = { write: { state: 'ok' }, disk: { state: 'ok' } };
  const scarce: Findings = { ...well, disk: { state: 'trouble', sentence: 'Little room.' } };
  const full: Findings = { ...well, disk: { state: 'down', sentence: 'No room.' } };
  for (const findings of [well, scarce, scarce, full, full, well, well]) tell(findings);
  expect(said).toEqual(['Little room.', 'No room.', 'This is well again.']);
});
