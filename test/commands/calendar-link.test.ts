import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, type Conversation, openConversation } from '../support/conversation.ts';

const CALENDAR = 'Add it to your calendar: https://city.example/tasks/2.ics';
const TELEGRAM = '70012345';
const BLUESKY = 'did:plc:anaabcdefghijklmnopqrst';

let city: Conversation;
beforeEach(() => {
  city = openConversation({ publicUrl: 'https://city.example' });
});
afterEach(() => city.close());

describe('the answer to JOIN', () => {
  test.each([TELEGRAM, BLUESKY])('leads to the task for a calendar: %s', async (address) => {
    await city.join(address);
    expect(await city.ask(address, 'JOIN 2')).toContain(`\n${CALENDAR}`);
  });

  test('does not by SMS, where each letter costs', async () => {
    await city.join(ANA);
    expect(await city.ask(ANA, 'JOIN 2')).not.toContain('calendar');
  });
});
