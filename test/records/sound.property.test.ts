// Kinds of record that are not held to their lexicon each time: whatever they are built from, they fit.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Facts, KINDS, type Kind, type RecordKind } from '../../src/records/kinds/index.ts';
import { FACTS, KIND_NAMES, referenceTo } from '../support/record-facts.ts';
import { runs } from '../support/runs.ts';

const SOUND = KIND_NAMES.filter((kind) => KINDS[kind].isSound === true);

const LAST_MS = Date.UTC(9999, 11, 31);
const base32 = fc.string({
  unit: fc.constantFrom(...'234567abcdefghijklmnopqrstuvwxyz'),
  ...len(13),
});
const rkey = base32.map((text) => `3${text.slice(1)}`);
const reference = fc
  .tuple(fc.constantFrom(...KIND_NAMES), rkey)
  .map(([kind, key]) => referenceTo(kind, key));
const participant = fc
  .string({ unit: fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyz'), ...len(12) })
  .map((text) => `p-${text}`);
const account = fc.oneof(
  participant.map((id) => `person:${id}`),
  rkey.map((key) => `issuance:${key}`),
  rkey.map((key) => `redeemed:${key}`),
  fc.constantFrom('expired', 'adjustment'),
);
const ms = fc.integer({ min: 1, max: LAST_MS });
const whole = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const words = fc.string({ unit: 'binary', maxLength: 2000 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

function len(length: number) {
  return { minLength: length, maxLength: length };
}

/** Leaves out what is undefined, as the facts of a record do. */
const present = <T extends object>(facts: fc.Arbitrary<T>) =>
  facts.map((all) =>
    Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
  );

const ARBITRARY: { readonly [K in Kind]?: fc.Arbitrary<object> } = {
  transfer: present(
    fc.record({
      position: whole,
      previous: fc.constantFrom(null, FACTS.transfer.previous),
      kind: fc.constantFrom('posted', 'pending', 'post', 'void'),
      code: fc.constantFrom('issue', 'hold', 'burn', 'release', 'expire', 'adjust'),
      debit: account,
      credit: account,
      creditKind: fc.constant('CITY'),
      amount: whole,
      resolves: optional(reference),
      reference: optional(reference),
      expiresAt: optional(ms),
      reason: optional(words),
      askedBy: optional(participant),
      agreedBy: optional(participant),
      timeUs: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    }),
  ),
  claim: present(
    fc.record({
      task: reference,
      participant,
      state: fc.constantFrom(
        ...(['joined', 'standby', 'submitted', 'verified', 'rejected', 'left', 'closed'] as const),
      ),
      createdAt: ms,
      updatedAt: optional(ms),
    }),
  ),
  redemption: present(
    fc.record({
      offer: reference,
      redeemer: reference,
      burn: reference,
      honoredAt: ms,
      isLate: fc.boolean(),
      by: fc.option(participant),
    }),
  ),
};

test('there are such kinds', () => {
  expect(SOUND.toSorted()).toEqual(Object.keys(ARBITRARY).toSorted());
});

test.each(SOUND)('a %s fits its lexicon, whatever it is built from', (kind) => {
  const { lexicon, build }: RecordKind<Kind> = KINDS[kind];
  const facts = ARBITRARY[kind] ?? fc.constant({});
  fc.assert(
    fc.property(facts, (one) => {
      const result = lexicon.main.safeValidate(build(one as Facts[Kind]));
      expect(result.success ? [] : result.reason.issues).toEqual([]);
    }),
    { numRuns: runs(500, 2000) },
  );
});
