// Serves what a test answers, on Node: over HTTP, on a free port of this machine.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { startServer } from './local-server.ts';
import type { Answer, Served } from './serve.ts';

export async function serve(answerTo: (body: string) => Answer | Promise<Answer>): Promise<Served> {
  const { url, close } = await startServer(
    async (request: IncomingMessage, response: ServerResponse) => {
      const answer = await answerTo(await text(request));
      if (answer === 'hang') return;
      if (answer === 'break') response.destroy();
      else response.writeHead(answer.status, answer.headers).end(answer.text);
    },
  );
  return { url, ask: fetch, close };
}
