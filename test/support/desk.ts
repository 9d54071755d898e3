// The desk of a whole city, over its HTTP: people who text, and browsers that keep a cookie and send
// the forms of the page that they show.
import { expect } from 'vitest';
import { showCode } from '../../src/domain/code.ts';
import { ISSUER } from '../../src/sandbox/seed.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';
import { createWeb } from '../../src/web/app.ts';
import { standingClock } from './clock.ts';
import { CITY, homeReads } from './home-view.ts';
import { openDataParts } from './open-data.ts';
import { twoColours } from './pictures.ts';
import { rememberingChannel, testCity } from './test-city.ts';
import { readAssets } from './web-server.ts';

/** Wednesday, 25 November 2026, 10:00 in Berkeley. */
const NOW = Date.UTC(2026, 10, 25, 18);
const PUBLIC_URL = 'https://city.example';

export async function openDeskCity(
  options: { readonly publicUrl?: string; readonly basePath?: string } = {},
) {
  const clock = standingClock(NOW);
  const { channel, sentTo } = rememberingChannel();
  const city = testCity({
    ...{ clock, channels: () => [channel] },
    publicUrl: options.publicUrl ?? PUBLIC_URL,
  });
  city.seed();
  await city.start();
  await city.idle();
  const app = createWeb({
    ...{ health: () => ({ ok: true }), metrics: () => '', assets: readAssets() },
    home: homeReads({ city: CITY }),
    openData: openDataParts(),
    ...(options.basePath && { basePath: options.basePath }),
    desk: { port: city.core.desk, readPicture: city.spool.get },
    failed: (error) => city.errors.push(error),
  });
  /** Says something; what came back to this number. */
  const ask = async (from: string, text: string, pictures: readonly Uint8Array[] = []) => {
    const before = sentTo(from).length;
    await city.receive({ sender: from, text, pictures: await city.keep(pictures) });
    await city.idle();
    return sentTo(from).slice(before).join('\n');
  };
  return {
    ...{ city, app, clock, ask, sentTo },
    /** The path of the link that LOGIN answers with. */
    link: async (from: string): Promise<string> =>
      /https:\/\/city\.example(\/\S*)/.exec(await ask(from, 'LOGIN'))?.[1] ?? '',
    /** A resident sends evidence of task 1, with a photo of these sizes. */
    sendEvidence: async (from: string, words: string, width = 320): Promise<void> => {
      for (const text of ['HI', 'OK', 'JOIN 1']) await ask(from, text);
      const photo = new Uint8Array(await twoColours(width, 240).jpeg().toBuffer());
      await ask(from, `DONE 1 ${words}`, [photo]);
      await ask(from, 'OK');
    },
    /** Makes somebody a reviewer of the issuer. */
    addReviewer: async (from: string): Promise<void> => {
      const token = city.run((context) => {
        const [admin = 0] = context.tx.partners.personsActingFor(null, context.now);
        const invited = invitePartner(context, admin, { kind: 'issuer', name: ISSUER });
        return invited.ok ? showCode(invited.value.token) : '';
      });
      await ask(from, `ACCEPT ${token}`);
    },
    /** Lets seconds go by, and does what has become due. */
    wait: async (seconds: number): Promise<void> => {
      clock.time += seconds * 1000;
      await city.core.doDue();
      await city.idle();
    },
  };
}

export type DeskCity = Awaited<ReturnType<typeof openDeskCity>>;

export const withDesk = async <T>(
  run: (desk: DeskCity) => Promise<T>,
  options?: Parameters<typeof openDeskCity>[0],
): Promise<T> => {
  const desk = await openDeskCity(options);
  try {
    return await run(desk);
  } finally {
    await desk.city.stop();
  }
};

type App = DeskCity['app'];
type Values = Readonly<Record<string, string | readonly string[]>>;

/** A browser: it keeps the cookie, follows where it is sent, and fills in the forms of its page. */
export function browserOf(app: App, basePath = '') {
  let cookie = '';
  let shown = '';
  let path = '';
  const headers = (): Record<string, string> => ({
    accept: 'text/html',
    ...(cookie === '' ? {} : { cookie }),
  });
  const take = async (response: Response): Promise<Response> => {
    for (const set of response.headers.getSetCookie()) cookie = set.split(';')[0] ?? '';
    const location = response.headers.get('location');
    if (location !== null) return get(location);
    shown = await response.clone().text();
    return response;
  };
  const get = async (to: string): Promise<Response> => {
    path = to;
    return take(await app.request(to, { headers: headers() }));
  };
  /** Sends a form of the page; `raw` has all of its fields. */
  const post = async (action: string, raw: Values): Promise<Response> => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(raw)) {
      for (const one of [value].flat()) body.append(name, one);
    }
    return take(await app.request(action, { method: 'POST', headers: headers(), body }));
  };
  /** The hidden fields of the form with this action, the one that has all of `has` among them. */
  const fieldsOf = (action: string, has: Values = {}): Record<string, string> => {
    const forms = [...shown.matchAll(/<form[^>]* action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
    const found = forms
      .filter(([, to]) => to === `${basePath}${action}`)
      .map(([, , inner = '']) =>
        Object.fromEntries(
          [...inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
            ([, name = '', value = '']) => [name, unescaped(value)],
          ),
        ),
      )
      .find((fields) => Object.entries(has).every(([name, value]) => fields[name] === value));
    if (found === undefined) throw new Error(`There is no form ${action} on ${path}: ${shown}`);
    return found;
  };
  return {
    get,
    post,
    fieldsOf,
    /** Fills in and sends a form of the page that is shown. */
    send: (action: string, values: Values = {}, has: Values = {}): Promise<Response> =>
      post(`${basePath}${action}`, { ...fieldsOf(action, has), ...values }),
    /** What the page says, without its marks. */
    text: (): string => unescaped(shown.replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ')),
    html: (): string => shown,
    cookie: (): string => cookie,
    /** Comes by another browser's cookie. */
    steal: (stolen: string): void => {
      cookie = stolen;
    },
  };
}

export type Browser = ReturnType<typeof browserOf>;

/** Opens the desk as a person does: the link, then its button. */
export async function signIn(desk: DeskCity, from: string): Promise<Browser> {
  const browser = browserOf(desk.app);
  const link = await desk.link(from);
  await browser.get(link);
  expect((await browser.send(link)).status).toBe(200);
  return browser;
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
