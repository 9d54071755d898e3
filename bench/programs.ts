/**
 * The programs that are measured: each in a process of its own, so that its memory and what it has
 * compiled are its own, and from the folder of any version.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of this version. Of another one it is a URL like this, with a slash at its end. */
export const THIS_TREE = new URL('../', import.meta.url);

export type Program = {
  /** What it says next; fails when it ends before it says anything. */
  readonly next: () => Promise<unknown>;
  readonly send: (order: string) => void;
  /** What it has taken of the processors so far (µs); NaN where the system does not tell. */
  readonly processorUs: () => number;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
};

const running = new Set<ChildProcess>();
/** The end of what a program complained of, which is enough to see why it ended. */
const COMPLAINT_LENGTH = 2000;
const TICK_US = 10_000;
/** Where they are among the fields of `/proc/…/stat` behind the name. */
const [USER_TIME, SYSTEM_TIME] = [11, 12] as const;

/**
 * The flags of Node in the `bench` script of a package.json, such as how much memory it may take: a
 * version is measured with its own. What it imports first only looks at Node's version.
 */
export const nodeFlags = (script: string): readonly string[] =>
  script.split(/\s+/).filter((word) => word.startsWith('--') && !word.startsWith('--import'));

function flagsOf(tree: URL): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', tree), 'utf8')) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  return nodeFlags(scripts?.['bench'] ?? '');
}

/**
 * Starts `program`, a path from the folder `tree`, which is also where it works. What it complains of
 * is shown at once; where a tree is named it is told only when the program ends early, since the
 * complaints of another version are no news.
 */
export function startProgram(
  program: string,
  args: readonly string[],
  options: { readonly tree?: URL | undefined; readonly execArgv?: readonly string[] } = {},
): Program {
  const { tree, execArgv = [] } = options;
  const folder = tree ?? THIS_TREE;
  const child = fork(fileURLToPath(new URL(program, folder)), args, {
    cwd: fileURLToPath(folder),
    stdio: ['ignore', 'ignore', tree === undefined ? 'inherit' : 'pipe', 'ipc'],
    execArgv: [...flagsOf(folder), ...execArgv],
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-COMPLAINT_LENGTH);
  });
  running.add(child);
  // Unlike `exit`, `close` comes after the last complaint.
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  const endedEarly = ended.then((code) => {
    throw new Error(
      `${program} ended with ${code} before it had said all. ${reasonIn(complaint)}`.trim(),
    );
  });
  // Whoever waits for news is told; nobody else has to know.
  endedEarly.catch(() => undefined);
  return {
    next: async () => {
      const [news] = (await Promise.race([once(child, 'message'), endedEarly])) as [unknown];
      return news;
    },
    send: (order) => void child.send(order),
    processorUs: () => processorUsOf(child.pid ?? 0),
    ended: ended.then(() => undefined),
  };
}

/** Linux tells it of every process, in hundredths of a second, behind the name in brackets. */
function processorUsOf(pid: number): number {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return Number.NaN;
  const stat = readFileSync(path, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * TICK_US;
}

/** What a program ended with: the sentence of the error, without where in the code it was. */
const reasonIn = (complaint: string): string =>
  /^\w*Error\b.*$/m.exec(complaint)?.[0] ?? complaint.trim().split('\n').at(-1) ?? '';

/** Ends whatever is still being measured. */
export function endPrograms(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Runs a program that says one thing, its figures, and ends. */
export async function figuresOf<Figures>(
  program: string,
  amounts: readonly number[],
  tree?: URL,
): Promise<Figures> {
  const { next, ended } = startProgram(program, amounts.map(String), { tree });
  const figures = await next();
  await ended;
  return figures as Figures;
}
