/** The addresses of the desk: pages for whoever has a session, and forms that are sent from them. */
import { Hono, type Context as Http } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context } from '../../services/context.ts';
import { answerOnce, seeAnswer } from '../../services/desk/answer-once.ts';
import type { DeskAnswer } from '../../services/desk/deed.ts';
import { endSessions } from '../../services/desk/end-sessions.ts';
import { type AtDesk, findSession } from '../../services/desk/find-session.ts';
import { holdDecision, takeBackDecision } from '../../services/desk/hold-decision.ts';
import { openDesk } from '../../services/desk/open-desk.ts';
import { newToken } from '../../services/desk/token.ts';
import type { Html } from '../html.ts';
import { languageNamed, languageOf, problem } from '../problem-page.ts';
import type { HomeCity } from '../public/home.ts';
import { keepSecret } from '../secret-page.ts';
import { type Fields, fieldsOf, findAction } from './actions.ts';
import { cityPage } from './city-page.ts';
import { counterPage } from './counter-page.ts';
import { deskDocument } from './document.ts';
import { closedPage, loginPage } from './door-pages.ts';
import { dropSession, isFromElsewhere, isSealed, keepSession, sealOf, secretOf } from './guard.ts';
import { homePage } from './home-page.ts';
import { offersPage } from './offers-page.ts';
import type { DeskPort } from './port.ts';
import { reviewPage } from './review-page.ts';
import { type PictureOf, pictureOf } from './review-picture.ts';
import { taskPage } from './task-page.ts';
import { tasksPage } from './tasks-page.ts';
import { teamPage } from './team-page.ts';
import type { DeskPage, DeskView } from './view.ts';

export type DeskParts = {
  readonly port: DeskPort;
  /** The bytes of a photo that is still here. */
  readonly readPicture: (spoolKey: string) => Promise<Uint8Array | undefined>;
};

type Parts = DeskParts & {
  readonly basePath: string;
  readonly city: () => HomeCity;
};
type Failed = ((error: Error, path: string) => void) | undefined;

const FORM_BYTES_MAX = 64 * 1024;
const TOKEN = ':token{[0-9a-f]{64}}';
const NUMBER = ':number{[1-9][0-9]{0,14}}';
/** A page of the desk that a form comes back to. */
const BACK = /^\/desk(?:\/[a-z]{1,20}(?:\/[1-9][0-9]{0,14})?)?$/;
const FORM = /^[0-9a-f]{64}[.][0-9]{1,4}$/;

export function deskRoutes(parts: Parts, failed: Failed): Hono {
  const app = new Hono();
  app.use('/desk/*', bodyLimit({ maxSize: FORM_BYTES_MAX, onError: (c) => problem(c, 404) }));
  app.use('/desk', async (c, next) => {
    keepSecret(c);
    await next();
  });
  app.use('/desk/*', async (c, next) => {
    keepSecret(c);
    await next();
  });
  loginRoutes(app, parts, failed);
  pageRoutes(app, parts);
  deedRoutes(app, parts);
  sessionRoutes(app, parts);
  app.get(`/desk/pictures/${NUMBER}/:photo{[1-9][0-9]?[.]jpg}`, async (c) => {
    const photo = Number.parseInt(c.req.param('photo'), 10);
    const number = Number(c.req.param('number'));
    const found = look(c, parts, (context, at): PictureOf => pictureOf(context, at, number, photo));
    if (found === undefined) return c.notFound();
    const bytes = found.spoolKey === null ? undefined : await parts.readPicture(found.spoolKey);
    c.header('Cache-Control', 'private, no-store');
    if (bytes !== undefined) {
      return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'image/jpeg' });
    }
    // What is published and no longer here is on its public page.
    return found.publicPath === undefined
      ? c.notFound()
      : c.redirect(`${parts.basePath}${found.publicPath}`);
  });
  return app;
}

/** Looks at something for whoever has a session; undefined for anybody else. */
const look = <T>(
  c: Http,
  { port }: Parts,
  see: (context: Context, at: AtDesk) => T,
): T | undefined =>
  port.read((context) => {
    const at = findSession(context, secretOf(c));
    return at && see(context, at);
  });

/** A link opens a page with a button; only the button uses it up, which no robot presses. */
function loginRoutes(app: Hono, { port, city, basePath }: Parts, failed: Failed): void {
  app.get(`/desk/login/${TOKEN}`, (c) =>
    c.html(loginPage(city(), languageOf(c), c.req.param('token'))),
  );
  app.post(`/desk/login/${TOKEN}`, async (c) => {
    if (isFromElsewhere(c)) return problem(c, 404);
    try {
      const token = c.req.param('token');
      const secret = await port.write((context) => openDesk(context, token));
      if (secret === undefined) return c.html(closedPage(city(), languageOf(c), 'link'), 404);
      keepSession(c, secret);
      return c.redirect(`${basePath}/desk`, 303);
    } catch (error) {
      // Its address is a secret: the page of errors would put it in the log.
      failed?.(error instanceof Error ? error : new Error('login'), '/desk/login');
      return problem(c, 500);
    }
  });
}

