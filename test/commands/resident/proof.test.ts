// PROOF, as people say it.
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, BEN, type Conversation, openConversation } from '../../support/conversation.ts';

const PUBLIC_URL = 'https://city.example';
let city: Conversation;
beforeEach(async () => {
  city = openConversation({ publicUrl: PUBLIC_URL });
  await city.join(ANA);
});
afterEach(() => city.close());

const LINK = /https:\/\/city\.example\/proof\/([0-9a-f]{32})/;
const linkIn = (text: string): string => LINK.exec(text)?.[0] ?? '';

test('gives a link once, which stays until the person asks for another or ends it', async () => {
  const first = await city.ask(ANA, 'PROOF');
  expect(first).toContain('Only people with this link see it');
  expect(linkIn(first)).not.toBe('');
  const again = await city.ask(ANA, 'PROOF');
  expect(again).toContain('You have a proof already');
  expect(again).not.toMatch(LINK);
  const next = await city.ask(ANA, 'PROOF NEW');
  expect(linkIn(next)).not.toBe('');
  expect(linkIn(next)).not.toBe(linkIn(first));
  expect(await city.ask(ANA, 'PROOF OFF')).toContain('Your proof is gone');
  expect(await city.ask(ANA, 'PROOF OFF')).toContain('You have no proof');
  expect(linkIn(await city.ask(ANA, 'PROOF'))).not.toBe('');
});

test('becomes public by a word, whether there was one or not', async () => {
  expect(await city.ask(ANA, 'PROOF PUBLIC')).toMatch(/Anybody may find it/);
  await city.say(ANA, 'PROOF NEW');
  expect(await city.ask(ANA, 'PROOF PUBLIC')).toContain('is public now');
});

test('speaks Spanish', async () => {
  await city.say(ANA, 'IDIOMA ES');
  expect(await city.ask(ANA, 'CONSTANCIA')).toMatch(LINK);
  expect(await city.ask(ANA, 'CONSTANCIA PÚBLICA')).toMatch(/ya es p[uú]blica/);
  expect(await city.ask(ANA, 'CONSTANCIA NUEVA')).toMatch(LINK);
  expect(await city.ask(ANA, 'CONSTANCIA NO')).toContain('Quitamos tu constancia');
});

test('ends with FORGET ME, and is among MY DATA', async () => {
  await city.say(ANA, 'PROOF');
  const digests = () => city.db.all(sql`select * from proofs`).length;
  expect(digests()).toBe(1);
  for (const text of ['FORGET ME', 'YES', 'YES']) await city.say(ANA, text);
  await city.settle();
  expect(digests()).toBe(0);
});

test('a city without pages says so', async () => {
  await city.close();
  city = openConversation();
  await city.join(BEN);
  expect(await city.ask(BEN, 'PROOF')).toContain('no web pages');
});
