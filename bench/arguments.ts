/** What `npm run bench` is asked for on the command line. */
import { parseArgs } from 'node:util';

const USAGE = 'npm run bench -- [--quick]';

export type Asked = { readonly what: 'everything'; readonly isQuick: boolean };

/** Throws a sentence for people when it is asked for what there is not. */
export function readArguments(args: readonly string[]): Asked {
  const { quick } = parsed(args);
  return { what: 'everything', isQuick: quick };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { quick: { type: 'boolean', default: false } },
    }).values;
  } catch (error) {
    const [sentence] = String(error instanceof Error ? error.message : error).split('. ');
    throw new Error(`${sentence}. Usage: ${USAGE}`, { cause: error });
  }
}