/** Draws a page for whoever has a session. */
function page(
  c: Http,
  parts: Parts,
  draw: (view: DeskView) => DeskPage | undefined,
): Response | Promise<Response> {
  const asked = c.req.query('a') ?? '';
  const drawn = look(c, parts, (context, at): Html | 'none' => {
    const token = newToken(context);
    let forms = 0;
    const view: DeskView = {
      ...at,
      context,
      language: languageNamed(c, c.req.query('lang') ?? at.person.language),
      city: parts.city(),
      path: c.req.path,
      seal: sealOf(context, secretOf(c)),
      newForm: () => {
        forms += 1;
        return `${token}.${forms}`;
      },
      answer: FORM.test(asked) ? seeAnswer(context, at, asked) : undefined,
    };
    const shown = draw(view);
    return shown === undefined ? 'none' : deskDocument(view, shown);
  });
  if (drawn === undefined) return c.html(closedPage(parts.city(), languageOf(c), 'session'), 401);
  return drawn === 'none' ? problem(c, 404) : c.html(drawn);
}

function pageRoutes(app: Hono, parts: Parts): void {
  const pages: Readonly<Record<string, (view: DeskView) => DeskPage | undefined>> = {
    '/desk': homePage,
    '/desk/tasks': tasksPage,
    '/desk/review': (view) => reviewPage(view, undefined),
    '/desk/counter': counterPage,
    '/desk/offers': offersPage,
    '/desk/team': teamPage,
    '/desk/city': cityPage,
  };
  for (const [path, draw] of Object.entries(pages)) app.get(path, (c) => page(c, parts, draw));
  app.get(`/desk/tasks/${NUMBER}`, (c) =>
    page(c, parts, (view) => taskPage(view, Number(c.req.param('number')))),
  );
  app.get(`/desk/review/${NUMBER}`, (c) =>
    page(c, parts, (view) => reviewPage(view, Number(c.req.param('number')))),
  );
}

type Deed = (context: Context, at: AtDesk, fields: Fields) => DeskAnswer;

/** Does what a form asks for, once, and goes back to the page that it came from. */
async function deed(c: Http, parts: Parts, act: Deed, back?: string): Promise<Response> {
  const closed = () => c.html(closedPage(parts.city(), languageOf(c), 'session'), 401);
  if (isFromElsewhere(c)) return closed();
  const fields = fieldsOf(await c.req.parseBody({ all: true }));
  const form = fields('form');
  const secret = secretOf(c);
  const isDone = await parts.port.write((context) => {
    if (!FORM.test(form) || !isSealed(context, secret, fields('seal'))) return false;
    const at = findSession(context, secret);
    if (at === undefined) return false;
    answerOnce(context, at, form, () => act(context, at, fields));
    return true;
  });
  if (!isDone) return closed();
  const from = fields('back');
  const to = back ?? (BACK.test(from) ? from : '/desk');
  return c.redirect(`${parts.basePath}${to}?a=${form}`, 303);
}

function deedRoutes(app: Hono, parts: Parts): void {
  const { act } = parts.port;
  app.post('/desk/act/:name', (c) => {
    const action = findAction(c.req.param('name'));
    if (action === undefined) return problem(c, 404);
    const { command, args } = action;
    return deed(c, parts, (context, at, fields) =>
      act(context, at, { kind: 'say', command, args: args(fields) }),
    );
  });
  app.post('/desk/answer', (c) =>
    deed(c, parts, (context, at, fields) =>
      act(context, at, { kind: 'answer', text: fields('choice') || fields('text') }),
    ),
  );
  app.post(`/desk/review/${NUMBER}`, (c) => {
    const evidenceId = Number(c.req.param('number'));
    return deed(
      c,
      parts,
      (context, at, fields) => {
        const { t } = languageNamed(c, at.person.language);
        const decision = fields('decision') === 'approve' ? 'approve' : 'reject';
        const reason = decision === 'reject' ? fields('reason') : '';
        const words = [reason, fields('words')].filter(Boolean).join(': ');
        if (decision === 'reject' && words === '') return saying(t('desk.review.why'));
        const held = holdDecision(context, at, { evidenceId, decision, words });
        return held.ok ? NOTHING : saying(t('desk.review.gone'));
      },
      '/desk/review',
    );
  });
  app.post('/desk/undo', (c) =>
    deed(c, parts, (context, at, fields) => {
      const { t } = languageNamed(c, at.person.language);
      const isBack = takeBackDecision(context, at, Number(fields('evidence')));
      return saying(t(isBack ? 'desk.undo.done' : 'desk.undo.late'));
    }),
  );
}

const NOTHING: DeskAnswer = { replies: [], isAsked: false };
const saying = (text: string): DeskAnswer => ({
  replies: [{ text, choices: [] }],
  isAsked: false,
});

function sessionRoutes(app: Hono, parts: Parts): void {
  app.post('/desk/sessions', async (c) => {
    const secret = secretOf(c);
    const fields = fieldsOf(await c.req.parseBody({ all: true }));
    const ended = isFromElsewhere(c)
      ? undefined
      : await parts.port.write((context): 'own' | 'other' | undefined => {
          if (!isSealed(context, secret, fields('seal'))) return undefined;
          const at = findSession(context, secret);
          if (at === undefined) return undefined;
          const { person, session } = at;
          const which = fields('session');
          if (which === 'all') {
            endSessions(context, person.id);
            return 'own';
          }
          context.tx.desk.endSession(Number(which), person.id);
          return Number(which) === session.id ? 'own' : 'other';
        });
    if (ended === 'other') return c.redirect(`${parts.basePath}/desk`, 303);
    if (ended === 'own') dropSession(c);
    const why = ended === undefined ? 'session' : 'ended';
    return c.html(closedPage(parts.city(), languageOf(c), why), ended === undefined ? 401 : 200);
  });
}
