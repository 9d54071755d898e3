/** Requests over HTTP: hono alone, with one insert, and BALANCE in a new city and in an old one. */
import type { Amounts } from '../amounts.ts';
import { type HttpFigures, measureHttp } from '../http.ts';
import { percent, print, whole } from '../print.ts';
import type { Section } from './section.ts';

const show = (name: string, figures: HttpFigures): void => {
  const { requestsPerSecond, p50Ms, p99Ms, failures, peakMegabytes } = figures;
  print(
    `${name.padEnd(46)} ${whole(requestsPerSecond).padStart(8)} requests/s   p50 ${p50Ms} ms   p99 ${p99Ms} ms   ${failures} failed   peak ${whole(peakMegabytes)} MB`,
  );
};

export async function showHttp({ seconds, connections, old: past }: Amounts) {
  const http = { seconds, connections };
  const alone = await measureHttp({ kind: 'alone', ...http });
  show('a  hono alone', alone);
  const insert = await measureHttp({ kind: 'insert', ...http });
  show('b  hono, one group-committed insert', insert);
  const balance = await measureHttp({ kind: 'sandbox', ...http });
  show('c  BALANCE through the sandbox', balance);
  const { transfers, people, claims } = past;
  const other = { transfers, others: people - connections, claims };
  const old = await measureHttp({ kind: 'sandbox', ...http, past: other });
  show('f  BALANCE in an old city', old);
  print(
    `   with ${whole(transfers)} transfers, ${whole(people)} people and ${whole(claims)} open claims`,
  );
  const section: Section = {
    aims: [
      `c is ${percent(balance.requestsPerSecond, insert.requestsPerSecond)} of b (aim: 35 %)`,
      `f is ${percent(old.requestsPerSecond, balance.requestsPerSecond)} of c (aim: 90 %)`,
    ],
    failures: [alone, insert, balance, old].reduce((sum, { failures }) => sum + failures, 0),
  };
  return {
    ...section,
    balancesPerSecond: balance.requestsPerSecond,
    peakMegabytes: Math.max(balance.peakMegabytes, old.peakMegabytes),
  };
}
