/** How fast and how big, on this machine, in one run; in short it is a smoke test. */
import { cpus } from 'node:os';
import { amountsOf } from './amounts.ts';
import { print, whole } from './print.ts';
import { showBluesky } from './sections/bluesky.ts';
import { showHttp } from './sections/http.ts';
import { showLoops } from './sections/loops.ts';
import { showReading } from './sections/reading.ts';
import { showRecords } from './sections/records.ts';
import type { Section } from './sections/section.ts';
import { showSms } from './sections/sms.ts';
import { showTelegram } from './sections/telegram.ts';
import { showStart } from './start.ts';

/** Ends the process with 1 when a request failed. */
export async function benchEverything(isQuick: boolean): Promise<void> {
  const amounts = amountsOf(isQuick);
  print(
    `Node ${process.version}, ${cpus().length} cores${isQuick ? ', in short: not for comparing' : ''}`,
  );
  print();
  const http = await showHttp(amounts);
  const loops = await showLoops(amounts, isQuick);
  const reading = showReading(amounts);
  print();
  const records = await showRecords(amounts);
  print();
  const telegram = await showTelegram(amounts, http.balancesPerSecond);
  const bluesky = await showBluesky(amounts);
  print();
  const sms = await showSms(amounts, http.balancesPerSecond);
  print();
  const start = await showStart(isQuick ? 1 : 5);
  print();
  const sections: readonly Section[] = [
    http,
    loops,
    reading,
    records,
    telegram,
    bluesky,
    sms,
    start,
  ];
  print('Aims');
  for (const line of sections.flatMap(({ aims }) => aims)) print(line);
  print(
    `peak memory ${whole(Math.max(http.peakMegabytes, loops.peakMegabytes))} MB (aim: under 350)`,
  );
  const failures = sections.reduce((sum, section) => sum + (section.failures ?? 0), 0);
  if (failures > 0) {
    print(`${failures} requests failed`);
    process.exitCode = 1;
  }
}
