// `npm run talk` as people use it, with its lines coming through a pipe.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

test('a loop is spoken through a pipe, and each line says what it was understood as', async () => {
  const child = spawn(
    process.execPath,
    ['--import', './scripts/node-version.js', 'src/cli/talk.ts'],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: process.env['PATH'] } },
  );
  const lines = [
    ...['/people', 'join 1', 'OK', 'qwerty', 'asdfgh', '1', '/photo DONE 1 all clean', 'OK'],
    ...['/as organizer', 'APPROVE 1', '/as 1', 'BALANC', 'REDEEM 1', '/clock +1h', '/quit'],
  ];
  child.stdin.end(`${lines.join('\n')}\n`);
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect(code).toBe(0);
  for (const said of [
    '+15105550101 (resident, sms)',
    '/? lists the words of this terminal.',
    'understood as HELLO',
    'understood as an answer to the question hello.consent',
    'understood as not understood',
    'understood as an answer to the question help.choose',
    'You are +15105550110 (Codornices Creek Friends, sms)',
    'understood as APPROVE "1" (exact word)',
    'understood as BALANCE (near word)',
    'It is 20',
  ]) {
    expect(out).toContain(said);
  }
});
