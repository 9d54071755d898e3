import { eq } from 'drizzle-orm';
import { SegmentedMessage } from 'sms-segments-calculator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toGsm7 } from '../../../src/lib/gsm7.ts';
import { reviews } from '../../../src/store/schema/index.ts';
import { BERKELEY } from '../../support/city.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
} from '../../support/conversation.ts';

let city: Conversation;
const begin = async (options: Parameters<typeof openConversation>[0] = {}) => {
  city = openConversation(options);
  await city.join(ANA);
  await city.say(ANA, 'JOIN 1');
  await city.say(ANA, 'DONE 1 two bags', { pictures: ['ok'] });
  await city.say(ANA, 'OK');
  city.heard(ORGANIZER);
};
beforeEach(() => begin());
afterEach(() => city.close());

const reasonOf = (evidenceId: number) =>
  city.db
    .select({ reason: reviews.reasonCode })
    .from(reviews)
    .where(eq(reviews.evidenceId, evidenceId))
    .get()?.reason;

const balance = (from = ANA) => city.ask(from, 'BALANCE');

describe('REVIEW', () => {
  test('shows the next evidence with its picture, words and choices', async () => {
    const [shown] = await city.say(ORGANIZER, 'REVIEW');
    expect(shown?.text).toMatch(
      /^Evidence 1, task 1, Clean up Codornices Creek\. p-\w{12}, Tue, Nov 24, 10:00 AM: "two bags", 1 photo\./,
    );
    expect(shown?.pictures).toHaveLength(1);
    expect(shown?.choices.map(({ send }) => send)).toEqual(['APPROVE 1', 'REJECT 1']);
  });

  test('says how many more wait, and shows one by its number', async () => {
    await city.join('7000102');
    await city.say('7000102', 'JOIN 1');
    await city.say('7000102', 'DONE 1 me too');
    await city.say('7000102', 'OK');
    expect(await city.ask(ORGANIZER, 'REVIEW')).toMatch(/^Evidence 1.*1 more to review/s);
    expect(await city.ask(ORGANIZER, 'REVIEW 2')).toMatch(/^Evidence 2.*"me too", no photo/s);
    expect(await city.ask(ORGANIZER, 'APPROVE 1')).toContain('1 more to review: reply REVIEW');
    await city.say(ORGANIZER, 'APPROVE 2');
    expect(await city.ask(ORGANIZER, 'REVIEW')).toContain("There's nothing to review");
  });
});

describe('REVIEW of a picture that was sent before', () => {
  const send = async (from: string, task: number, pictures: readonly string[]) => {
    await city.say(from, `JOIN ${task}`);
    await city.say(from, `DONE ${task} look`, { pictures });
    await city.say(from, 'OK');
  };
  const hints = async (number: number, word = 'REVIEW') =>
    (await city.ask(ORGANIZER, `${word} ${number}`))
      .split('\n')
      .filter((line) => /foto:|photo:/.test(line));
  const participant = async (from: string) =>
    /p-\w{12}/.exec(await city.ask(from, 'ME'))?.[0] ?? 'nobody';

  test('points to the other work: same or nearly the same, whose, which task, what day', async () => {
    await city.join(BEN);
    await send(BEN, 1, ['creek']);
    city.clock.time += 26 * 3_600_000;
    await send(ANA, 2, ['creek']);
    expect(await hints(2)).toEqual([
      `The same photo: evidence 3, task 2, Nov 25, ${await participant(ANA)}.`,
    ]);
    await send(BEN, 2, ['creek~3']);
    expect(await hints(4)).toEqual([
      `Nearly the same photo: evidence 3, task 2, Nov 25, ${await participant(ANA)}.`,
      'Nearly the same photo: evidence 2, task 1, Nov 24, same person.',
    ]);
    // What was decided about the other makes no difference.
    await city.say(ORGANIZER, 'APPROVE 2');
    expect(await hints(3)).toHaveLength(2);
    await city.say(ORGANIZER, 'LANG ES');
    expect(await hints(3, 'REVISAR')).toEqual([
      `La misma foto: evidencia 2, tarea 1, 24 nov, ${await participant(BEN)}.`,
      `Casi la misma foto: evidencia 4, tarea 2, 25 nov, ${await participant(BEN)}.`,
    ]);
  });

  test('says nothing of photos sent twice for the same work, or that merely resemble', async () => {
    await send(ANA, 2, ['creek', 'creek', 'creek~2']);
    await city.say(ANA, 'DONE 2 more', { pictures: ['creek~4'] });
    await city.join(BEN);
    await send(BEN, 2, ['creek~24']);
    expect(await hints(2)).toEqual([]);
    expect(await hints(3)).toEqual([]);
  });

  test('names two at most, and keeps the message short', async () => {
    for (const task of [2, 3]) await send(ANA, task, ['creek']);
    await city.join(BEN);
    await send(BEN, 1, ['creek']);
    await city.say(BEN, 'JOIN 2');
    await city.say(BEN, `DONE 2 ${'We worked hard. '.repeat(30)}`, {
      pictures: ['creek~1', 'creek'],
    });
    const [shown] = await city.say(ORGANIZER, 'REVIEW 5');
    expect(shown?.text.split('\n').slice(1)).toEqual([
      'The same photo: evidence 4, task 1, Nov 24, same person.',
      `The same photo: evidence 3, task 3, Nov 24, ${await participant(ANA)}.`,
    ]);
    const sms = new SegmentedMessage(toGsm7(shown?.text ?? ''));
    expect([sms.encodingName, sms.segmentsCount]).toEqual(['GSM-7', 3]);
  });

  test('is told with the news of it', async () => {
    await city.say(ORGANIZER, 'APPROVE 1');
    await send(ANA, 2, ['creek']);
    await city.say(ORGANIZER, 'APPROVE 2');
    await city.join(BEN);
    city.heard(ORGANIZER);
    await send(BEN, 2, ['creek~5']);
    expect(city.heard(ORGANIZER).map(({ text }) => text)).toEqual([
      'New evidence to review for task 2, Information booth at the farmers market. A photo of it was sent for other work, too. Reply REVIEW to see it.',
    ]);
  });
});

