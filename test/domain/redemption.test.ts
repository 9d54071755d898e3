import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideConfirm, LATE_MS_MAX } from '../../src/domain/redemption.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { MORNING } from '../support/record-facts.ts';

const ENDS_AT = MORNING + 15 * MINUTE_MS;
const REDEEMER = 1;
const [HOLDER, OPERATOR] = [10, 20];

const facts = fc.record({
  state: fc.constantFrom('held', 'honored', 'released', 'expired'),
  partnerId: fc.constantFrom(REDEEMER, 2),
  operatorId: fc.constantFrom(OPERATOR, OPERATOR, HOLDER),
  sentAt: fc.integer({ min: MORNING, max: MORNING + HOUR_MS }),
  /** How long after it was sent the city got to it. */
  afterMs: fc.oneof(fc.nat(HOUR_MS), fc.nat(LATE_MS_MAX + HOUR_MS)),
});

test('a code is honored if it was sent before its end, by its redeemer, and not more than a day late', () => {
  fc.assert(
    fc.property(facts, ({ state, partnerId, operatorId, sentAt, afterMs }) => {
      const burnsAt = sentAt + afterMs;
      const decision = decideConfirm({
        redemption: {
          ...{ state, partnerId },
          personId: HOLDER,
          expiresAt: ENDS_AT,
          resolvedAt: state === 'held' ? null : ENDS_AT,
        },
        redeemsFor: [REDEEMER],
        areClose: false,
        ...{ operatorId, sentAt, burnsAt },
        endsAt: ENDS_AT,
      });
      const said = decision.ok ? decision.value : decision.refusal.code;
      if (partnerId !== REDEEMER) expect(said).toBe('code-unknown');
      else if (state === 'honored') expect(said).toBe('repeat');
      else if (state === 'released') expect(said).toBe('code-released');
      else if (sentAt >= ENDS_AT || burnsAt > ENDS_AT + LATE_MS_MAX) {
        expect(said).toBe('code-expired');
      } else if (operatorId === HOLDER) expect(said).toBe('code-own');
      else {
        expect(said).toBe(burnsAt < ENDS_AT && state === 'held' ? 'honor' : 'honor-late');
      }
    }),
    { numRuns: 2000 },
  );
});
