/** Requests per second over HTTP: hono alone, with one durable insert, and BALANCE through it all. */
import autocannon from 'autocannon';
import { residentNumber } from './city.ts';
import type { ServerKind, ServerNews } from './http-server.ts';
import { startProgram } from './programs.ts';
import type { Past } from './seed.ts';

export type HttpFigures = {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
  /** What a request takes of a processor (µs), whatever else the machine does. */
  readonly processorUs: number;
  readonly peakMegabytes: number;
};

export async function measureHttp(options: {
  readonly kind: ServerKind;
  readonly seconds: number;
  readonly connections: number;
  /** What the city holds besides those who ask; nothing where it is left out. */
  readonly past?: Omit<Past, 'people'>;
  /** The version that is measured; this one where it is left out. */
  readonly tree?: URL;
}): Promise<HttpFigures> {
  const { kind, connections, seconds, past, tree } = options;
  const { transfers = 0, others = 0, claims = 0 } = past ?? {};
  const amounts = [connections, transfers, others, claims].map(String);
  const server = startProgram('bench/http-server.ts', [kind, ...amounts], { tree });
  const first = (await server.next()) as ServerNews;
  if (!('port' in first)) throw new Error('The server did not tell its port.');
  const url = `http://localhost:${first.port}/sandbox/messages`;
  const requests = Array.from({ length: connections }, (_, at) => ({
    method: 'POST' as const,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'sms', from: residentNumber(at), text: 'BALANCE' }),
  }));
  const run = (duration: number) => autocannon({ url, connections, duration, requests });
  // The first answer may take long on a busy machine, and is not what is measured.
  await fetch(url, requests[0]);
  await run(1);
  const processorBefore = server.processorUs();
  const result = await run(seconds);
  const processorUs = (server.processorUs() - processorBefore) / result['2xx'];
  server.send('end');
  const last = (await server.next()) as ServerNews;
  await server.ended;
  return {
    requestsPerSecond: result.requests.average,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
    processorUs,
    peakMegabytes: 'peakBytes' in last ? last.peakBytes / 1e6 : Number.NaN,
  };
}
