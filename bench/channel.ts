/** The parent of a city that is measured by SMS or on Telegram, and its provider's API. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type autocannon from 'autocannon';
import { startProgram } from './programs.ts';

export type ChannelCityNews =
  | { readonly port: number }
  /** Every message that came in is answered, and the answers are on disk. */
  | { readonly processed: number }
  /** From the sending of a message to its committed reply (ms), of those since it was last asked. */
  | { readonly latenciesMs: readonly number[] }
  /** What is held in memory now, after a collection. */
  | { readonly heldBytes: number }
  | { readonly peakBytes: number };
export type ChannelCityOrder = 'settle' | 'latencies' | 'memory' | 'announce' | 'end';

/** The header by which a message tells when it was sent, by `monotonicMs`. */
export const SENT_AT = 'x-bench-sent-at';

/** A time (ms) that all processes of a machine have in common, and that nobody sets. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

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

export async function startCity(options: {
  /** The file that the process runs, from the folder of its version. */
  readonly program: string;
  /** The path of its webhook. */
  readonly path: string;
  readonly api: string;
  readonly people: number;
  readonly perSecond: number;
  /** The version that is measured; this one where it is left out. */
  readonly tree?: URL | undefined;
}) {
  const { program, path, api, people, perSecond, tree } = options;
  const city = startProgram(program, [api, String(people), String(perSecond)], {
    tree,
    execArgv: ['--expose-gc'],
  });
  const news = async () => (await city.next()) as ChannelCityNews;
  const tell = (what: ChannelCityOrder): void => city.send(what);
  const first = await news();
  if (!('port' in first)) throw new Error('The city did not tell its port.');
  const ask = (what: ChannelCityOrder): Promise<ChannelCityNews> => {
    tell(what);
    return news();
  };
  return {
    url: `http://localhost:${first.port}${path}`,
    processorUs: city.processorUs,
    announce: () => tell('announce'),
    /** Resolves with how many messages were answered so far, once none waits. */
    settled: async (): Promise<number> => {
      const answer = await ask('settle');
      return 'processed' in answer ? answer.processed : Number.NaN;
    },
    latenciesMs: async (): Promise<readonly number[]> => {
      const answer = await ask('latencies');
      return 'latenciesMs' in answer ? answer.latenciesMs : [];
    },
    megabytes: async (): Promise<number> => {
      const answer = await ask('memory');
      return 'heldBytes' in answer ? answer.heldBytes / 1e6 : Number.NaN;
    },
    /** Resolves with the most megabytes that it held. */
    end: async (): Promise<number> => {
      const answer = await ask('end');
      await city.ended;
      return 'peakBytes' in answer ? answer.peakBytes / 1e6 : Number.NaN;
    },
  };
}

export const failuresOf = ({ non2xx, errors, timeouts }: autocannon.Result): number =>
  non2xx + errors + timeouts;
