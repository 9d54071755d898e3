/** `npm run report`: what texts cost, and what a carrier asks for. */
import { ConfigError } from '../config/config.ts';
import type { Database } from '../store/database.ts';
import { type SmsUse, smsLoops, smsResidents, smsUse } from '../store/sms-report.ts';
import { campaignTexts } from './campaign-texts.ts';
import { type Tool, textOf } from './tool.ts';

const usage = `npm run report -- sms       what texts cost
  --since <date>     from this day on, such as 2026-11-01
  --price <number>   of one segment, 0.0079 where it is left out
npm run report -- campaign  the texts that a carrier asks for, filled in from city.json`;

/** About what a segment costs in the United States, without the carrier's fee. */
const PRICE = 0.0079;
const PRICE_DIGITS = 4;

function readSince(since: string | undefined): number {
  if (since === undefined) return 0;
  const time = /^\d{4}-\d\d-\d\d$/.test(since) ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new ConfigError(`--since wants a date such as 2026-11-01.\n\n${usage}`);
  }
  return time;
}

function readPrice(price: string | undefined): number {
  if (price === undefined) return PRICE;
  if (!/^\d{1,4}(\.\d{1,6})?$/.test(price)) {
    throw new ConfigError(`--price wants a number such as ${PRICE}.\n\n${usage}`);
  }
  return Number(price);
}

const sum = (rows: readonly SmsUse[], of: 'messages' | 'segments'): number =>
  rows.reduce((total, row) => total + row[of], 0);

const line = (...cells: readonly (string | number)[]): string =>
  `${cells.map((cell, at) => (at < 2 ? String(cell).padEnd(14) : String(cell).padStart(12))).join('')}\n`;

/** The report as text, from a database that goes on being written. */
function smsReport(db: Database, since: number, price: number): string {
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
    ...rows.map((row) => line(row.month, row.kind, row.messages, row.segments, cost(row.segments))),
    line('all', '', sum(rows, 'messages'), segments, cost(segments)),
    '\n',
    `Residents with a number: ${residents} (${per(residents)})\n`,
    `Loops, each to a code that was honored: ${loops} (${per(loops)})\n`,
    `Estimated, at ${price} a segment in both directions; carriers' fees and pictures come on top.\n`,
  ].join('');
}

export const report: Tool = {
  name: 'report',
  usage,
  options: { since: { type: 'string' }, price: { type: 'string' } },
  *run(words, { city, read }) {
    const what = words.positionals.join(' ');
    if (what === 'sms') {
      const [since, price] = [readSince(textOf(words, 'since')), readPrice(textOf(words, 'price'))];
      yield smsReport(read(), since, price);
    } else if (what === 'campaign') {
      yield campaignTexts(city());
    } else {
      throw new ConfigError(usage);
    }
    return 'right';
  },
};
