/** The parent of a city that is measured by SMS or on Telegram, and its provider's API. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type autocannon from 'autocannon';

export type ChannelCityNews =
  | { readonly port: number }
  /** Every message that came in is answered, and the answers are on disk. */
  | { readonly processed: number }
  /** What is held in memory now, after a collection. */
  | { readonly heldBytes: number }
  | { readonly peakBytes: number };
export type ChannelCityOrder = 'settle' | 'memory' | 'announce' | 'end';

/** Serves what `answer` answers; calls `answered` once that is sent. */
export async function startApi(
  answer: (
    request: IncomingMessage,
    body: string,
  ) => { readonly status: number; readonly body: object; readonly answered?: () => void },
) {
  const server = createServer((request, response) => {
    text(request).then(
      (received) => {
        const { status, body, answered } = answer(request, received);
        const headers = { 'content-type': 'application/json' };
        response.writeHead(status, headers).end(JSON.stringify(body));
        answered?.();
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const newsOf = async (child: ChildProcess): Promise<ChannelCityNews> =>
  (await once(child, 'message'))[0] as ChannelCityNews;

export async function startCity(options: {
  /** The file that the process runs. */
  readonly program: URL;
  /** The path of its webhook. */
  readonly path: string;
  readonly api: string;
  readonly people: number;
  readonly perSecond: number;
}) {
  const { program, path, api, people, perSecond } = options;
  const child = fork(fileURLToPath(program), [api, String(people), String(perSecond)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--expose-gc'],
  });
  const first = await newsOf(child);
  if (!('port' in first)) throw new Error('The city did not tell its port.');
  const ask = (what: ChannelCityOrder): Promise<ChannelCityNews> => {
    child.send(what);
    return newsOf(child);
  };
  return {
    url: `http://localhost:${first.port}${path}`,
    announce: () => child.send('announce' satisfies ChannelCityOrder),
    /** Resolves with how many messages were answered so far, once none waits. */
    settled: async (): Promise<number> => {
      const news = await ask('settle');
      return 'processed' in news ? news.processed : Number.NaN;
    },
    megabytes: async (): Promise<number> => {
      const news = await ask('memory');
      return 'heldBytes' in news ? news.heldBytes / 1e6 : Number.NaN;
    },
    /** Resolves with the most megabytes that it held. */
    end: async (): Promise<number> => {
      const news = await ask('end');
      await once(child, 'exit');
      return 'peakBytes' in news ? news.peakBytes / 1e6 : Number.NaN;
    },
  };
}

export const failuresOf = ({ non2xx, errors, timeouts }: autocannon.Result): number =>
  non2xx + errors + timeouts;
