import { expect, test } from 'vitest';
import { createIngress } from '../../src/sandbox/ingress.ts';
import { createPhones } from '../../src/sandbox/phones.ts';

test('a phone shows no more of a message than the city reads', async () => {
  const phones = createPhones();
  const ingress = createIngress({
    inbox: { receive: async () => ({ id: 1, isNew: true }) },
    phones,
    spool: { put: async () => '' },
    newId: () => '1',
    now: () => 0,
  });
  const from = '+15105550101';
  await ingress({ channel: 'sms', from, text: 'x'.repeat(1_000_000), media: [] });
  await ingress({ channel: 'sms', from, text: 'JOIN 1', media: [] });
  const texts = phones.messages('sms', from).map(({ text }) => text);
  expect(texts).toEqual(['x'.repeat(5000), 'JOIN 1']);
});
