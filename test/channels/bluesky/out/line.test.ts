// A rush of answers, to a server that writes one after the other.
import { expect, test } from 'vitest';
import { createBlueskyChannel } from '../../../../src/channels/bluesky/channel.ts';
import { MINUTE_MS } from '../../../../src/lib/clock.ts';
import { deliveryOf } from '../../../support/bluesky-deliveries.ts';
import { TEST_DID, TEST_NOW } from '../../../support/city.ts';
import { clockOf } from '../../../support/clock.ts';
import { memoryChannelDesk } from '../../../support/telegram-desk.ts';

const CID = 'bafyreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy';

/** A server that answers when it is told to. */
function slowServer() {
  const asked: (() => void)[] = [];
  let now = TEST_NOW;
  const clock = clockOf(() => now);
  const channel = createBlueskyChannel({
    ...memoryChannelDesk(clock.now).capabilities,
    settings: {
      service: 'https://pds.example',
      identifier: 'testville.test',
      password: '',
      chatDid: 'did:web:chat.example',
      pollSeconds: 1,
      plcUrl: 'https://plc.example',
      publicUrl: undefined,
      operator: 'The test operator',
      contact: 'test@city.example',
    },
    session: {
      signIn: async () => ({ kind: 'ok', value: TEST_DID }),
      request: (_, init) =>
        new Promise((answer) => {
          const { rkey } = JSON.parse(Buffer.from(init?.body as Uint8Array).toString());
          const uri = `at://${TEST_DID}/app.bsky.feed.post/${rkey}`;
          asked.push(() => answer(Response.json({ uri, cid: CID })));
        }),
    },
    clock,
  });
  const send = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, at) =>
        channel.send(deliveryOf(`Answer ${at}`, { kind: 'announcement' })),
      ),
    );
  return {
    asked,
    send,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('four are under way at once, and the others come when one of these is through', async () => {
  const { asked, send } = slowServer();
  const sent = send(10);
  let answered = 0;
  for (const atOnce of [4, 4, 2]) {
    await expect.poll(() => asked.length - answered).toBe(atOnce);
    for (const answer of asked.slice(answered)) answer();
    answered += atOnce;
  }
  expect((await sent).map(({ ok }) => ok)).toEqual(Array(10).fill(true));
});

test('what stood in line for long goes back to the outbox untried', async () => {
  const { asked, send, pass } = slowServer();
  const sent = send(6);
  await expect.poll(() => asked.length).toBe(4);
  pass(MINUTE_MS);
  for (const answer of asked) answer();
  expect((await sent).slice(4)).toEqual(
    Array(2).fill({
      ok: false,
      error: expect.objectContaining({ kind: 'retry', isUntried: true }),
    }),
  );
  expect(asked).toHaveLength(4);
});
