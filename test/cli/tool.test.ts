import { expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

test('a tool in which something fails that nobody was prepared for ends, and shows nobody', async () => {
  const { code, out, err } = await runCli('../../test/support/surprised-tool');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toBe('Something failed: Error: Nobody at […] has the code […].\n');
});
