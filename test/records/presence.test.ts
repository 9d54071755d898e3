// What a city says of itself is valid by our lexicons and by Hypercerts', whatever stands in it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newParticipantId } from '../../src/lib/ids.ts';
import { encodeRecord } from '../../src/records/encode.ts';
import { contributorsOf, shownOf } from '../../src/records/kinds/city-work.ts';
import {
  COLLECTIONS,
  type Facts,
  KINDS,
  type RecordKind,
  type Values,
} from '../../src/records/kinds/index.ts';
import { repeatableRandom } from '../support/city.ts';
import { faultOf } from '../support/hypercerts.ts';
import { FACTS, PARTICIPANT, referenceTo } from '../support/record-facts.ts';

const PICTURE = {
  cid: 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy',
  mediaType: 'image/jpeg',
  sizeBytes: 999_999,
};

/** The JSON of a record, once both lexicons have taken it. */
function published<K extends 'cityWork' | 'project' | 'profile' | 'organization'>(
  kind: K,
  facts: Facts[K],
): Values[K] {
  const { build, lexicon }: RecordKind<K> = KINDS[kind];
  const { json } = encodeRecord({ lexicon }, build(facts));
  const record = JSON.parse(json);
  expect(faultOf(COLLECTIONS[kind], record)).toBeUndefined();
  return record;
}

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .tuple(fc.constantFrom('a', '🦆', '👩‍👩‍👧‍👦', `e${'\u0301'.repeat(300)}`, '# '), fc.nat(4000))
    .map(([unit, times]) => unit.repeat(Math.min(times, Math.ceil(60_000 / unit.length)))),
);
const picture = fc.constantFrom(undefined, PICTURE, { uri: 'https://city.example/a.png' });

describe('who a city is', () => {
  it('is valid, whatever it says', () => {
    const facts = fc.record({
      city: words,
      description: words,
      story: fc.array(words, { maxLength: 70 }),
      types: fc.array(words, { maxLength: 12 }),
      label: words,
      avatar: picture,
      banner: picture,
    });
    fc.assert(
      fc.property(facts, ({ types, label, ...told }) => {
        const links = [{ label, url: 'https://city.example' }];
        published('profile', { ...FACTS.profile, ...told });
        published('project', { ...FACTS.project, ...told });
        published('organization', { ...FACTS.organization, ...told, types, links });
        published('cityWork', { ...FACTS.cityWork, city: told.city, image: told.banner });
      }),
      { numRuns: 60 },
    );
  });

  it('tells headings and paragraphs of its story apart', () => {
    const story = ['# One', 'Two # three', '#four'];
    expect(published('project', { ...FACTS.project, story }).description).toMatchObject({
      blocks: [
        { block: { $type: 'pub.leaflet.blocks.header', level: 2, plaintext: 'One' } },
        { block: { $type: 'pub.leaflet.blocks.text', plaintext: 'Two # three' } },
        { block: { $type: 'pub.leaflet.blocks.text', plaintext: '#four' } },
      ],
    });
  });
});

describe('all the work in a city', () => {
  const random = repeatableRandom();

  it('names the first thousand, and says how many there were', () => {
    const contributors = Array.from({ length: 1001 }, () => newParticipantId(random));
    const facts = { ...FACTS.cityWork, people: 100_000, pieces: 1_234_567, contributors };
    const work = published('cityWork', facts);
    expect(contributorsOf(work)).toEqual(contributors.slice(0, 1000));
    expect(work.shortDescription).toContain(
      '100,000 people, 1,234,567 pieces of work. Each was reviewed and approved. The first 1,000 are named.',
    );
  });

  it('says so when there is one piece of work, or none', () => {
    const one = published('cityWork', { ...FACTS.cityWork, people: 1, pieces: 1 });
    expect(one.shortDescription).toContain('1 person, 1 piece of work.');
    const none = published('cityWork', { ...FACTS.cityWork, people: 0, pieces: 0 });
    expect(none.shortDescription).toContain('None is finished yet.');
  });

  it('names nobody but by a participant id', () => {
    const contributors = [PARTICIPANT, 'Ana'];
    expect(() => KINDS.cityWork.build({ ...FACTS.cityWork, contributors })).toThrow(/p-…/);
  });

  it.each([PICTURE, { uri: 'https://city.example/a.png' }, undefined])(
    'goes on showing what it showed: %o',
    (image) => {
      const location = referenceTo('location');
      const work = published('cityWork', { ...FACTS.cityWork, image, location });
      expect(shownOf(work)).toEqual({ image, location });
    },
  );
});
