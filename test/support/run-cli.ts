// Runs one of the tools of src/cli/ as people do: in a process of its own, with its environment.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { OF_PROGRAMS } from './programs.ts';

export type CliRun = { readonly code: number; readonly out: string; readonly err: string };

/** `environment` is all that it gets of one. */
export async function runCli(
  tool: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  const program = `src/cli/${tool}.ts`;
  const child = spawn(
    process.execPath,
    ['--import', './scripts/node-version.js', program, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...OF_PROGRAMS, ...environment },
    },
  );
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: Number(code), out, err };
}
