// Two channels of one person, linked as people do it.
import type { Conversation } from './conversation.ts';

/** Somebody gets a code, says it at another address, and agrees at both; the last answer. */
export async function linkChannels(
  city: Pick<Conversation, 'ask' | 'say'>,
  { made, said, word = 'LINK' }: { made: string; said: string; word?: string },
): Promise<string> {
  const code = /\d{3} \d{3}/.exec(await city.ask(made, word))?.[0] ?? '';
  await city.say(said, `${word} ${code}`);
  await city.say(said, 'OK');
  return city.ask(made, 'OK');
}
