import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimits } from '../../src/web/open-data/limits.ts';
import { createProxies, readerOf } from '../../src/web/reader.ts';

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
  it('are five, and nobody is shut out by them', () => {
    const limits = createLimits();
    const mine = Array.from({ length: 50 }, () => limits.admit('203.0.113.7'));
    expect(mine.filter(({ ok }) => ok)).toHaveLength(5);
    expect(mine.at(-1)).toMatchObject({ ok: false, status: 429 });
    expect(limits.admit('203.0.113.8')).toMatchObject({ ok: true });
    for (const admission of mine) if (admission.ok) admission.leave();
    expect(limits.admit('203.0.113.7')).toMatchObject({ ok: true });
  });
});

const proxies = (trusted: readonly string[], unnamed = () => undefined) =>
  createProxies(trusted, unnamed);

describe('the address of who asks', () => {
  it.each([
    ['is that of the connection', ['loopback'], '203.0.113.7', undefined, '203.0.113.7'],
    ['whatever a stranger writes', ['loopback'], '203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['is what a proxy says', ['loopback'], '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['also by IPv6', ['loopback'], '::1', '2001:db8::7', '2001:db8::7'],
    ['also wrapped in it', ['loopback'], '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['is the last', ['loopback'], '127.0.0.1', '6.6.6.6, 198.51.100.1', '198.51.100.1'],
    [
      'is the last that is no proxy',
      ['loopback', '10.0.0.0/8', '2001:db8:a::/48'],
      '127.0.0.1',
      '6.6.6.6,198.51.100.1, 10.1.2.3 ,2001:db8:a::1',
      '198.51.100.1',
    ],
    ['may have a port', ['loopback'], '127.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    ['may have one by IPv6', ['loopback'], '127.0.0.1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['is not known', ['loopback'], '127.0.0.1', undefined, undefined],
    ['nor where a proxy asks', ['loopback'], '127.0.0.1', '127.0.0.1, ::1', undefined],
    ['nor where it is none', ['loopback'], '127.0.0.1', '6.6.6.6, unknown', undefined],
    ['is that of the socket', ['uniquelocal'], '127.0.0.1', '6.6.6.6', '127.0.0.1'],
    ['is told by others', ['uniquelocal'], '172.18.0.2', '6.6.6.6', '6.6.6.6'],
    ['also by IPv6 of one’s own', ['uniquelocal'], 'fd00::2', '6.6.6.6', '6.6.6.6'],
    ['also on a link', ['linklocal'], 'fe80::1%eth0', '6.6.6.6', '6.6.6.6'],
    ['also by one address', ['192.0.2.9'], '192.0.2.9', '6.6.6.6', '6.6.6.6'],
    ['only by that one', ['192.0.2.9'], '192.0.2.8', '6.6.6.6', '192.0.2.8'],
    ['where nobody is trusted', [], '127.0.0.1', '6.6.6.6', '127.0.0.1'],
  ])('%s (%j): %s says %s', (_, trusted, connection, forwardedFor, expected) => {
    expect(proxies(trusted).addressOf(connection, forwardedFor)).toBe(expected);
  });

  it('is that of the connection or one that a proxy names, whatever anybody writes', () => {
    const { addressOf } = proxies(['loopback']);
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.ipV4(), (written, true_) => {
        expect(addressOf('203.0.113.7', written)).toBe('203.0.113.7');
        fc.pre(!true_.startsWith('127.'));
        expect(addressOf('127.0.0.1', `${written}, ${true_}`)).toBe(true_);
      }),
    );
  });

  it('says once that a proxy is not named', () => {
    let said = 0;
    const { addressOf } = createProxies(['loopback'], () => {
      said += 1;
    });
    addressOf('203.0.113.7', '6.6.6.6');
    addressOf('172.18.0.2', undefined);
    expect(said).toBe(0);
    addressOf('172.18.0.2', '6.6.6.6');
    addressOf('172.18.0.3', '6.6.6.6');
    expect(said).toBe(1);
  });
});
