import { expect, test } from 'vitest';
import { createGate } from '../../src/lib/gate.ts';

/** Work that ends when it is told to. */
function jobs() {
  const running = new Set<string>();
  const ends = new Map<string, () => void>();
  const job = (name: string) => () =>
    new Promise<string>((resolve) => {
      running.add(name);
      ends.set(name, () => {
        running.delete(name);
        resolve(name);
      });
    });
  return { running: () => [...running].sort(), job, end: (name: string) => ends.get(name)?.() };
}

test('work enters in order of arrival, as far as the capacity goes', async () => {
  const pass = createGate(2);
  const { running, job, end } = jobs();
  const light = pass(1, job('light'));
  const heavy = pass(2, job('heavy'));
  const late = pass(1, job('late'));
  await Promise.resolve();
  expect(running()).toEqual(['light']);
  end('light');
  await light;
  expect(running()).toEqual(['heavy']);
  end('heavy');
  await heavy;
  expect(running()).toEqual(['late']);
  end('late');
  expect(await late).toBe('late');
});

test('work that fails makes room, too', async () => {
  const pass = createGate(1);
  await expect(pass(1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await pass(1, async () => 'next')).toBe('next');
});
