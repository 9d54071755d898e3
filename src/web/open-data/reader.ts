/** Who reads, as far as limits go: one IPv4 address, or one network of IPv6. */

const GROUPS = 8;
/** A /64 is what one household or one server gets; all its addresses are one reader's. */
const NETWORK_GROUPS = 4;
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** The reader behind an address, as a connection tells it; anything else stands for itself. */
export function readerOf(address: string): string {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [groups = ''] = address.split('%');
  const [front = '', back] = groups.split('::');
  const before = front === '' ? [] : front.split(':');
  const after = back === undefined || back === '' ? [] : back.split(':');
  const zeros = Math.max(0, GROUPS - before.length - after.length);
  const all = [...before, ...new Array<string>(zeros).fill('0'), ...after];
  const network = all.slice(0, NETWORK_GROUPS).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':').toLowerCase()}::/64`;
}
