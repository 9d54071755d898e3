// The second of a list is the second, whatever its number is.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, type Conversation, openConversation } from '../support/conversation.ts';

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
});
afterEach(() => city.close());

describe('where a number is expected', () => {
  test.each([
    ['HI', 'the second', 1],
    ['HI', 'The second one please', 1],
    ['HI', 'the 2nd', 1],
    ['HI', 'first', 0],
    ['HI', 'the first one', 0],
    ['HI', 'the last one', -1],
    ['HI', "I'd like the second task", 1],
    ['HOLA', 'la segunda', 1],
    ['HOLA', 'la primera por favor', 0],
    ['HOLA', 'el primero', 0],
    ['HOLA', 'quiero la segunda', 1],
    ['HOLA', 'la última', -1],
  ])('takes the one of the list: %s, %s', async (greeting, text, at) => {
    await city.join(ANA, greeting);
    const asked = await city.ask(ANA, greeting === 'HI' ? 'I want to help' : 'me interesa');
    const ids = asked.split('\n').flatMap((line) => /^(\d+) \p{L}/u.exec(line)?.[1] ?? []);
    expect(ids.length).toBeGreaterThan(2);
    const listed = ids.slice(0, 3);
    expect(await city.ask(ANA, text)).toMatch(/You're in|Ya tienes lugar/);
    const id = listed.at(at) ?? '';
    expect(await city.ask(ANA, greeting === 'HI' ? `TASK ${id}` : `TAREA ${id}`)).toMatch(
      /You're in|Ya tienes lugar/,
    );
  });

  test('goes with the word of a command, and moves no credits unasked', async () => {
    await city.join(ANA);
    expect(await city.ask(ANA, 'sign me up for the second one')).toMatch(/You're in|Which task/);
    expect(await city.ask(ANA, 'redeem the second one')).toContain(
      'Do you want offer 2, Sourdough',
    );
    expect(await city.ask(ANA, 'NO')).toContain('no credits were held');
  });

  test('means nothing where nothing was listed', async () => {
    await city.join(ANA);
    expect(await city.ask(ANA, 'the second one')).toContain("didn't understand");
  });
});
