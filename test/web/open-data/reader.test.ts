import { describe, expect, it } from 'vitest';
import { createLimits } from '../../../src/web/open-data/limits.ts';
import { readerOf } from '../../../src/web/open-data/reader.ts';

describe('a reader', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::7:1:2:3:4', '2001:db8:0:7::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['somebody', 'somebody'],
  ])('%s is %s', (address, reader) => {
    expect(readerOf(address)).toBe(reader);
  });
});

describe('the files that one reader has open', () => {
  it('are five, and nobody is shut out by them', async () => {
    const limits = createLimits();
    const mine = await Promise.all(Array.from({ length: 50 }, () => limits.admit('203.0.113.7')));
    expect(mine.filter(({ ok }) => ok)).toHaveLength(5);
    expect(mine.at(-1)).toMatchObject({ ok: false, status: 429 });
    expect(await limits.admit('203.0.113.8')).toMatchObject({ ok: true });
    for (const admission of mine) if (admission.ok) admission.leave();
    expect(await limits.admit('203.0.113.7')).toMatchObject({ ok: true });
  });
});
