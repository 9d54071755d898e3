/** Runs a tool on the city of this machine or, with `--worker`, on one that lives in a worker. */
import { createFile } from '../node/file-bytes.ts';
import type { Tool, Verdict, Words } from '../tools/tool.ts';
import { openMachine } from './open-machine.ts';
import { tool as frame, parse, type Surroundings } from './tool.ts';
import { askWorker, WORKER_OPTION, WORKER_USAGE } from './worker-door.ts';

/** Where a tool finds its city, and what it is told. */
function readArguments(tool: Tool, args: readonly string[]) {
  const options = { ...tool.options, ...WORKER_OPTION };
  const { values, positionals } = parse(args, options, `${tool.usage}\n${WORKER_USAGE}`);
  const { worker, ...others } = values;
  const words: Words = { values: others, positionals };
  return { worker: typeof worker === 'string' ? worker : undefined, words };
}

type Out = (text: string) => void;

/** Says what the tool says, wherever it runs. */
async function run(
  tool: Tool,
  { worker, words }: ReturnType<typeof readArguments>,
  { env }: Surroundings,
  out: Out,
): Promise<Verdict> {
  if (worker !== undefined) return await askWorker({ url: worker, env, tool, words, out });
  using machine = openMachine(env);
  const running = tool.run(words, machine);
  for (;;) {
    const { done, value } = running.next();
    if (done) return value;
    out(value);
  }
}

/**
 * The program of a tool, which ends as `tool` says. Where `toFile` says so its one word is a file, to
 * which it writes.
 */
export const machineTool = (tool: Tool, { toFile = false } = {}) =>
  frame(async (args, surroundings) => {
    const given = readArguments(tool, args);
    const { out } = surroundings;
    const [file, ...more] = given.words.positionals;
    if (!toFile || file === undefined || more.length > 0) {
      return await run(tool, given, surroundings, (text) => void out.write(text));
    }
    const words = { ...given.words, positionals: [] };
    const verdict = await writing(file, (write) =>
      run(tool, { ...given, words }, surroundings, write),
    );
    out.write(`${file}\n`);
    return verdict;
  });

/** What can go wrong at the beginning goes wrong before there is a file. */
async function writing(path: string, work: (out: Out) => Promise<Verdict>): Promise<Verdict> {
  let file: ReturnType<typeof createFile> | undefined;
  try {
    return await work((text) => {
      file ??= createFile(path);
      file.sink.append(new TextEncoder().encode(text));
    });
  } finally {
    file?.close();
  }
}
