// Whatever a stranger makes of what providers hand on: each parser takes it as a message within
// limits or leaves it, and none of them throws.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseMessage, parsePost } from '../../src/channels/bluesky/in/parse.ts';
import { parseForm } from '../../src/channels/sms/parse.ts';
import { TEST_NOW } from '../support/city.ts';
import { mutationsOf, soundMutationsOf } from '../support/mutations.ts';
import { runs } from '../support/runs.ts';
import { openTelegramCity } from '../support/telegram-city.ts';
import {
  ANA_ID,
  copiedPost,
  copies,
  photo,
  posts,
  presses,
  says,
  saysInGroup,
  sends,
  user,
} from '../support/telegram-updates.ts';

const RUNS = { numRuns: runs(250, 1000) };
const US = 'did:plc:city2222222222222222222a';
const ANA = 'did:plc:ana22222222222222222222a';
const post = (did: string, rkey: string) => ({
  uri: `at://${did}/app.bsky.feed.post/${rkey}`,
  cid: `bafyrei${rkey}`,
});

it('a form of a text', () => {
  const form = {
    MessageSid: `MM${'0a'.repeat(16)}`,
    From: '+15105550141',
    Body: 'DONE 1',
    NumMedia: '2',
    MediaUrl0: 'https://api.twilio.com/2010-04-01/Accounts/AC0/Messages/MM0/Media/ME0',
    MediaUrl1: 'https://evil.example/',
    NumSegments: '1',
    OptOutType: 'STOP',
  };
  fc.assert(
    fc.property(mutationsOf([form]), (changed) => {
      // A form has nothing but texts.
      const fields = Object.entries(Object(changed)).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
      ]);
      const parsed = parseForm(Object.fromEntries(fields), TEST_NOW);
      if (!parsed.ok) return;
      expect(parsed.value.sender).toMatch(/^\+\d{7,15}$/);
      expect(parsed.value.pictures.length).toBeLessThanOrEqual(10);
    }),
    RUNS,
  );
});

it('an update of the Bot API', async () => {
  const ana = user(ANA_ID);
  const copy = copiedPost(41, 'Creek');
  const updates = [
    says(ana, '/start abc'),
    saysInGroup(ana, '@CityTestBot JOIN 1'),
    sends(ana, photo('creek')),
    presses(ana, 'JOIN 1', { id: 3 }),
    posts('ANNOUNCE a; 1; sat 9am; b; 1'),
    copies(copy),
  ];
  const city = await openTelegramCity();
  try {
    await fc.assert(
      fc.asyncProperty(soundMutationsOf(updates), async (changed) => {
        // What cannot be taken now cannot be later, and would hold up all that comes after it.
        expect([200, 400]).toContain(await city.post(JSON.stringify(changed) ?? ''));
      }),
      RUNS,
    );
    await city.core.idle();
  } finally {
    await city.close();
  }
});

it('a post that notifications show, and a private message', () => {
  const shown = {
    ...post(ANA, '3ana'),
    author: { did: ANA, labels: [{ src: ANA, val: 'bot', neg: true }] },
    record: {
      $type: 'app.bsky.feed.post',
      text: '@city.test JOIN 1',
      facets: [
        {
          index: { byteStart: 0, byteEnd: 10 },
          features: [{ $type: 'app.bsky.richtext.facet#mention', did: US }],
        },
      ],
      reply: { root: post(US, '3task'), parent: post(US, '3task') },
      embed: { $type: 'app.bsky.embed.images', images: [{ image: { ref: { $link: 'bafy' } } }] },
    },
  };
  const message = {
    $type: 'chat.bsky.convo.defs#messageView',
    id: 'abc',
    text: 'JOIN 1',
    sender: { did: ANA },
    replyTo: { id: 'xyz' },
  };
  const around = { did: US, isAnnouncement: () => true };
  fc.assert(
    fc.property(mutationsOf([shown]), (changed) => {
      expect(['said', 'missing', 'nothing']).toContain(parsePost(changed, around).kind);
    }),
    RUNS,
  );
  fc.assert(
    fc.property(mutationsOf([message]), (changed) => {
      const parsed = parseMessage(changed, 'convo', US);
      expect(typeof (parsed?.text ?? '')).toBe('string');
    }),
    RUNS,
  );
});
