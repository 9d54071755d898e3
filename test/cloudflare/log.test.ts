import { expect, test } from 'vitest';
import { createWorkerLog } from '../../src/cloudflare/log.ts';

function logAt(level: 'info' | 'warn') {
  const lines: Record<string, unknown>[] = [];
  const log = createWorkerLog(level, (line) => void lines.push(JSON.parse(line)));
  return { log, lines };
}

test('a line is JSON with its level, its time and its sentence', () => {
  const { log, lines } = logAt('warn');
  log.info('not this one');
  log.warn({ channel: 'sms' }, 'The channel works again.');
  log.error('Something failed.');
  expect(lines).toEqual([
    { level: 40, time: expect.any(Number), channel: 'sms', msg: 'The channel works again.' },
    { level: 50, time: expect.any(Number), msg: 'Something failed.' },
  ]);
});

test('nothing private is in a line, whoever hands it over', () => {
  const { log, lines } = logAt('info');
  const secret = '+15105550141';
  const err = Object.assign(new Error(`${secret} said 7GK2-M4QX`), { from: secret });
  log.error({ err, text: secret, detail: { code: '7GK2-M4QX', count: 1 } }, 'Something failed.');
  expect(JSON.stringify(lines)).not.toMatch(/5105550141|7GK2/);
  expect(lines).toMatchObject([{ text: '[…]', detail: { code: '[…]', count: 1 } }]);
});

test('what cannot be written takes no line with it', () => {
  const { log, lines } = logAt('info');
  const circle: Record<string, unknown> = {};
  circle['again'] = circle;
  log.warn({ found: [circle] }, 'Strange.');
  expect(lines).toEqual([{ level: 40, time: expect.any(Number), msg: 'Strange.' }]);
});