describe('APPROVE', () => {
  test('issues the credits and tells the resident at once, even at night', async () => {
    city.clock.time += 14 * 3_600_000;
    const answer = await city.ask(ORGANIZER, 'APPROVE 1 great work');
    expect(answer).toBe(
      "Approved: evidence 1, Clean up Codornices Creek. 20 CITY credits issued. That was the last one. Reply TASKS to see what's open.",
    );
    const [told] = city.heard(ANA);
    expect(told?.text).toContain('You earned 20 CITY credits. "great work" Reply OFFERS');
    expect(told?.choices.map(({ send }) => send)).toEqual(['OFFERS', 'BALANCE']);
    expect(await balance()).toContain('You have 20 CITY credits');
  });

  test('counts once', async () => {
    await city.say(ORGANIZER, 'APPROVE 1');
    expect(await city.ask(ORGANIZER, 'APPROVE 1')).toContain('already reviewed');
    expect(await city.ask(ORGANIZER, 'REJECT 1 no')).toContain('already reviewed');
    expect(await balance()).toContain('You have 20 CITY credits');
  });

  test.each(['APPROVE', 'APPROVE it', 'APPROVE 0.5', 'APPROVE -1'])(
    '%s explains itself',
    async (text) => {
      expect(await city.ask(ORGANIZER, text)).toContain('like APPROVE 31');
      expect(await balance()).toContain('0 CITY');
    },
  );

  test('is refused for evidence that is unknown or one’s own', async () => {
    expect(await city.ask(ORGANIZER, 'APPROVE 7')).toContain('no evidence 7');
    await city.say(ORGANIZER, 'JOIN 1');
    await city.say(ORGANIZER, 'DONE 1 me');
    await city.say(ORGANIZER, 'OK');
    expect(await city.ask(ORGANIZER, 'APPROVE 2')).toContain("You can't review your own");
  });

  test('is refused beyond the issuer’s cap, and the evidence waits on', async () => {
    await city.prove(ADMIN, 'CAP Codornices Creek Friends 10');
    expect(await city.ask(ORGANIZER, 'APPROVE 1')).toContain(
      'Credits left to issue this quarter: 10',
    );
    await city.prove(ADMIN, 'CAP Codornices Creek Friends 20');
    expect(await city.ask(ORGANIZER, 'APPROVE 1')).toContain('Approved');
  });
});

