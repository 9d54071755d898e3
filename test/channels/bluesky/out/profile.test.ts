import { beforeAll, expect, test } from 'vitest';
import { prepareProfile } from '../../../../src/channels/bluesky/out/profile.ts';
import type { NetworkFacts } from '../../../../src/sandbox/network.ts';
import { joinNetwork } from '../../../support/bluesky-deliveries.ts';
import { joinSharedNetwork, newHandle } from '../../../support/shared-network.ts';

const OPERATOR = { operator: 'City of Berkeley', contact: '+1 510 555 0100' };
const LINE = '🤖 City of Berkeley · +1 510 555 0100';
const BOT = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'bot' }] };

let network: NetworkFacts;
beforeAll(async () => {
  network = await joinSharedNetwork('creek');
});

let accounts = 0;
async function newAccount() {
  accounts += 1;
  const agent = await joinNetwork(network.pds, newHandle(`city${accounts}`));
  const account = { did: agent.assertDid, agent };
  const { repo } = agent.com.atproto;
  const where = (collection: string) => ({ repo: account.did, collection, rkey: 'self' });
  return {
    prepare: () => prepareProfile({ account, settings: OPERATOR }),
    read: async (collection: string) => (await repo.getRecord(where(collection))).data.value,
    write: (collection: string, record: Record<string, unknown>) =>
      repo.putRecord({ ...where(collection), record: { $type: collection, ...record } }),
    revision: async () => {
      const { data } = await agent.com.atproto.sync.getLatestCommit({ did: account.did });
      return data.rev;
    },
  };
}
const PROFILE = 'app.bsky.actor.profile';
const DECLARATION = 'chat.bsky.actor.declaration';

test('a new account says that it is a bot, who runs it, and that anybody may write to it', async () => {
  const account = await newAccount();
  await account.prepare();
  expect(await account.read(PROFILE)).toEqual({ $type: PROFILE, description: LINE, labels: BOT });
  expect(await account.read(DECLARATION)).toEqual({ $type: DECLARATION, allowIncoming: 'all' });
});

test('a second start writes nothing', async () => {
  const account = await newAccount();
  await account.prepare();
  const before = await account.revision();
  await account.prepare();
  expect(await account.revision()).toBe(before);
});

test('what the operator wrote stays', async () => {
  const account = await newAccount();
  const labels = { ...BOT, values: [{ val: '!no-unauthenticated' }] };
  const written = { displayName: 'Berkeley', description: 'Step up for your creek.', labels };
  await account.write(PROFILE, written);
  await account.write(DECLARATION, { allowIncoming: 'following', allowGroupInvites: 'none' });
  await account.prepare();
  expect(await account.read(PROFILE)).toEqual({
    $type: PROFILE,
    displayName: 'Berkeley',
    description: `Step up for your creek.\n\n${LINE}`,
    labels: { ...BOT, values: [{ val: '!no-unauthenticated' }, { val: 'bot' }] },
  });
  expect(await account.read(DECLARATION)).toEqual({
    $type: DECLARATION,
    allowIncoming: 'all',
    allowGroupInvites: 'none',
  });
});

test.each([
  { about: 'that names the operator', description: 'Run by the City of Berkeley since 2026.' },
  { about: 'with no room for another line', description: 'a'.repeat(250) },
])('a description $about stays as it is', async ({ description }) => {
  const account = await newAccount();
  await account.write(PROFILE, { description });
  await account.prepare();
  expect(await account.read(PROFILE)).toEqual({ $type: PROFILE, description, labels: BOT });
});
