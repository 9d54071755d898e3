import { expect, it } from 'vitest';
import { publicAddress } from '../../src/lib/public-address.ts';

it.each([
  ['https://city.example', 'https://city.example/tasks/12'],
  ['https://city.example/bot', 'https://city.example/bot/tasks/12'],
  ['http://localhost:8080/a/b', 'http://localhost:8080/a/b/tasks/12'],
])('an address below %s keeps its path', (publicUrl, address) => {
  expect(publicAddress(publicUrl, '/tasks/12')).toBe(address);
});