describe('APPROVE ALL', () => {
  const sendToo = async (from: string, task = 1) => {
    await city.join(from);
    await city.say(from, `JOIN ${task}`);
    await city.say(from, `DONE ${task} me too`);
    await city.say(from, 'OK');
  };

  test('reads back what waits, and approves that alone, one decision each', async () => {
    await sendToo(BEN);
    await sendToo(EVA, 2);
    const [shown] = await city.say(ORGANIZER, 'REVIEW');
    expect(shown?.choices.at(-1)).toEqual({
      label: 'Approve all 2 of task 1',
      send: 'APPROVE ALL 1',
    });
    expect(await city.ask(ORGANIZER, 'APPROVE ALL 1 well done')).toBe(
      'Approve all of task 1, Clean up Codornices Creek? Evidence: 1, 2. 20 CITY credits each, 40 CITY credits in all. Reply OK to approve, or NO.',
    );
    await sendToo('7000102');
    city.heard(ANA);
    city.heard(BEN);
    expect(await city.ask(ORGANIZER, 'OK')).toContain(
      'Approved: 2 of task 1, Clean up Codornices Creek. 40 CITY credits issued. 2 more to review',
    );
    for (const person of [ANA, BEN]) {
      expect(city.heard(person)[0]?.text).toContain('You earned 20 CITY credits. "well done"');
    }
    expect([1, 2, 3, 4].map((id) => city.store.read.evidence.get(id)?.state)).toEqual([
      ...['approved', 'approved', 'pending', 'pending'],
    ]);
  });

  test('approves nothing after NO, and leaves out one’s own', async () => {
    await sendToo(BEN);
    await city.say(ORGANIZER, 'JOIN 1');
    await city.say(ORGANIZER, 'DONE 1 me');
    await city.say(ORGANIZER, 'OK');
    expect(await city.ask(ORGANIZER, 'APROBAR TODO 1')).toContain('Evidence: 1, 2.');
    expect(await city.ask(ORGANIZER, 'NO')).toContain('stays on the list');
    expect(await balance()).toContain('0 CITY');
  });

  test('tells what was decided meanwhile or is above the cap, and approves the rest', async () => {
    await sendToo(BEN);
    await sendToo(EVA);
    await city.prove(ADMIN, 'CAP Codornices Creek Friends 30');
    await city.say(ORGANIZER, 'APPROVE ALL 1');
    const answer = await city.ask(ORGANIZER, 'yes');
    expect(answer).toContain('Credits left to issue this quarter: 10');
    expect(answer).toContain('Approved: 1 of task 1');
  });

  test.each([
    ['APPROVE ALL', 'like APPROVE ALL 12'],
    ['APPROVE ALL 99', 'no evidence of task 99'],
    ['APPROVE ALL 2', 'no evidence of task 2'],
  ])('%s explains itself', async (said, told) => {
    expect(await city.ask(ORGANIZER, said)).toContain(told);
  });
});

describe('a number, address or code in the words of a decision', () => {
  test.each([
    ['APPROVE 1 great, call 510 555 0130', 'great, call [...]'],
    ['REJECT 1 write to lee@quillfeather.org', 'write to [...]'],
    ['APPROVE 1 take 7GK2/M4QX for it', 'take [...] for it'],
  ])('reaches nobody: %s', async (text, told) => {
    await city.say(ORGANIZER, text);
    expect(city.heard(ANA)[0]?.text).toContain(`"${told}"`);
  });
});

