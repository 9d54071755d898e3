// People who text a city in a worker: what they say, what they are answered, and the whole loop.
import { expect } from 'vitest';
import { runAdmin } from '../../src/cli/run-admin.ts';
import { numberIn } from './prove.ts';
import { runTool } from './run-tool.ts';
import { type SmsWords, tokenOf } from './sms-words.ts';
import { photoFor } from './telegram-city.ts';
import type { WorkerCity } from './worker-city.ts';

const ADMIN = '+15105550100';
export const ORGANIZER = '+15105550110';
export const CAFE = '+15105550120';
export const ANA = '+15105550141';
export const OPERATOR_TOKEN = 'a-token-of-more-than-32-characters-1';

const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

/** What somebody is told from now on, once it is like this. */
export const heardBy = async (
  city: Pick<WorkerCity, 'textsTo'>,
  person: string,
  answer: RegExp,
  before: number,
): Promise<string> => {
  const since = () => city.textsTo(person).slice(before).join('\n');
  await expect.poll(since).toMatch(answer);
  return since();
};

type Texting = Pick<WorkerCity, 'textsTo' | 'text'>;

/** Texts something, and waits for an answer like this. */
export async function ask(
  city: Texting,
  from: string,
  body: string,
  answer: RegExp,
  pictures: readonly Uint8Array[] = [],
): Promise<string> {
  const before = city.textsTo(from).length;
  expect(await city.text(from, body, pictures)).toBe(200);
  return heardBy(city, from, answer, before);
}

/** Words that move authority: the number that they are answered with is sent back. */
async function order(city: Texting, from: string, body: string, answer: RegExp): Promise<string> {
  const asked = await ask(city, from, body, new RegExp(`${answer.source}|\\d{4}`));
  const number = numberIn(asked);
  return number === undefined ? asked : ask(city, from, number, answer);
}

/** An admin, an organizer with a cap, a café with an offer and a task to join. */
export async function openTown(city: WorkerCity, words: SmsWords): Promise<void> {
  const door = ['--worker', city.url()];
  const { out } = await runTool(runAdmin, ['invite', ...door], { OPERATOR_TOKEN });
  const invitation = /ACCEPT (\S+)/.exec(out)?.[1] ?? '';
  const token = new RegExp(`${words.accept} [\\w-]+`);
  await ask(city, ADMIN, `${words.accept} ${invitation}`, /./);
  await ask(city, ADMIN, words.lang, /./);
  const issuer = tokenOf(await order(city, ADMIN, words.issuer, token), words);
  await ask(city, ORGANIZER, issuer, /./);
  await order(city, ADMIN, words.cap, /500/);
  const redeemer = tokenOf(await order(city, ADMIN, words.redeemer, token), words);
  await ask(city, CAFE, redeemer, /./);
  for (const person of [ORGANIZER, CAFE]) await ask(city, person, words.lang, /./);
  await ask(city, CAFE, words.offer, words.says.enjoy);
  await ask(city, ORGANIZER, words.announceAnyTime, /OK/);
  await ask(city, ORGANIZER, 'OK', words.says.joined);
}

/** From the first hello to the coffee. */
export async function walkLoop(city: WorkerCity, { says, ...words }: SmsWords): Promise<void> {
  await ask(city, ANA, words.join, /OK/);
  await ask(city, ANA, 'OK', says.joined);
  await ask(city, ANA, words.done, says.public, [await photoFor(90)]);
  await ask(city, ANA, 'OK', says.thanks);
  await ask(city, ORGANIZER, words.review, /http/);
  const before = city.textsTo(ANA).length;
  await ask(city, ORGANIZER, words.approve, /./);
  await heardBy(city, ANA, says.earned, before);
  const code = CODE.exec(await ask(city, ANA, words.redeem, CODE))?.[0] ?? '';
  const held = city.textsTo(ANA).length;
  await ask(city, CAFE, `${words.confirm} ${code}`, new RegExp(says.honor.source, 'm'));
  await heardBy(city, ANA, says.enjoy, held);
}
