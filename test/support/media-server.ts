// A server that keeps pictures, as providers and strangers have them, on a free port.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startServer } from './local-server.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers by path; what it was asked is kept. */
export async function startMediaServer(answers: Readonly<Record<string, Answer>>) {
  const asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = [];
  const server = await startServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, headers: request.headers });
    const answer = answers[path.split('?')[0] ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  return {
    origin: server.url,
    port: server.port,
    asked,
    close: server.close,
  };
}

export type MediaServer = Awaited<ReturnType<typeof startMediaServer>>;

export const answerWith =
  (body: Uint8Array | string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) => {
    const length = String(Buffer.byteLength(body));
    const known = { 'content-type': 'image/jpeg', 'content-length': length };
    response.writeHead(200, { ...known, ...headers }).end(body);
  };

export const redirectTo =
  (location: string | (() => string), status = 302): Answer =>
  (_request, response) => {
    const where = typeof location === 'string' ? location : location();
    response.writeHead(status, { location: where }).end();
  };
