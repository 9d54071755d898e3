// What the real AppView shows of what we say.
import type { AtpAgent } from '@atproto/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinNetwork } from '../support/bluesky-deliveries.ts';
import { type FullNetwork, startFullNetwork } from '../support/full-network.ts';

let network: FullNetwork;
let city: AtpAgent;
let ana: AtpAgent;

beforeAll(async () => {
  network = await startFullNetwork();
  city = await joinNetwork(network.pds, 'creek.test');
  ana = await joinNetwork(network.pds, 'ana.test');
});
afterAll(() => network?.close());

test('a mention notifies the city', async () => {
  await ana.post({
    text: '@creek.test hi',
    facets: [
      {
        index: { byteStart: 0, byteEnd: 11 },
        features: [{ $type: 'app.bsky.richtext.facet#mention', did: city.assertDid }],
      },
    ],
  });
  await network.processAll();
  const { data } = await city.app.bsky.notification.listNotifications();
  expect(data.notifications.map(({ reason }) => reason)).toEqual(['mention']);
});
