/** The tools behind the door: each says its text as lines of JSON, the last with how it ended. */
import { Hono } from 'hono';
import { readText } from '../../lib/read-up-to.ts';
import { TOOLS } from '../../tools/index.ts';
import { type Machine, sentenceFor, type Tool, type Words } from '../../tools/tool.ts';
import { type ToolLine, WordsSchema } from '../../tools/wire.ts';
import { DATA_HEADERS } from '../security.ts';
import { answer, DOOR } from './door.ts';

const WORDS_BYTES_MAX = 64 * 1024;

export function toolRoutes(parts: {
  readonly machine: () => Machine;
  /** Something may have been changed that the running city has to know. */
  readonly changed: () => void;
  readonly failed: (error: Error) => void;
}): Hono {
  const app = new Hono();
  app.post(`${DOOR}tools/:name`, async (c) => {
    const tool = TOOLS.find(({ name }) => name === c.req.param('name'));
    if (tool === undefined) return answer(404, 'There is no such tool here.');
    const body = await readText(WORDS_BYTES_MAX, c.req.raw);
    const words = body.ok ? wordsIn(body.value) : undefined;
    if (words === undefined) return answer(400, 'These are no words for a tool.');
    const headers = { ...DATA_HEADERS, 'Content-Type': 'application/x-ndjson' };
    return new Response(streamOf(linesOf(tool, words, parts)), { headers });
  });
  return app;
}

function wordsIn(text: string): Words | undefined {
  try {
    return WordsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

type Parts = Parameters<typeof toolRoutes>[0];

function* linesOf(tool: Tool, words: Words, parts: Parts): Generator<ToolLine> {
  try {
    const running = tool.run(words, parts.machine());
    for (;;) {
      const { done, value } = running.next();
      if (done) {
        yield { ended: value };
        return;
      }
      yield { said: value };
    }
  } catch (error) {
    yield { refused: sentenceOf(error, parts) };
  } finally {
    parts.changed();
  }
}

/** Of what is no sentence for people nothing is told: it may be about somebody. */
function sentenceOf(error: unknown, { failed }: Parts): string {
  const sentence = sentenceFor(error);
  if (sentence !== undefined) return sentence;
  failed(error instanceof Error ? error : new Error(String(error)));
  return 'Something failed: the log of the worker says what.';
}

/** One line is made when one is read. */
function streamOf(lines: Generator<ToolLine>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: (controller) => {
      const { done, value } = lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    cancel: () => void lines.return(undefined),
  });
}
