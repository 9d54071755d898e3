/** Finds the time zone in text of the notation (see `createPlainWhen`). */

/** Zones that people name, each with the IANA zones that it can be; the first for strangers to it. */
const ZONES = {
  pacific: ['America/Los_Angeles', 'America/Tijuana', 'America/Vancouver'],
  mountain: ['America/Denver', 'America/Phoenix', 'America/Edmonton', 'America/Boise'],
  central: ['America/Chicago', 'America/Mexico_City', 'America/Monterrey', 'America/Winnipeg'],
  eastern: ['America/New_York', 'America/Detroit', 'America/Toronto', 'America/Cancun'],
  mexico: ['America/Mexico_City'],
  utc: ['UTC'],
} as const;

/** A zone as the texts name it. */
export type Zone = keyof typeof ZONES;

const isZone = (name: string): name is Zone => Object.hasOwn(ZONES, name);
const NAMED = new RegExp(`(?<= )(?:${Object.keys(ZONES).join('|')})(?= )`, 'g');

/** The zone that is said, once or several times over; else the city's. Another one is left in `rest`. */
export function takeZone(
  text: string,
  cityZone: string,
): { readonly zone: Zone | null; readonly timeZone: string; readonly rest: string } {
  const [name = ''] = text.match(NAMED) ?? [];
  if (!isZone(name)) return { zone: null, timeZone: cityZone, rest: text };
  const isOwn = ZONES[name].some((known) => known === cityZone);
  return {
    zone: isOwn ? null : name,
    timeZone: isOwn ? cityZone : ZONES[name][0],
    rest: text.replaceAll(` ${name} `, ' '),
  };
}
