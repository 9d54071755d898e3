import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missingConsent, type PublicConsent } from '../../src/domain/consent.ts';

test('evidence needs an agreement for each thing that it makes public, and no other', () => {
  const made = fc.record({ hasWords: fc.boolean(), hasPost: fc.boolean() });
  const given = fc.record({ words: fc.boolean(), posts: fc.boolean() });
  fc.assert(
    fc.property(made, given, (evidence, agreed) => {
      const missing: PublicConsent | undefined = missingConsent(evidence, (one) => agreed[one]);
      const isFree = (!evidence.hasWords || agreed.words) && (!evidence.hasPost || agreed.posts);
      expect(missing === undefined).toBe(isFree);
      if (missing !== undefined) expect(agreed[missing]).toBe(false);
    }),
  );
});
