// Against the real PDS and the real PLC directory of a network of its own.
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../scripts/lexicon-changes.ts';
import { type Account, accountFrom, publishLexicons } from '../../scripts/lexicon-publish.ts';
import { readLexicons } from '../../scripts/lexicon-release.ts';
import { run } from '../../scripts/run.ts';
import type { NetworkFacts } from '../../src/sandbox/network.ts';
import { listRecords } from '../support/repository.ts';
import { joinSharedNetwork } from '../support/shared-network.ts';

// It comes with the generator of our code.
const { LexResolver } = createRequire(import.meta.resolve('@atproto/lex'))('@atproto/lex-resolver');

const SCHEMAS = 'com.atproto.lexicon.schema';
let network: NetworkFacts;
let account: Account;
let ours: readonly Lexicon[];

beforeAll(async () => {
  network = await joinSharedNetwork('lexicons');
  account = { service: network.pds, identifier: network.handle, password: network.password };
  ours = await readLexicons();
});

const published = () => listRecords(network.pds, network.did, SCHEMAS);
const without = (name: string) => ours.filter(({ id }) => id !== `org.city-sync.civic.${name}`);
const task = () => structuredClone(ours.find(({ id }) => id.endsWith('.task')) as Lexicon);
const properties = (lexicon: Lexicon) =>
  (lexicon.defs['main'] as unknown as { record: { properties: Record<string, object> } }).record
    .properties;

describe('publishing the lexicons', () => {
  it('needs an account, and says which settings it is in', async () => {
    expect(accountFrom({ BLUESKY_IDENTIFIER: 'a.example' })).toMatch(/^Set BLUESKY_PASSWORD: /);
    expect(accountFrom({})).toMatch(/^Set BLUESKY_IDENTIFIER and BLUESKY_PASSWORD: /);
    expect(accountFrom({ BLUESKY_IDENTIFIER: 'a.example', BLUESKY_PASSWORD: 'x' })).toEqual({
      service: 'https://bsky.social',
      identifier: 'a.example',
      password: 'x',
    });
  });

  it('says when the account is refused or nobody answers, and writes nothing', async () => {
    expect(await publishLexicons({ ...account, password: 'wrong' })).toEqual({
      succeeded: false,
      output: `Nothing was published: ${network.pds} does not let ${network.handle} in (Invalid identifier or password).\n`,
    });
    const nobody = await publishLexicons({ ...account, service: 'http://127.0.0.1:9' });
    expect(nobody.succeeded).toBe(false);
    expect(nobody.output).toMatch(/^Nothing was published: http:\/\/127.0.0.1:9 does not answer/);
    expect(await published()).toEqual([]);
  });

  it('writes each under its name, with the same words, and says what DNS is to know', async () => {
    const done = await publishLexicons(account, without('epoch'));
    expect(done.succeeded).toBe(true);
    expect(done.output).toContain('new        org.city-sync.civic.task\n');
    expect(done.output).toContain(`_lexicon.civic.city-sync.org  TXT  "did=${network.did}"`);
    const expected = without('epoch').map((lexicon) => [
      `at://${network.did}/${SCHEMAS}/${lexicon.id}`,
      { $type: SCHEMAS, ...lexicon },
    ]);
    expect((await published()).map(({ uri, value }) => [uri, value])).toEqual(expected);
  });

  it('writes only what is new or changed', async () => {
    const before = await published();
    const reworded = task();
    Object.assign(reworded.defs['main'] ?? {}, { description: 'Other words.' });
    const done = await publishLexicons(account, [...without('task'), reworded]);
    expect(done.output).toContain('unchanged  org.city-sync.civic.city\n');
    expect(done.output).toContain('new        org.city-sync.civic.epoch\n');
    expect(done.output).toContain('changed    org.city-sync.civic.task\n');
    const after = await published();
    const same = after.filter(({ cid }) => before.some((record) => record.cid === cid));
    expect(after).toHaveLength(ours.length);
    expect(same).toHaveLength(ours.length - 2);
  });

  it('writes nothing when all of it is there', async () => {
    await publishLexicons(account);
    const before = await published();
    const done = await publishLexicons(account);
    expect(done.output).not.toMatch(/^(new|changed)/m);
    expect(await published()).toEqual(before);
  });

  it('writes nothing when one of them would break what is there', async () => {
    const before = await published();
    const broken = task();
    Reflect.deleteProperty(properties(broken), 'title');
    const reworded = { ...ours[0], description: 'New words.' } as Lexicon;
    const done = await publishLexicons(account, [reworded, broken]);
    expect(done.succeeded).toBe(false);
    expect(done.output).toContain(
      'lexicons/org/city-sync/civic/task.json: defs.main.title: the property was removed',
    );
    expect(await published()).toEqual(before);
  });

  it('lets anybody find them by name, proven by the signature of the account', async () => {
    const resolver = new LexResolver({
      plcDirectoryUrl: network.plc,
      hooks: {
        // What the DNS would answer.
        onResolveAuthority: ({ nsid }: { nsid: { authority: string } }) =>
          nsid.authority === 'civic.city-sync.org' ? network.did : undefined,
      },
    });
    for (const lexicon of ours) {
      const found = await resolver.get(lexicon.id);
      expect(String(found.uri)).toBe(`at://${network.did}/${SCHEMAS}/${lexicon.id}`);
      expect(found.lexicon).toMatchObject(lexicon);
    }
  });
});

describe('the command', () => {
  it('ends with 1 and a sentence when it cannot do what was asked', async () => {
    expect(await run('node', ['scripts/lexicons.ts', 'publsh'])).toEqual({
      succeeded: false,
      output: 'There is no publsh. There are: generate, release, publish.\n',
    });
  });
});
