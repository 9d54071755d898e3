/** `/tasks/12.ics` and `/tasks.ics`: tasks in the calendar of whoever asks. */
import { type Context, Hono } from 'hono';
import { areaNamed } from '../../domain/area.ts';
import { cidOfBlob } from '../../lib/cid.ts';
import { isKnown } from '../etag.ts';
import { languageOf, problem } from '../problem-page.ts';
import { type CalendarReads, type CalendarTask, writeCalendar } from './calendar.ts';
import type { HomeCity } from './home.ts';

export function calendarRoutes(reads: CalendarReads, city: () => HomeCity): Hono {
  const app = new Hono();
  app.get('/tasks.ics', (c) => {
    const words = c.req.query('area') ?? '';
    const area = areaNamed(words, reads.areas);
    if (words !== '' && area === undefined) return problem(c, 404, reads.areas.map(pathOf));
    const name = area === undefined ? city().name : `${city().name}: ${area.name}`;
    return answer(c, { file: 'tasks.ics', name, tasks: reads.tasks(area) });
  });
  app.get('/tasks/:file{[1-9][0-9]{0,14}[.]ics}', (c) => {
    const number = Number.parseInt(c.req.param('file'), 10);
    const task = reads.task(number);
    if (task === undefined) return c.notFound();
    return answer(c, { file: `task-${number}.ics`, name: city().name, tasks: [task] });
  });

  function answer(
    c: Context,
    { file, name, tasks }: { file: string; name: string; tasks: readonly CalendarTask[] },
  ): Response {
    const { publicUrl } = reads;
    const { timeZone } = city();
    const text = writeCalendar(languageOf(c), { name, timeZone, publicUrl }, tasks);
    const body = new TextEncoder().encode(text);
    const etag = `"${cidOfBlob(body).slice(-16)}"`;
    const headers = { ETag: etag, 'Cache-Control': 'public, no-cache', Vary: 'Accept-Language' };
    if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
    return c.body(body, 200, {
      ...headers,
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `inline; filename="${file}"`,
    });
  }
  return app;
}

const pathOf = ({ name }: { readonly name: string }): string =>
  `/tasks.ics?area=${encodeURIComponent(name)}`;
