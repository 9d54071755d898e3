// Runs one of the tools of src/cli/ here, with its arguments and its environment. As a process of its
// own (run-cli.ts) it takes a second to begin.
import { tmpdir } from 'node:os';
import type { Surroundings } from '../../src/cli/tool.ts';
import type { CliRun } from './run-cli.ts';

type Tool = (args: readonly string[], surroundings: Surroundings) => Promise<number>;

/** `environment` is all that it gets of one; what it needs for a while is in `temporary`. */
export async function runTool(
  tool: Tool,
  args: readonly string[] = [],
  environment: Surroundings['env'] = {},
  temporary = tmpdir(),
): Promise<CliRun> {
  const said = { out: '', err: '' };
  const stream = (name: keyof typeof said) => ({
    write: (text: string) => {
      said[name] += text;
    },
  });
  const surroundings = { env: environment, out: stream('out'), err: stream('err'), temporary };
  return { code: await tool(args, surroundings), ...said };
}