describe('REJECT', () => {
  test('gives the reason kindly and issues nothing', async () => {
    const answer = await city.ask(ORGANIZER, 'REJECT 1 the photo shows another park');
    expect(answer).toContain('Not approved: evidence 1');
    const [told] = city.heard(ANA);
    expect(told?.text).toContain('Thank you for your time');
    expect(told?.text).toContain('"the photo shows another park"');
    expect(told?.text).toContain('hello@city-sync.example');
    expect(await balance()).toContain('0 CITY');
  });

  test('asks for a missing reason', async () => {
    expect(await city.ask(ORGANIZER, 'REJECT 1')).toContain('Why was evidence 1 not approved?');
    expect(city.heard(ANA)).toEqual([]);
    expect(await city.ask(ORGANIZER, 'blurred photo')).toContain('Not approved');
    expect(city.heard(ANA)[0]?.text).toContain('blurred photo');
  });

  test.each([
    ['REJECT 1 not done', 'because: the work is not done. There are no credits'],
    ['RECHAZAR 1 no está hecho', 'because: the work is not done. There are'],
    ['REJECT 1 Duplicate: the photo of last week', 'sent before. "the photo of last week" There'],
    ['REJECT 1 because they were not there', 'did not see you there. There are'],
    ['REJECT 1 not done as nicely as I like', 'because: "not done as nicely as I like" There'],
    ['REJECT 1 unsafe, thanks', 'it was not done safely. There are'],
    ['REJECT 1 no photo - call 510 555 0130', 'show the work. "call [...]" There are'],
  ])('%s has its code, and is told in the language of the person', async (said, told) => {
    expect(await city.ask(ORGANIZER, said)).toContain('No');
    expect(city.heard(ANA)[0]?.text).toContain(told);
  });

  test('alone offers the usual reasons, by button and by number', async () => {
    await city.say(ANA, 'IDIOMA ES');
    const [asked] = await city.say(ORGANIZER, 'REJECT 1');
    expect(asked?.text).toContain("\n6 Wasn't there\nReply with a number");
    expect(asked?.choices.map(({ send }) => send)).toContain('REJECT 1 NOT DONE');
    expect(await city.ask(ORGANIZER, 'other')).toContain('Why was evidence 1 not approved?');
    expect(await city.ask(ORGANIZER, '0')).toContain('Why was evidence 1 not approved?');
    expect(await city.ask(ORGANIZER, '6')).toContain('Not approved: evidence 1');
    expect(city.heard(ANA)[0]?.text).toContain('quien organiza no te vio ahi. Esta vez');
    expect(reasonOf(1)).toBe('not-present');
  });

  test('a button that is pressed later still rejects for its reason', async () => {
    const [asked] = await city.say(ORGANIZER, 'REJECT 1');
    await city.say(ORGANIZER, 'REVIEW');
    const pressed = asked?.choices.find(({ label }) => label === 'It shows another task');
    expect(await city.ask(ORGANIZER, pressed?.send ?? '')).toContain('Not approved: evidence 1');
    expect(reasonOf(1)).toBe('wrong-task');
  });

  test('can be left with NO', async () => {
    await city.say(ORGANIZER, 'REJECT 1');
    expect(await city.ask(ORGANIZER, 'NO')).toContain('stays on the list to review');
    expect(await city.ask(ORGANIZER, 'REVIEW')).toContain('Evidence 1');
  });

  test('a command instead of the reason is carried out', async () => {
    await city.say(ORGANIZER, 'REJECT 1');
    expect(await city.ask(ORGANIZER, 'APPROVE 1 after all')).toContain('Approved');
  });

  test('credits the work where the city’s policy says so', async () => {
    await city.close();
    const policies = { ...BERKELEY.policies, rejectionPolicy: 'credit' } as const;
    await begin({ city: { ...BERKELEY, policies } });
    await city.say(ORGANIZER, 'REJECT 1 blurred photo');
    expect(city.heard(ANA)[0]?.text).toContain('You still get 20 CITY credits');
    expect(await balance()).toContain('You have 20 CITY credits');
  });

  test('explains itself', async () => {
    expect(await city.ask(ORGANIZER, 'REJECT')).toContain('like REJECT 31');
    expect(await city.ask(ORGANIZER, 'REJECT 9 because')).toContain('no evidence 9');
  });
});

describe('a decision in own words', () => {
  const sendSecond = async () => {
    await city.join(BEN);
    await city.say(BEN, 'JOIN 1');
    await city.say(BEN, 'DONE 1 me too');
    await city.say(BEN, 'OK');
    city.heard(ORGANIZER);
  };

  test.each(['👍', 'OK', 'yes please', 'gracias', 'por qué no', '7', '…', 'é, 2'])(
    '%s is no reason why evidence is rejected',
    async (answer) => {
      await city.say(ORGANIZER, 'REJECT 1');
      await city.say(ORGANIZER, answer);
      expect(await city.ask(ORGANIZER, 'REVIEW 1')).toContain('two bags');
      expect(await city.ask(ORGANIZER, `REJECT 1 ${answer}`)).not.toContain('rejected');
    },
  );

  test.each(['APPROVE 1 but reject 2 blurry', 'Reject 2 blurry', 'approve 1, rechazar 2 blurry'])(
    '%s decides about each',
    async (said) => {
      await sendSecond();
      const answers = (await city.say(ORGANIZER, said)).map(({ text }) => text).join('\n');
      expect(answers).toContain('2');
      expect(
        city
          .heard(BEN)
          .map(({ text }) => text)
          .join('\n'),
      ).toContain('blurry');
      const told = city
        .heard(ANA)
        .map(({ text }) => text)
        .join('\n');
      expect(told.includes('approved')).toBe(said.toLowerCase().startsWith('approve'));
      expect(told).not.toContain('reject');
    },
  );
});
