const HEAD_SHOWN = 5;
const TAIL_SHOWN = 4;
const HIDDEN_MIN = 3;

/** An address that its owner knows again, with a part left out: `+1510•••0101`. */
export function maskAddress(address: string): string {
  const isLong = address.length >= HEAD_SHOWN + HIDDEN_MIN + TAIL_SHOWN;
  const shown = isLong ? HEAD_SHOWN + TAIL_SHOWN : Math.floor(address.length / 2);
  const tail = Math.min(TAIL_SHOWN, Math.floor(shown / 2));
  return `${address.slice(0, shown - tail)}•••${address.slice(address.length - tail)}`;
}

/** The last symbols of an address, for those who know it: `0101`; fewer of a short one. */
export const addressTail = (address: string): string =>
  address.slice(-Math.min(TAIL_SHOWN, Math.floor(address.length / 2)));
