/** `npm run bench`: how fast and how big, on this machine, in one run. `--quick` is a smoke test. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benchAudit } from './audit.ts';
import type { BlueskyFigures } from './bluesky.ts';
import { type HttpFigures, measureHttp } from './http.ts';
import { measureLooks } from './looks.ts';
import type { LoopFigures } from './loops.ts';
import type { OpenDataFigures } from './open-data.ts';
import { benchPublisher } from './publisher.ts';
import { benchRebuild, type RebuildFigures } from './rebuild.ts';
import { benchSmsBurst, benchSmsLoad, benchSmsWebhook } from './sms.ts';
import { countStatements } from './statements.ts';
import { benchAnnouncement, benchWebhook } from './telegram.ts';
import { measureUnderstanding } from './understanding.ts';

const isQuick = process.argv.includes('--quick');
const SECONDS = isQuick ? 1 : 8;
const ROUNDS = isQuick ? 2 : 60;
const TRANSFERS = isQuick ? 20_000 : 1_000_000;
const AUDITED = isQuick ? 5000 : 100_000;
const ROWS = isQuick ? 10_000 : 100_000;
const CONNECTIONS = 64;
const TOLD = isQuick ? 600 : 10_000;
/** Ten times what Telegram takes, so that it ends today. */
const TOLD_PER_SECOND = 300;
const LOAD = { seconds: isQuick ? 5 : 600, perSecond: 200 };
const BURST = isQuick
  ? { texts: 300, seconds: 2, people: 100, perSecond: 100 }
  : { texts: 10_000, seconds: 60, people: 1000, perSecond: 100 };

const MENTIONS = isQuick ? 500 : 5000;
const WAITING = isQuick ? 50 : 500;
const UNDERSTOOD = isQuick ? 1000 : 10_000;
const PILED_UP = isQuick ? 5000 : 50_000;

const print = (line = '') => process.stdout.write(`${line}\n`);
const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const percent = (part: number, of: number) => `${Math.round((100 * part) / of)} %`;

const show = (name: string, figures: HttpFigures): void => {
  const { requestsPerSecond, p50Ms, p99Ms, failures, peakMegabytes } = figures;
  print(
    `${name.padEnd(46)} ${whole(requestsPerSecond).padStart(8)} requests/s   p50 ${p50Ms} ms   p99 ${p99Ms} ms   ${failures} failed   peak ${whole(peakMegabytes)} MB`,
  );
};

