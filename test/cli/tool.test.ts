import { expect, test } from 'vitest';
import { runAdmin } from '../../src/cli/run-admin.ts';
import { runBackup } from '../../src/cli/run-backup.ts';
import { runBooks } from '../../src/cli/run-books.ts';
import { runConsents } from '../../src/cli/run-consents.ts';
import { runDrill } from '../../src/cli/run-drill.ts';
import { runParked } from '../../src/cli/run-parked.ts';
import { runRekey } from '../../src/cli/run-rekey.ts';
import { runReport } from '../../src/cli/run-report.ts';
import { runTalk } from '../../src/cli/run-talk.ts';
import { HERE, tool } from '../../src/cli/tool.ts';
import { ConfigError } from '../../src/config/config.ts';
import { runCli } from '../support/run-cli.ts';
import { runTool } from '../support/run-tool.ts';

test('a tool in which something fails that nobody was prepared for ends, and shows nobody', async () => {
  const { code, out, err } = await runCli('../../test/support/surprised-tool');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toBe('Something failed: Error: Nobody at […] has the code […].\n');
});

// The others run as programs in the tests of their own.
test.each(['backup', 'drill'])('npm run %s is a program', async (name) => {
  const { code, out, err } = await runCli(name, ['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`npm run ${name}`);
});

test.each([
  ['admin', runAdmin],
  ['backup', runBackup],
  ['books', runBooks],
  ['consents', runConsents],
  ['drill', runDrill],
  ['parked', runParked],
  ['rekey', runRekey],
  ['report', runReport],
  ['talk', runTalk],
])('npm run %s -- --help says how it is used', async (name, run) => {
  const { code, out, err } = await runTool(run, ['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`npm run ${name}`);
});

test.each([
  [
    new TypeError('cannot read +15105550101 of code ABCD-1234'),
    1,
    /^Something failed: TypeError: cannot read \[…\] of code \[…\]\.?\n$/,
  ],
  [new ConfigError('city.json has no name.'), 2, /^city\.json has no name\.\n$/],
  [
    Object.assign(new Error('no such file: x'), { code: 'ENOENT' }),
    2,
    /^The system refused: no such file: x\n$/,
  ],
])('what it throws is told, or masked as a fault: %s', async (thrown, expected, sentence) => {
  const said: string[] = [];
  const err = { write: (text: string) => said.push(text) > 0 };
  const run = tool(() => {
    throw thrown;
  });
  expect(await run([], { ...HERE, err })).toBe(expected);
  expect(said.join('')).toMatch(sentence);
});
