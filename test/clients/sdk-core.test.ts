// Hypercerts' own SDK reads a city's records from a real PDS, without signing in.
import { AtpAgent } from '@atproto/api';
import { beforeAll, expect, it } from 'vitest';
import type { NetworkFacts } from '../../src/sandbox/network.ts';
import { joinSharedNetwork } from '../support/shared-network.ts';
import { NAMES } from './read.ts';
import { readerOf } from './sdk-core.ts';
import { CITY_WORK, CREEK_WORK, PROFILE, PROJECT, TOWN } from './town.ts';

const WRITTEN = [PROFILE, CITY_WORK, CREEK_WORK, PROJECT];

let network: NetworkFacts;
/** With the account's own identifier in place of the made-up one. */
const own = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(TOWN, network.did));

beforeAll(async () => {
  network = await joinSharedNetwork();
  const agent = new AtpAgent({ service: network.pds });
  await agent.login({ identifier: network.handle, password: network.password });
  for (const { collection, rkey, value } of WRITTEN) {
    await agent.com.atproto.repo.putRecord({
      repo: network.did,
      collection,
      rkey,
      record: own(value),
    });
  }
});

it('reads the profile, with the address of its picture', async () => {
  expect(await readerOf(network).profile()).toMatchObject({
    displayName: 'Berkeley',
    description: 'Residents step up.',
    website: 'https://city.example',
    avatar: 'https://city.example/tree.png',
  });
});

it('lists the activities page after page, and gets each by its address', async () => {
  const reader = readerOf(network);
  const activities = await reader.activities();
  expect(activities.map(({ record }) => record['title']).toSorted()).toEqual([
    'Civic work in Berkeley',
    'Creek clean-up',
  ]);
  for (const { uri, cid, record } of activities) {
    expect(await reader.activity(uri)).toEqual({ uri, cid, record });
  }
});

it('reads the project with its calls for any record', async () => {
  const [project, ...others] = await readerOf(network).projects();
  expect(others).toEqual([]);
  expect(project?.record).toEqual(own(PROJECT.value));
});

it('does not know the name of collections in its calls for projects, which is why', async () => {
  const { hypercerts } = readerOf(network).repository;
  expect((await hypercerts.listProjects()).records).toEqual([]);
  await expect(
    hypercerts.getProject(`at://${network.did}/${NAMES.project}/${PROJECT.rkey}`),
  ).rejects.toThrow(/Invalid project record format/);
});
