/** How an address is shown to whom it does not belong: never the whole. */

const SHOWN_MAX = 4;

/** The end of an address: four characters at most, and never more than half of it. */
export const addressEnding = (address: string): string =>
  address.slice(-Math.min(SHOWN_MAX, Math.floor(address.length / 2)));
