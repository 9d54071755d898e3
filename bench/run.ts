/** `npm run bench`: reads what is asked for, and starts the part that measures it. */
import { readArguments } from './arguments.ts';
import { InputError } from './input-error.ts';

/** Parts are loaded when they are asked for: each brings much with it. */
async function run(args: readonly string[]): Promise<void> {
  const asked = readArguments(args);
  if (asked.what === 'compare') {
    const { compare } = await import('./compare/compare.ts');
    await compare(asked);
  } else if (asked.what === 'city') {
    const { benchLargeCity } = await import('./large-city/run.ts');
    await benchLargeCity(asked.isQuick);
  } else if (asked.what === 'worker') {
    const { benchWorker } = await import('./worker/run.ts');
    await benchWorker(asked.isQuick);
  } else {
    const { benchEverything } = await import('./everything.ts');
    await benchEverything(asked.isQuick);
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