/** In a process of its own, so that its peak of memory is its own. */
async function apart<Figures>(program: URL, ...amounts: readonly number[]): Promise<Figures> {
  const file = fileURLToPath(program);
  const child = fork(file, amounts.map(String), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [figures] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${file} ended with ${code}.`);
    }),
  ]);
  await once(child, 'exit');
  return figures as Figures;
}

print(
  `Node ${process.version}, ${cpus().length} cores${isQuick ? ', in short: not for comparing' : ''}`,
);
print();
const http = { seconds: SECONDS, connections: CONNECTIONS };
const alone = await measureHttp({ kind: 'alone', ...http });
show('a  hono alone', alone);
const insert = await measureHttp({ kind: 'insert', ...http });
show('b  hono, one group-committed insert', insert);
const balance = await measureHttp({ kind: 'sandbox', ...http });
show('c  BALANCE through the sandbox', balance);
const old = await measureHttp({ kind: 'sandbox', ...http, transfers: TRANSFERS });
show(`f  BALANCE, ${whole(TRANSFERS)} transfers in the ledger`, old);
const loops = await apart<LoopFigures>(new URL('loops.ts', import.meta.url), ROUNDS);
print(
  `d  whole loops, 64 people at once ${whole(loops.loopsPerSecond).padStart(21)} loops/s (${loops.loops} loops, ${whole(loops.processorUs)} µs of a processor each)   peak ${whole(loops.peakMegabytes)} MB`,
);
const counted = await countStatements();
const loop = counted.slice(0, -2);
print(
  `s  statements of a loop ${loop.reduce((sum, { statements }) => sum + statements.length, 0)}, in ${loop.reduce((sum, { commits }) => sum + commits, 0)} commits`,
);
for (const { message, statements, commits } of counted) {
  print(`   ${message.padEnd(32)} ${String(statements.length).padStart(4)} in ${commits}`);
}
const looks = { alone: measureLooks(1), piled: measureLooks(PILED_UP) };
print(
  `q  a look at the inbox with ${whole(PILED_UP)} of one sender waiting: ${whole(looks.piled)} µs (with one: ${whole(looks.alone)} µs)`,
);
const understanding = measureUnderstanding(UNDERSTOOD);
print(
  `r  a message of mixed words is understood in ${understanding.medianMs.toFixed(3)} ms (median of ${whole(UNDERSTOOD)}), at most ${understanding.worstMs.toFixed(1)} ms`,
);
print();
print('e  the publisher');
const publisher = await benchPublisher((line) => print(`   ${line}`));
print();
const openData = await apart<OpenDataFigures>(new URL('open-data.ts', import.meta.url), ROWS);
print(
  `g  open data, ${whole(ROWS)} rows   CSV ${whole(openData.csvRowsPerSecond)} rows/s   JSON ${whole(openData.jsonRowsPerSecond)} rows/s   ${whole(openData.megabytesMax - openData.megabytesBefore)} MB more than before they were read`,
);
print();
print(`h  the audit of a repository of ${whole(AUDITED)} records`);
let rebuilt: RebuildFigures | undefined;
const audited = await benchAudit(
  AUDITED,
  (line) => print(`   ${line}`),
  isQuick ? 1 : undefined,
  async (repository) => {
    rebuilt = await benchRebuild(repository);
  },
);
print(
  `i  the rebuild of the same: ${whole(rebuilt?.recordsPerSecond ?? 0)} records/s   peak ${whole(rebuilt?.peakMegabytes ?? 0)} MB   ${whole(rebuilt?.databaseMegabytes ?? 0)} MB of database`,
);
print();
const telegram = await benchWebhook(http);
print(
  `j  Telegram's webhook to committed replies ${whole(telegram.repliesPerSecond).padStart(11)} replies/s   p99 ${telegram.p99Ms} ms   ${telegram.failures} failed   peak ${whole(telegram.peakMegabytes)} MB`,
);
const told = await benchAnnouncement(TOLD, TOLD_PER_SECOND);
print(
  `k  an announcement to ${whole(told.people)} on Telegram, ${told.perSecond}/s: ${told.seconds.toFixed(1)} s (the rate alone: ${told.leastSeconds.toFixed(1)} s)   ${told.replies} replies meanwhile, at most ${whole(told.replyMsMax)} ms`,
);
const bluesky = await apart<BlueskyFigures>(
  new URL('bluesky.ts', import.meta.url),
  ...[MENTIONS, SECONDS, WAITING],
);
print(
  `o  Bluesky's notifications to committed replies ${whole(bluesky.repliesPerSecond).padStart(6)} replies/s (${whole(bluesky.messages)})   idle ${bluesky.idleCpuPercent.toFixed(2)} % of a core   peak ${whole(bluesky.peakMegabytes)} MB`,
);
print(
  `p  ${whole(bluesky.waiting)} who waited on Bluesky: the last answer after ${bluesky.lastAnswerSeconds.toFixed(1)} s (the posts alone: ${bluesky.leastSeconds.toFixed(1)} s)`,
);
print();
const sms = await benchSmsWebhook(http);
print(
  `l  SMS's signed webhook to committed replies ${whole(sms.repliesPerSecond).padStart(9)} replies/s   p99 ${sms.p99Ms} ms   ${sms.failures} failed   peak ${whole(sms.peakMegabytes)} MB`,
);
const load = await benchSmsLoad(LOAD);
print(
  `m  SMS at ${LOAD.perSecond} texts/s for ${LOAD.seconds} s: ${whole(load.texts)} answered 200   p50 ${load.p50Ms} ms   p99 ${load.p99Ms} ms   ${load.failures} failed   ${whole(load.megabytesFirst)} MB in the first third, ${whole(load.megabytesLast)} MB in the last`,
);
const burst = await benchSmsBurst(BURST);
print(
  `n  a burst of ${whole(burst.texts)} texts in ${BURST.seconds} s: ${whole(burst.acknowledged)} acknowledged, ${whole(burst.answered)} answered; with ${whole(BURST.people)} announcements all sent in ${burst.seconds.toFixed(1)} s (the rate alone: ${burst.leastSeconds.toFixed(1)} s)`,
);
print();
print('Aims');
print(`c is ${percent(balance.requestsPerSecond, insert.requestsPerSecond)} of b (aim: 50 %)`);
print(`d is ${whole(loops.loopsPerSecond)} loops/s (aim: 1,000)`);
print(`q takes ${percent(looks.piled, looks.alone)} of a look with one waiting (aim: under 150 %)`);
print(`e is ${percent(publisher.publisher, publisher.plain)} of plain applyWrites (aim: 85 %)`);
print(`f is ${percent(old.requestsPerSecond, balance.requestsPerSecond)} of c (aim: 90 %)`);
const verified = audited.verify?.recordsPerSecond ?? 0;
print(`h is ${percent(audited.audit.recordsPerSecond, verified)} of verifyRepoCar (aim: 50 %)`);
print(`h takes ${whole(audited.audit.peakMegabytes)} MB (aim: under 600)`);
print(`i takes ${whole(rebuilt?.peakMegabytes ?? 0)} MB (aim: under 600)`);
print(`j is ${percent(telegram.repliesPerSecond, balance.requestsPerSecond)} of c (aim: 60 %)`);
print(`k takes ${percent(told.seconds, told.leastSeconds)} of what the rate alone takes`);
print(`k: replies after at most ${whole(told.replyMsMax)} ms (aim: under 1,000)`);
print(`l is ${percent(sms.repliesPerSecond, balance.requestsPerSecond)} of c (aim: 60 %)`);
print(
  `m: the last third holds ${percent(load.megabytesLast, load.megabytesFirst)} of the first (aim: under 110 %)`,
);
print(`n: ${whole(burst.texts - burst.acknowledged)} lost (aim: 0)`);
print(
  `n: ${percent(burst.announcedBefore, BURST.people)} of the announcements before the last answer`,
);
print(`o waits at ${bluesky.idleCpuPercent.toFixed(2)} % of a core (aim: under 1 %)`);
const peak = Math.max(balance.peakMegabytes, old.peakMegabytes, loops.peakMegabytes);
print(`peak memory ${whole(peak)} MB (aim: under 400)`);
const failures = [alone, insert, balance, old, telegram, sms, load].reduce(
  (sum, figures) => sum + figures.failures,
  0,
);
if (failures > 0) {
  print(`${failures} requests failed`);
  process.exitCode = 1;
}
