/** The calendar reads the store. */
import type { City } from '../../domain/city.ts';
import { TASK_LASTS_MS } from '../../domain/task.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { COLLECTIONS } from '../../records/kinds/index.ts';
import { coordinatesOf } from '../../records/kinds/location.ts';
import type { Store } from '../../store/store.ts';
import type { CalendarReads, CalendarTask } from './calendar.ts';

const LISTED_MAX = 500;
/** So long calendars still show what is over. */
const SHOWN_AFTER_MS = 7 * DAY_MS;

type Found = NonNullable<ReturnType<Store['read']['tasks']['oneInCalendar']>>;

export function calendarReads(options: {
  readonly store: Store;
  readonly city: Pick<City, 'areas'>;
  readonly publicUrl: string | undefined;
  readonly now: () => number;
}): CalendarReads {
  const { read } = options.store;
  const coordinatesAt = (rkey: string) => {
    const record = read.records.get(COLLECTIONS.location, rkey);
    return record && coordinatesOf(JSON.parse(record.value));
  };
  const shown = ({ task, issuer, location }: Found): CalendarTask => ({
    ...task,
    number: task.id,
    issuer,
    coordinates: location === null ? undefined : coordinatesAt(location),
    changedAt: task.closedAt ?? task.changes.at(-1)?.until ?? task.createdAt,
  });
  return {
    areas: options.city.areas,
    publicUrl: options.publicUrl,
    task: (number) => {
      const found = read.tasks.oneInCalendar(number);
      return found && shown(found);
    },
    tasks: (area) => {
      const now = options.now();
      const asked = { now, endedAfter: now - SHOWN_AFTER_MS, lastsMs: TASK_LASTS_MS };
      return read.tasks
        .inCalendar({ ...asked, area: area?.name ?? null, limit: LISTED_MAX })
        .map(shown);
    },
  };
}
