// Corrections as the city itself writes them: the audit proves them from the records alone.
import { expect, test } from 'vitest';
import { ADMIN, ANA, EVA, ORGANIZER, openConversation } from '../support/conversation.ts';
import { brokenIn, openPaperAudit } from '../support/paper-audit.ts';
import { newKey, signRepository } from '../support/paper-repository.ts';
import { DID } from '../support/record-facts.ts';

test('the audit agrees with a city whose admins corrected credits, and tells of it', async () => {
  const [audit, key, city] = [await openPaperAudit(), await newKey(), openConversation()];
  try {
    for (const person of [ANA, EVA]) await city.join(person);
    const ana = /p-[0-9a-z]{12}/.exec(await city.ask(ANA, 'ME'))?.[0] ?? '';
    for (const text of ['JOIN 1', 'DONE 1 two bags', 'OK']) await city.say(ANA, text);
    await city.say(ORGANIZER, 'APPROVE 1');
    const invitation = await city.prove(ADMIN, 'INVITE admin');
    await city.say(EVA, /ACCEPT \S+/.exec(invitation)?.[0] ?? '');
    await city.prove(ADMIN, `ADJUST ${ana} +8 because one bag was missed`);
    await city.prove(EVA, 'AGREE 1');
    await city.prove(EVA, `ADJUST ${ana} -3 because one bag was counted twice`);
    await city.prove(ADMIN, 'AGREE 2');
    const newest = new Map(
      city.store.read.records
        .newest(10_000)
        .toReversed()
        .map(({ collection, rkey, value }) => [
          `${collection}/${rkey}`,
          { collection, rkey, value: JSON.parse(value) },
        ]),
    );
    audit.know({ did: DID, key });
    const { car } = await signRepository([...newest.values()], { did: DID, key, rev: REV });
    const report = await audit.car(car);
    // The posts of this city's tasks are no posts of its own account.
    const broken = brokenIn(report).filter((line) => !line.startsWith('ref-foreign'));
    expect(broken).toEqual([]);
    expect(report.notes.list.filter(({ code }) => code === 'adjusted')).toHaveLength(2);
    expect(report.totals).toMatchObject([{ adjusted: 5, adjustedIn: 8, adjustedOut: 3 }]);
  } finally {
    await city.close();
    await audit.close();
  }
});

/** Of a commit after all that the city did. */
const REV = '3zzzzzzzzzz22';
