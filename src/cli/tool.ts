/** What the tools have in common: where they run, how they read arguments, and how they end. */
import { tmpdir } from 'node:os';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { printable } from '../audit/report.ts';
import { ConfigError } from '../config/config.ts';
import { maskLog } from '../lib/mask-log.ts';
import type { Verdict } from '../tools/tool.ts';
import type { Stream } from './progress.ts';

/** Where a tool runs: its settings, its streams and a folder for what it needs for a while. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: Stream;
  readonly err: Stream;
  readonly temporary: string;
};

/** Answers the code that the process ends with. */
type Tool = (args: readonly string[], surroundings?: Surroundings) => Promise<number>;

export const HERE: Surroundings = {
  env: process.env,
  out: process.stdout,
  err: process.stderr,
  temporary: tmpdir(),
};

const EXIT = { done: 0, failed: 1, undone: 2 } as const;

/** What the program itself throws where something is wrong with it: never written for people. */
const FAULTS = [TypeError, RangeError, ReferenceError, SyntaxError, URIError];

/**
 * A tool that answers 0, or 1 where what it looked at is `wrong`; 2 after saying in a line why it could
 * not be done; 1 after a fault of the program, which is shown without anybody's numbers.
 */
export const tool =
  (run: (args: readonly string[], surroundings: Surroundings) => unknown): Tool =>
  async (args, surroundings = HERE) => {
    try {
      const verdict = await run(args, surroundings);
      return verdict === ('wrong' satisfies Verdict) ? EXIT.failed : EXIT.done;
    } catch (error) {
      if (error instanceof UsageAsked) {
        surroundings.out.write(`${error.message}\n`);
        return EXIT.done;
      }
      const refused = systemSentence(error);
      if (refused === undefined && FAULTS.some((fault) => error instanceof fault)) {
        surroundings.err.write(faultSentence(error));
        return EXIT.failed;
      }
      const message = error instanceof Error ? error.message : String(error);
      surroundings.err.write(`${refused ?? message}\n`);
      return EXIT.undone;
    }
  };

const faultSentence = (error: unknown): string =>
  `Something failed: ${maskLog(printable(String(error)))}\n`;

/**
 * Runs a tool as this process, with its arguments, and ends with what it answers. An error that
 * nobody was prepared for ends it with 1, and is shown without anybody's numbers.
 */
export async function runHere(run: Tool): Promise<void> {
  process.on('uncaughtException', (error) => {
    HERE.err.write(faultSentence(error));
    process.exit(EXIT.failed);
  });
  process.exitCode = await run(process.argv.slice(2));
}

/** Somebody asked how a tool is used; the message tells. */
export class UsageAsked extends Error {
  override readonly name = 'UsageAsked';
}

/**
 * Reads options and words; throws a `ConfigError` with the usage for options that are not there, and
 * `UsageAsked` for `--help`.
 */
export function parse<T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
  usage: string,
) {
  if (args.includes('--help') || args.includes('-h')) throw new UsageAsked(usage);
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (cause) {
    throw new ConfigError(`That is not understood.\n\n${usage}`, { cause });
  }
}

/**
 * Tells in one line what the system refuses, such as a file that may not be read. Undefined for what
 * is no refusal of the system but a fault of the program.
 */
export function systemSentence(error: unknown): string | undefined {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  if (!/^E[A-Z\d]+$|^SQLITE_/.test(code)) return undefined;
  return `The system refused: ${printable(message)}`;
}
