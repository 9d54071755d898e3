// Two agreements to be public, of which neither is taken for the other.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cidOfBlob } from '../../../src/lib/cid.ts';
import { COLLECTIONS } from '../../../src/records/kinds/index.ts';
import { type Conversation, openConversation, POST } from '../../support/conversation.ts';
import { linkChannels } from '../../support/linking.ts';
import { runs } from '../../support/runs.ts';

const ANA = 'did:plc:anaabcdefghijklmnopqrst';
const SECOND = 'did:plc:anasecondaccountabcdefg';
const PHONE = '+15105550141';
const ABOUT_POST = /will link to your post/;
const ABOUT_WORDS = /anyone can see your words and photos/;

let posts = 0;
const postOf = (did: string) => {
  posts += 1;
  const cid = cidOfBlob(new TextEncoder().encode(String(posts)));
  return { uri: `at://${did}/app.bsky.feed.post/${posts}`, cid } as const;
};
const inPost = (did: string) => ({ thread: POST.uri, post: postOf(did), pictures: ['ok'] });

/** What the city's records say of evidence. */
const evidenceIn = (city: Conversation): string[] =>
  [1, 2, 3, 4, 5].flatMap((number) => {
    const found = city.store.read.evidence.get(number);
    if (found === undefined) return [];
    return city.store.read.records.get(COLLECTIONS.evidence, found.rkey)?.value ?? [];
  });

/** One person on their phone and two Bluesky accounts, in three tasks. */
async function open(): Promise<Conversation> {
  const city = openConversation();
  await city.join(ANA);
  for (const other of [PHONE, SECOND]) {
    await city.join(other);
    await linkChannels(city, { made: ANA, said: other });
  }
  for (const task of [1, 2]) await city.say(ANA, `JOIN ${task}`);
  return city;
}

test('whoever agreed to a link to a post is asked again before words are public', async () => {
  const city = await open();
  try {
    expect(await city.ask(ANA, 'DONE 1', inPost(ANA))).toMatch(ABOUT_POST);
    await city.say(ANA, 'OK', { thread: POST.uri });
    expect(evidenceIn(city)).toHaveLength(1);
    expect(await city.ask(PHONE, 'DONE 2 secret words')).toMatch(ABOUT_WORDS);
    expect(evidenceIn(city).join()).not.toContain('secret');
    await city.say(PHONE, 'OK');
    expect(evidenceIn(city).join()).toContain('secret words');
    expect(city.consents().map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['public-did', 'public-evidence']),
    );
  } finally {
    await city.close();
  }
});

test('whoever agreed that words are public is asked before a record links to a post', async () => {
  const city = await open();
  try {
    await city.say(PHONE, 'DONE 2 words');
    await city.say(PHONE, 'OK');
    expect(await city.ask(ANA, 'DONE 1', inPost(ANA))).toMatch(ABOUT_POST);
    expect(evidenceIn(city).join()).not.toContain('at://did:plc:ana');
    // Another account of theirs is another agreement.
    await city.say(ANA, 'OK', { thread: POST.uri });
    expect(await city.ask(SECOND, 'DONE 1', inPost(SECOND))).toMatch(ABOUT_POST);
    expect(evidenceIn(city).join()).not.toContain(SECOND);
  } finally {
    await city.close();
  }
});

test('words beside a post in one message’s question need both agreements', async () => {
  const city = await open();
  try {
    await city.say(ANA, 'look at it', inPost(ANA));
    expect(await city.ask(ANA, 'DONE 1 secret words')).toMatch(ABOUT_POST);
    expect(evidenceIn(city)).toEqual([]);
    expect(await city.ask(ANA, 'OK')).toMatch(ABOUT_WORDS);
    expect(evidenceIn(city)).toEqual([]);
    await city.say(ANA, 'NO');
    expect(evidenceIn(city)).toEqual([]);
  } finally {
    await city.close();
  }
});

const SENDERS = [ANA, SECOND, PHONE] as const;
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('words' as const),
      who: fc.nat(2),
      task: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('post' as const),
      who: fc.nat(1),
      task: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('bare-post' as const),
      who: fc.nat(1),
      task: fc.constant(1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('OK' as const, 'NO' as const),
      who: fc.nat(2),
      task: fc.constant(1),
    }),
  },
);

test('nothing private is public under the other agreement, in any order of channels', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
      const city = await open();
      try {
        for (const [at, { does, who, task }] of steps.entries()) {
          const from = SENDERS[who] ?? ANA;
          if (does === 'words')
            await city.say(from, `DONE ${task} private${at}`, { pictures: ['ok'] });
          else if (does === 'post') await city.say(from, `DONE ${task} posted${at}`, inPost(from));
          else if (does === 'bare-post') await city.say(from, `seen${at}`, inPost(from));
          else await city.say(from, does, from === PHONE ? {} : { thread: POST.uri });
          const said = evidenceIn(city).join();
          const agreed = city.consents();
          const of = (did: string) =>
            agreed.some(
              ({ kind, identityId }) =>
                kind === 'public-did' &&
                city.store.read.identities.get(identityId)?.id === idOf(city, did),
            );
          if (!agreed.some(({ kind }) => kind === 'public-evidence')) {
            expect(said).not.toMatch(/private\d|posted\d|seen\d|"\$type":"blob"/);
          }
          for (const did of [ANA, SECOND]) {
            if (!of(did)) expect(said).not.toContain(`at://${did}`);
          }
        }
      } finally {
        await city.close();
      }
    }),
    { numRuns: runs(6, 25) },
  );
});

const idOf = (city: Conversation, did: string): number | undefined =>
  city.store.read.identities.idOf(
    'bluesky',
    city.core.foundation.keys.identityLookup('bluesky', did),
  );
