// A calendar file as a calendar reads it: the parser is Thunderbird's, the checks are those of RFC 5545.
import ICAL from 'ical.js';

const OCTETS_MAX = 75;

/** Refuses what a strict reader would: lines that are too long, or end otherwise than they have to. */
export function readCalendar(text: string) {
  if (!text.endsWith('\r\n')) throw new Error('the last line has no end');
  const lines = text.slice(0, -2).split('\r\n');
  for (const line of lines) {
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line)) throw new Error(`a control in ${line}`);
    if (new TextEncoder().encode(line).length > OCTETS_MAX) throw new Error(`too long: ${line}`);
  }
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((event) => {
    const value = (name: string) => event.getFirstPropertyValue(name)?.toString();
    return {
      uid: value('uid'),
      sequence: value('sequence'),
      status: value('status'),
      start: value('dtstart'),
      end: value('dtend'),
      stamp: value('dtstamp'),
      lastModified: value('last-modified'),
      summary: value('summary'),
      location: value('location'),
      geo: /^GEO:(.*)\r$/mu.exec(text)?.[1],
      description: value('description'),
      url: value('url'),
      transparency: value('transp'),
      names: event.getAllProperties().map(({ name }) => name),
    };
  });
  const value = (name: string) => calendar.getFirstPropertyValue(name)?.toString();
  // This one is not among those that the parser knows as text.
  const name = value('x-wr-calname')?.replace(/\\(.)/gu, '$1');
  return { name, method: value('method'), events };
}
