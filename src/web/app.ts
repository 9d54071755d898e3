/** Everything that is served over HTTP, put together. */
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { PageLanguages } from '../languages/pages.ts';
import { type Assets, assetRoutes } from './assets.ts';
import { linksBelow, pathWithout } from './base-path.ts';
import { type DeskParts, deskRoutes } from './desk/routes.ts';
import { limitReaders } from './limits.ts';
import { xrpcElsewhere } from './open-data/not-here.ts';
import { type OpenDataParts, openDataRoutes } from './open-data/routes.ts';
import { languageOf, problem } from './problem-page.ts';
import type { CalendarReads } from './public/calendar.ts';
import { calendarRoutes } from './public/calendar-routes.ts';
import { type EvidenceReads, evidenceRoutes } from './public/evidence-page.ts';
import { type HomeReads, homePage } from './public/home.ts';
import { myDataRoutes, type TakeMyData } from './public/my-data-page.ts';
import { proofRoutes, type SeeProof } from './public/proof-page.ts';
import { type SeeSign, signRoutes } from './public/sign-page.ts';
import { taskPage } from './public/task-page.ts';
import { DATA_HEADERS, openToAll, pageSecurity } from './security.ts';

/** `ok` decides between 200 and 503; the rest is told as it is. */
type Health = { readonly ok: boolean } & Readonly<Record<string, unknown>>;

export type WebParts = {
  readonly health: () => Health | Promise<Health>;
  /** In the text format of Prometheus. */
  readonly metrics: () => string | Promise<string>;
  readonly home: HomeReads;
  /** Where tasks can be taken over into people's calendars. */
  readonly calendar?: CalendarReads;
  /** Where each piece of evidence has a page of its own. */
  readonly evidence?: EvidenceReads;
  readonly openData: OpenDataParts;
  /** Shows people, once, what is kept about them. */
  readonly takeMyData?: TakeMyData;
  readonly seeProof?: SeeProof;
  /** Shows organizers the sign of their task. */
  readonly seeSign?: SeeSign;
  /** The desk of partners and the city. */
  readonly desk?: DeskParts;
  readonly assets: Assets;
  /** The path of the city's public address, such as `/bot`; empty for the root. */
  readonly basePath?: string;
  /** All of them, unless it is said. */
  readonly languages?: PageLanguages;
  /** The address of who asks, for limiting how often; nobody is limited where it is left out. */
  readonly addressOf?: (c: Context) => string | undefined;
  /** The routes of the sandbox, where it is open. */
  readonly sandbox?: Hono;
  /** Further routes, such as the webhooks of channels; they answer for their own headers. */
  readonly routes?: readonly Hono[];
  /** Hears of every error that became an error page. */
  readonly failed?: (error: Error, path: string) => void;
};

export function createWeb(parts: WebParts): Hono {
  const { basePath = '' } = parts;
  const app = basePath === '' ? new Hono() : new Hono({ getPath: pathWithout(basePath) });
  if (parts.languages !== undefined) {
    app.use(async (c, next) => {
      c.set('pageLanguages', parts.languages);
      await next();
    });
  }
  // Before the headers of pages: these set their own, and some are asked very often.
  if (parts.sandbox !== undefined) app.route('/', parts.sandbox);
  for (const routes of parts.routes ?? []) app.route('/', routes);

  // Webhooks are proven by their signature, and what is not proven is refused for next to nothing.
  const limited = limitReaders(parts.addressOf ?? (() => undefined));
  app.get('/healthz', limited, async () => {
    const health = await parts.health();
    const status = health.ok ? 200 : 503;
    return new Response(JSON.stringify(health), { status, headers: DATA_HEADERS });
  });
  app.get('/metrics', limited, async () => {
    const headers = { ...DATA_HEADERS, 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' };
    return new Response(await parts.metrics(), { headers });
  });

  // Around the headers of pages, which would keep other sites from reading.
  app.use('/export/*', ...openToAll());
  app.use('/xrpc/*', ...openToAll());
  app.use(pageSecurity());
  if (basePath !== '') app.use(linksBelow(basePath));
  app.route('/', assetRoutes(parts.assets));
  app.use(limited);

  app.get('/', (c) => {
    c.header('Vary', 'Accept-Language');
    return c.html(homePage(parts.home.view(), languageOf(c), parts.sandbox !== undefined));
  });
  app.get('/tasks/:number{[1-9][0-9]{0,14}}', (c) => {
    const task = parts.home.task(Number(c.req.param('number')));
    if (task === undefined) return c.notFound();
    c.header('Vary', 'Accept-Language');
    return c.html(taskPage(parts.home.city(), task, languageOf(c)));
  });

  if (parts.calendar !== undefined) {
    app.route('/', calendarRoutes(parts.calendar, parts.home.city));
  }
  if (parts.evidence !== undefined) {
    app.route('/', evidenceRoutes(parts.evidence, parts.home.city));
  }
  if (parts.takeMyData !== undefined) {
    const failed = (error: Error) => parts.failed?.(error, '/my-data');
    app.route('/', myDataRoutes(parts.takeMyData, parts.home.city, failed));
  }
  if (parts.seeProof !== undefined) {
    const failed = (error: Error) => parts.failed?.(error, '/proof');
    app.route('/', proofRoutes(parts.seeProof, parts.home.city, failed));
  }
  if (parts.seeSign !== undefined) {
    const failed = (error: Error) => parts.failed?.(error, '/tasks/sign');
    const { city, task } = parts.home;
    app.route('/', signRoutes({ see: parts.seeSign, city, task, failed }));
  }
  if (parts.desk !== undefined) {
    app.route('/', deskRoutes({ ...parts.desk, basePath, city: parts.home.city }, parts.failed));
  }
  app.route(
    '/',
    openDataRoutes({
      ...parts.openData,
      addressOf: parts.addressOf,
      city: parts.home.city,
      failed: parts.failed,
    }),
  );
  app.route('/', xrpcElsewhere(parts.home.city));

  app.notFound((c) => problem(c, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    parts.failed?.(error, c.req.path);
    return problem(c, 500);
  });
  return app;
}
