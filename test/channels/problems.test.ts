import { expect, test } from 'vitest';
import type { ChannelState } from '../../src/channels/channel.ts';
import { createProblems } from '../../src/channels/problems.ts';

test('each change of the state of a channel is told once, with the first of its problems', () => {
  const told: ChannelState[] = [];
  const problems = createProblems<'sending' | 'sweep'>((state) => told.push(state));
  problems.set('sending', undefined);
  problems.set('sweep', 'The list cannot be read.');
  problems.set('sweep', 'The list cannot be read.');
  problems.set('sending', 'Nobody answers.');
  problems.set('sweep', undefined);
  problems.set('sending', undefined);
  problems.set('sending', undefined);
  expect(told).toEqual([
    { state: 'trouble', problem: 'The list cannot be read.' },
    { state: 'trouble', problem: 'Nobody answers.' },
    { state: 'on' },
  ]);
  expect(problems.status()).toEqual({ state: 'on' });
});
