/** Tasks as a calendar that phones and computers subscribe to (RFC 5545). */
import ical, {
  escape as escapeText,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import type { Area } from '../../domain/area.ts';
import { taskEnd } from '../../domain/task.ts';
import { dayNumber } from '../../domain/task-filter.ts';
import type { PageLanguage } from '../../languages/pages.ts';
import { DAY_MS } from '../../lib/clock.ts';
import type { Coordinates } from '../../lib/coordinates.ts';
import { publicAddress } from '../../lib/public-address.ts';
import { cleanText } from '../../lib/text.ts';
import { COLLECTIONS } from '../../records/kinds/index.ts';
import type { HomeTask } from './home.ts';

/** A task as a calendar tells it; times in ms. */
export type CalendarTask = Pick<
  HomeTask,
  'number' | 'title' | 'place' | 'credits' | 'issuer' | 'state' | 'reason' | 'isAnyTime'
> & {
  /** The key of its record, which stays the same whatever is changed. */
  readonly rkey: string;
  readonly startsAt: number;
  readonly endsAt: number | null;
  /** What else people should know; empty for nothing. */
  readonly note: string;
  readonly area: string | null;
  readonly coordinates: Coordinates | undefined;
  /** How often it was changed. */
  readonly sequence: number;
  readonly changedAt: number;
  readonly closedAt: number | null;
};

export type CalendarReads = {
  /** The task of that number, whatever became of it. */
  readonly task: (number: number) => CalendarTask | undefined;
  /** Those to come and those that were over within a week: of one area, or of all. */
  readonly tasks: (area: Area | undefined) => readonly CalendarTask[];
  readonly areas: readonly Area[];
  /** The address of the city's start page; undefined where it has none. */
  readonly publicUrl: string | undefined;
};

/** How often subscribers ask again, where they obey. */
const REFRESH_SECONDS = 60 * 60;

export function writeCalendar(
  language: PageLanguage,
  city: {
    readonly name: string;
    readonly timeZone: string;
    readonly publicUrl: string | undefined;
  },
  tasks: readonly CalendarTask[],
): string {
  const calendar = ical({
    prodId: { company: 'City/Sync', product: 'Tasks', language: language.tag.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
    // The library does not escape this one.
    name: escapeText(oneLine(city.name), false),
    events: tasks.map((task) => eventOf(language, city, task)),
  });
  // The last line has to end like all others.
  return `${calendar.toString()}\r\n`;
}

function eventOf(
  { t }: PageLanguage,
  { timeZone, publicUrl }: Parameters<typeof writeCalendar>[1],
  task: CalendarTask,
): ICalEventData {
  const url = publicUrl && publicAddress(publicUrl, `/tasks/${task.number}`);
  const isOff = isCalledOff(task);
  const title = oneLine(task.title);
  const place = oneLine(task.place);
  const facts = t('calendar.facts', { issuer: task.issuer, credits: task.credits });
  const why = task.reason && t('taskPage.called-off.text', { reason: task.reason });
  const description = [facts, why, task.note, url].filter(Boolean).map(String);
  const changedAt = new Date(task.changedAt);
  return {
    id: `${task.rkey}@${COLLECTIONS.task}`,
    ...spanOf(task, timeZone),
    // A call-off is a change, too: calendars keep the version with the highest number.
    sequence: task.sequence + (isOff ? 1 : 0),
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    stamp: changedAt,
    lastModified: changedAt,
    summary: isOff ? t('calendar.off', { title }) : title,
    ...(place && { location: { title: place, ...geoOf(task) } }),
    description: description.map(cleanText).join('\n'),
    ...(url && { url }),
  };
}

const geoOf = ({ coordinates }: CalendarTask) =>
  coordinates && { geo: { lat: coordinates.latitude, lon: coordinates.longitude } };

/** Need nobody come? A task may also be closed before it begins. */
const isCalledOff = ({ state, closedAt, startsAt }: CalendarTask): boolean =>
  state === 'called-off' || (state === 'closed' && closedAt !== null && closedAt < startsAt);

/** A time in UTC, which every calendar shows by its own clock; days of the city without a fixed time. */
function spanOf(
  task: CalendarTask,
  timeZone: string,
): Pick<ICalEventData, 'start' | 'end' | 'allDay' | 'transparency'> {
  if (task.isAnyTime !== 1) {
    return { start: new Date(task.startsAt), end: new Date(taskEnd(task)) };
  }
  const lastDay = dayAt(taskEnd(task) - 1, timeZone);
  return {
    start: new Date(dayAt(task.startsAt, timeZone)),
    end: new Date(lastDay + DAY_MS),
    allDay: true,
    // Nobody is taken for busy all those days.
    transparency: ICalEventTransparency.TRANSPARENT,
  };
}

/** The city's day as midnight in UTC, which is how the library takes days. */
const dayAt = (ms: number, timeZone: string): number => dayNumber(ms, timeZone) * DAY_MS;

const oneLine = (text: string): string => cleanText(text).replace(/\s+/gu, ' ');
