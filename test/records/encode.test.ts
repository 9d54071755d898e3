import { describe, expect, it } from 'vitest';
import { encodeRecord, InvalidRecordError } from '../../src/records/encode.ts';
import { COLLECTIONS, KINDS, type Kind } from '../../src/records/kinds/index.ts';
import { EXAMPLES, FACTS, KIND_NAMES } from '../support/record-facts.ts';

describe('encodeRecord', () => {
  it.each(KIND_NAMES)('accepts an example of a %s', (kind) => {
    const { cid, json } = encodeRecord<Kind>(KINDS[kind], EXAMPLES[kind]);
    expect(cid).toMatch(/^bafyrei[a-z2-7]{52}$/);
    expect(JSON.parse(json)).toMatchObject({ $type: COLLECTIONS[kind] });
  });

  it('names what is wrong, without its value', () => {
    const task = EXAMPLES.task;
    const wrong = { ...task, title: '+15105550101'.repeat(400) };
    expect(() => encodeRecord(KINDS.task, wrong)).toThrow(
      new InvalidRecordError('Not a valid org.city-sync.civic.task: title: too_big'),
    );
  });

  it('names a property that is missing', () => {
    const { title: _, ...task } = EXAMPLES.task;
    expect(() => encodeRecord(KINDS.task, task as never)).toThrow(/: title: required_key$/);
  });

  it('refuses a fraction of a credit', () => {
    for (const amount of [0.5, 0, -1, Number.NaN]) {
      expect(() => KINDS.transfer.build({ ...FACTS.transfer, amount })).toThrow(/amount/);
    }
  });

  it('refuses half a character, which no two encoders write alike', () => {
    const task = EXAMPLES.task;
    for (const title of ['\ud83c', 'a\\\ud83c', '\udfff tail']) {
      expect(() => encodeRecord(KINDS.task, { ...task, title })).toThrow(/Half a character/);
    }
    for (const title of ['\ud83c\udf31', '\\ud83c', '\\\\ud83c']) {
      expect(() => encodeRecord(KINDS.task, { ...task, title })).not.toThrow();
    }
  });
});
