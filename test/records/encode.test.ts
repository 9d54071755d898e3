import { describe, expect, it } from 'vitest';
import { encodeRecord, InvalidRecordError } from '../../src/records/encode.ts';
import { COLLECTIONS, type Collection } from '../../src/records/kinds/index.ts';
import { examples } from '../support/record-facts.ts';

const each = Object.keys(examples()) as Collection[];

describe('encodeRecord', () => {
  it.each(each)('accepts an example of %s', (collection) => {
    const value = examples()[collection];
    const { cid, json } = encodeRecord(collection, value);
    expect(cid).toMatch(/^bafyrei[a-z2-7]{52}$/);
    expect(JSON.parse(json)).toMatchObject({ $type: collection });
  });

  it('names what is wrong, without its value', () => {
    const task = examples()[COLLECTIONS.task];
    const wrong = { ...task, title: '+15105550101'.repeat(400) };
    expect(() => encodeRecord(COLLECTIONS.task, wrong)).toThrow(
      new InvalidRecordError('Not a valid org.city-sync.civic.task: title: too_big'),
    );
  });

  it('names a property that is missing', () => {
    const { task: _, ...claim } = examples()[COLLECTIONS.claim];
    expect(() => encodeRecord(COLLECTIONS.claim, claim as never)).toThrow(/: task: required_key$/);
  });

  it('refuses a fraction of a credit', () => {
    const transfer = examples()[COLLECTIONS.transfer];
    expect(() => encodeRecord(COLLECTIONS.transfer, { ...transfer, amount: 0.5 })).toThrow(
      /amount/,
    );
  });

  it('refuses half a character, which no two encoders write alike', () => {
    const task = examples()[COLLECTIONS.task];
    for (const title of ['\ud83c', 'a\\\ud83c', '\udfff tail']) {
      expect(() => encodeRecord(COLLECTIONS.task, { ...task, title })).toThrow(/Half a character/);
    }
    for (const title of ['\ud83c\udf31', '\\ud83c', '\\\\ud83c']) {
      expect(() => encodeRecord(COLLECTIONS.task, { ...task, title })).not.toThrow();
    }
  });
});
