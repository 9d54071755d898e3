// A proof of a record is believed for its bytes alone.
import { blocksToCarFile, readCarWithRoot } from '@atproto/repo';
import { beforeAll, describe, expect, it } from 'vitest';
import { cidInProof } from '../../src/account/proof.ts';
import { newKey, signRepository } from '../support/paper-repository.ts';

const DID = 'did:plc:testville2345abcdefghijk';
const COLLECTION = 'org.city-sync.civic.claim';
const at = (rkey: string, did = DID) => ({ did, collection: COLLECTION, rkey });

let car: Uint8Array;
let cid: string;

beforeAll(async () => {
  const records = ['one', 'two', 'three'].map((rkey) => ({
    ...{ collection: COLLECTION, rkey },
    value: { $type: COLLECTION, note: `This is ${rkey}` },
  }));
  const key = await newKey();
  const signed = await signRepository(records, { did: DID, key, rev: '3zzzzzzzzzz22' });
  car = signed.car;
  cid = (await cidInProof(car, at('two'))) ?? '';
});

describe('a proof', () => {
  it('tells the CID of the record that it has, and that there is none', async () => {
    expect(cid).toMatch(/^bafyrei/);
    expect(await cidInProof(car, at('four'))).toBeUndefined();
  });

  it('of another repository is refused', async () => {
    await expect(cidInProof(car, at('two', 'did:plc:other'))).rejects.toThrow('another repository');
  });

  it('that names a record and does not have its bytes is refused', async () => {
    const { root, blocks } = await readCarWithRoot(car);
    const record = blocks.entries().find((entry) => entry.cid.toString() === cid);
    blocks.delete(record?.cid as NonNullable<typeof record>['cid']);
    const without = await blocksToCarFile(root, blocks);
    await expect(cidInProof(without, at('two'))).rejects.toThrow('leaves out the record');
    // The others are there.
    expect(await cidInProof(without, at('one'))).toMatch(/^bafyrei/);
  });

  it('with one other byte anywhere, or none at all, is refused or tells the same', async () => {
    for (let place = 0; place < car.length; place += 7) {
      const changed = car.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      const told = await cidInProof(changed, at('two')).catch(() => cid);
      expect(told, `byte ${place}`).toBe(cid);
    }
    await expect(cidInProof(new Uint8Array(0), at('two'))).rejects.toThrow();
  });
});
