// Runs the tools that npm installed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const TOOLS = resolve('node_modules/.bin');

export type Run = {
  readonly succeeded: boolean;
  /** What it printed, errors after the rest. */
  readonly output: string;
};

/**
 * Runs a tool of node_modules/.bin to its end, in the folder `cwd` (this one, when not given). It
 * gets no input, so it cannot wait for any.
 */
export async function run(tool: string, args: readonly string[], cwd = '.'): Promise<Run> {
  const child = spawn(tool, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${TOOLS}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { succeeded: code === 0, output: out + errors };
}
