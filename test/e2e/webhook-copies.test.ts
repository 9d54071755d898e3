// A thousand webhooks in one to five copies each, half of them at once; `npm run soak` posts ten
// thousand.
import { expect, it } from 'vitest';
import { createDice } from '../soak/dice.ts';
import { postCopies } from '../soak/webhooks.ts';

const WEBHOOKS = 1000;

it('takes every copy of a webhook, and does its effect once', async () => {
  const figures = await postCopies(WEBHOOKS, createDice(1));
  expect(figures).toMatchObject({
    refused: 0,
    messages: WEBHOOKS,
    claims: WEBHOOKS,
    answers: WEBHOOKS,
  });
  expect(figures.requests).toBeGreaterThan(2.5 * WEBHOOKS);
  expect(figures.atOnce).toBeGreaterThan(0.4 * WEBHOOKS);
});
