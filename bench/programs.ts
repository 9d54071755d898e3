/**
 * The programs that are measured: each in a process of its own, so that its memory and what it has
 * compiled are its own, and from the folder of any version.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The folder of this version. Of another one it is a URL like this, with a slash at its end. */
const THIS_TREE = new URL('../', import.meta.url);

export type Program = {
  /** What it says next; fails when it ends before it says anything. */
  readonly next: () => Promise<unknown>;
  readonly send: (order: string) => void;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
};

/** Starts `program`, a path from the folder `tree`, which is also where it works. */
export function startProgram(
  program: string,
  args: readonly string[],
  options: { readonly tree?: URL | undefined; readonly execArgv?: readonly string[] } = {},
): Program {
  const { tree = THIS_TREE, execArgv = [] } = options;
  const child = fork(fileURLToPath(new URL(program, tree)), args, {
    cwd: fileURLToPath(tree),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...execArgv],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const endedEarly = exited.then((code) => {
    throw new Error(`${program} ended with ${code} before it had said all.`);
  });
  // Whoever waits for news is told; nobody else has to know.
  endedEarly.catch(() => undefined);
  return {
    next: async () => {
      const [news] = (await Promise.race([once(child, 'message'), endedEarly])) as [unknown];
      return news;
    },
    send: (order) => void child.send(order),
    ended: exited.then(() => undefined),
  };
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
