/** Asks a city that lives in a worker, through the door of its operators. */
import * as z from 'zod';
import { ConfigError } from '../config/config.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Tool, Verdict, Words } from '../tools/tool.ts';
import { LineSchema, type ToolLine } from '../tools/wire.ts';
import type { Surroundings } from './tool.ts';

export const WORKER_OPTION = { worker: { type: 'string' } } as const;
export const WORKER_USAGE =
  '  --worker <address>   asks the city in a worker, whose OPERATOR_TOKEN is set here too';

/** A page of a city that moves takes a while to be written. */
const ANSWER_MS_MAX = 120 * SECOND_MS;
const TRIES = 5;
const WAIT_SECONDS_MAX = 60;

const ProblemSchema = z.object({ problem: z.string() });

/** The door of a worker: requests that have its token, and answers that are as they should be. */
export type WorkerDoor = {
  readonly url: string;
  /** Rejects with a sentence for every answer but a good one. */
  readonly ask: (
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
  ) => Promise<Response>;
};

export function openDoor(given: string, env: Surroundings['env']): WorkerDoor {
  const token = env['OPERATOR_TOKEN']?.trim();
  if (token === undefined || token === '') {
    throw new ConfigError('OPERATOR_TOKEN is missing: it is the same as the secret of the worker.');
  }
  const url = addressOf(given);
  const send = (
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
  ): Promise<Response> =>
    fetch(`${url}/operators/${path}`, {
      ...{ method, headers: { authorization: `Bearer ${token}` }, redirect: 'error' },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    }).catch((cause: unknown) => {
      throw new ConfigError(`${url} does not answer.`, { cause });
    });
  return {
    url,
    ask: async (method, path, body) => {
      for (let tries = 1; ; tries += 1) {
        const response = await send(method, path, body);
        if (response.ok) return response;
        const problem = await problemOf(response);
        if (response.status !== 429 || tries === TRIES) throw new ConfigError(problem);
        await pause(response.headers.get('retry-after'));
      }
    },
  };
}

/** A token is sent nowhere in the clear but to this machine. */
function addressOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url?.hostname ?? '');
  if (url === undefined || (url.protocol !== 'https:' && !(isHere && url.protocol === 'http:'))) {
    throw new ConfigError('--worker wants an address such as https://city.example.');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

async function problemOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    return ProblemSchema.parse(JSON.parse(text)).problem;
  } catch {
    return `The worker answers ${response.status}: is that the address of the city?`;
  }
}

const pause = (retryAfter: string | null): Promise<void> => {
  const seconds = Math.min(WAIT_SECONDS_MAX, Math.max(1, Number(retryAfter) || 1));
  return new Promise((resolve) => setTimeout(resolve, seconds * SECOND_MS));
};

/** Has a tool run there, and says what it says as it comes. */
export async function askWorker(asked: {
  readonly url: string;
  readonly env: Surroundings['env'];
  readonly tool: Tool;
  readonly words: Words;
  readonly out: (text: string) => void;
}): Promise<Verdict> {
  const { url, env, tool, words, out } = asked;
  const door = openDoor(url, env);
  const { body } = await door.ask('POST', `tools/${tool.name}`, JSON.stringify(words));
  for await (const line of linesOf(body)) {
    if ('said' in line) out(line.said);
    else if ('ended' in line) return line.ended;
    else throw new ConfigError(line.refused);
  }
  throw new ConfigError('The answer of the worker broke off: ask once more.');
}

async function* linesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<ToolLine> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    const [last = '', ...before] = (rest + decoder.decode(chunk, { stream: true }))
      .split('\n')
      .reverse();
    rest = last;
    for (const line of before.reverse()) yield lineIn(line);
  }
}

function lineIn(text: string): ToolLine {
  try {
    return LineSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ConfigError('That is no answer of a city’s worker.', { cause });
  }
}
