/** What `npm run report` does with its arguments. */
import { readFileSync } from 'node:fs';
import { ConfigError, readCity, readEnvironment } from '../config/config.ts';
import { openSnapshot } from '../store/open-node.ts';
import { type SmsUse, smsLoops, smsResidents, smsUse } from '../store/sms-report.ts';
import { campaignTexts } from './campaign-texts.ts';
import { parse, type Surroundings, tool } from './tool.ts';

const USAGE = `npm run report -- sms       what texts cost
  --since <date>     from this day on, such as 2026-11-01
  --price <number>   of one segment, 0.0079 where it is left out
npm run report -- campaign  the texts that a carrier asks for, filled in from city.json`;

const OPTIONS = { since: { type: 'string' }, price: { type: 'string' } } as const;
/** About what a segment costs in the United States, without the carrier's fee. */
const PRICE = 0.0079;
const PRICE_DIGITS = 4;

function readSince(since: string | undefined): number {
  if (since === undefined) return 0;
  const time = /^\d{4}-\d\d-\d\d$/.test(since) ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new ConfigError(`--since wants a date such as 2026-11-01.\n\n${USAGE}`);
  }
  return time;
}

function readPrice(price: string | undefined): number {
  if (price === undefined) return PRICE;
  if (!/^\d{1,4}(\.\d{1,6})?$/.test(price)) {
    throw new ConfigError(`--price wants a number such as ${PRICE}.\n\n${USAGE}`);
  }
  return Number(price);
}

const sum = (rows: readonly SmsUse[], of: 'messages' | 'segments'): number =>
  rows.reduce((total, row) => total + row[of], 0);

const line = (...cells: readonly (string | number)[]): string =>
  `${cells.map((cell, at) => (at < 2 ? String(cell).padEnd(14) : String(cell).padStart(12))).join('')}\n`;

/** The report as text, from a database that goes on being written. */
function smsReport(databasePath: string, since: number, price: number): string {
  const { db, close } = openSnapshot(databasePath);
  try {
    const rows = smsUse(db, since);
    const segments = sum(rows, 'segments');
    const cost = (count: number) => (count * price).toFixed(2);
    const per = (count: number): string =>
      count === 0
        ? 'none yet'
        : `${(segments / count).toFixed(1)} segments, about ${((segments / count) * price).toFixed(PRICE_DIGITS)} each`;
    const residents = smsResidents(db);
    const loops = smsLoops(db, since);
    return [
      line('month', 'kind', 'messages', 'segments', 'cost'),
      ...rows.map((row) =>
        line(row.month, row.kind, row.messages, row.segments, cost(row.segments)),
      ),
      line('all', '', sum(rows, 'messages'), segments, cost(segments)),
      '\n',
      `Residents with a number: ${residents} (${per(residents)})\n`,
      `Loops, each to a code that was honored: ${loops} (${per(loops)})\n`,
      `Estimated, at ${price} a segment in both directions; carriers' fees and pictures come on top.\n`,
    ].join('');
  } finally {
    close();
  }
}

function run(args: readonly string[], { env, out }: Surroundings): void {
  const { values, positionals } = parse(args, OPTIONS, USAGE);
  const what = positionals.join(' ');
  const { databasePath, cityConfig } = readEnvironment(env);
  if (what === 'sms') {
    out.write(smsReport(databasePath, readSince(values.since), readPrice(values.price)));
  } else if (what === 'campaign') {
    out.write(campaignTexts(readCity(readFileSync(cityConfig, 'utf8'), cityConfig)));
  } else {
    throw new ConfigError(USAGE);
  }
}

/** Writes a report for those who run the city. Answers 0, or 2 when it could not be done. */
export const runReport = tool(run);
