/** `npm run bench`: reads what is asked for, and starts the part that measures it. */
import { type Asked, readArguments } from './arguments.ts';

async function run(asked: Asked): Promise<void> {
  const { benchEverything } = await import('./everything.ts');
  await benchEverything(asked.isQuick);
}

function askedFor(args: readonly string[]): Asked | undefined {
  try {
    return readArguments(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

const asked = askedFor(process.argv.slice(2));
if (asked === undefined) process.exitCode = 2;
else await run(asked);
