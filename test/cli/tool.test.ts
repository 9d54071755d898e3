import { expect, test } from 'vitest';
import { HERE, tool } from '../../src/cli/tool.ts';
import { ConfigError } from '../../src/config/config.ts';
import { runCli } from '../support/run-cli.ts';

test('a tool in which something fails that nobody was prepared for ends, and shows nobody', async () => {
  const { code, out, err } = await runCli('../../test/support/surprised-tool');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toBe('Something failed: Error: Nobody at […] has the code […].\n');
});

test.each(['admin', 'backup', 'books', 'consents', 'drill', 'parked', 'rekey', 'report', 'talk'])(
  'npm run %s -- --help says how it is used',
  async (name) => {
    const { code, out, err } = await runCli(name, ['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`npm run ${name}`);
  },
);

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
