// A small server of Twilio's messages API on a free port, with the CDN of its pictures on another:
// it keeps messages and pictures, enforces the documented limits, and signs what it posts.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { SegmentedMessage } from 'sms-segments-calculator';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { startServer } from './local-server.ts';
import { brokenLimit, NOT_FOUND, type Refusal, UNAUTHORIZED } from './twilio-limits.ts';

export const ACCOUNT = 'AC00000000000000000000000000000abc';
export const AUTH_TOKEN = 'test-auth-token-of-nobody';
export const CITY_NUMBER = '+15105550199';
export const API = `/2010-04-01/Accounts/${ACCOUNT}`;
const PAGE_MAX = 1000;

type Media = { readonly sid: string; readonly bytes: Uint8Array; readonly type: string };

/** A message as Twilio keeps it. */
export type Kept = {
  readonly sid: string;
  readonly to: string;
  /** Null until a messaging service has chosen one. */
  from: string | null;
  readonly service: string | null;
  readonly body: string;
  readonly direction: 'inbound' | 'outbound-api';
  /** In ms. */
  readonly at: number;
  readonly callback: string | null;
  media: readonly Media[];
  status: string;
  errorCode: number | null;
};

type Route = 'account' | 'create' | 'list' | 'fetch' | 'media list' | 'media' | 'delete media';
/** `taken`: the message is taken over, and the connection breaks or goes silent before the answer. */
type Fault = Refusal | 'hang' | 'break' | 'taken' | 'taken and silent' | 'garbled';
type Picture = { readonly bytes: Uint8Array; readonly type: string };
export type Form = Readonly<Record<string, string>>;

export const segmentsOf = (body: string): number => new SegmentedMessage(body).segmentsCount;

/** `hasOneOrigin`: its pictures come from where its API is. */
export async function startTwilio(
  options: { readonly now?: () => number; readonly hasOneOrigin?: boolean } = {},
) {
  const { now = Date.now, hasOneOrigin = false } = options;
  const messages: Kept[] = [];
  const calls: { readonly route: Route; readonly fields: URLSearchParams }[] = [];
  const faults: { readonly route: Route; readonly fault: Fault }[] = [];
  const own = new Set([CITY_NUMBER]);
  const optedOut = new Set<string>();
  const landlines = new Set<string>();
  const foreign = new Set<string>();
  /** Headers that came to the CDN, which must not see the account's token. */
  const atCdn: (string | undefined)[] = [];
  let created = (_message: Kept): void => {};
  let last = 0;

  const sidOf = (prefix: 'SM' | 'MM' | 'ME'): string => {
    last += 1;
    return `${prefix}${last.toString(16).padStart(32, '0')}`;
  };
  const keep = (message: Omit<Kept, 'sid' | 'at' | 'errorCode'>): Kept => {
    const sid = sidOf(message.media.length > 0 ? 'MM' : 'SM');
    const kept = { ...message, sid, at: now(), errorCode: null };
    messages.push(kept);
    return kept;
  };

  const create = (fields: URLSearchParams): Refusal | { readonly body: object } => {
    const refusal = brokenLimit(fields, { own, optedOut, landlines, foreign });
    if (refusal !== undefined) return refusal;
    const service = fields.get('MessagingServiceSid');
    const kept = keep({
      to: fields.get('To') ?? '',
      // A service picks the number later.
      from: fields.get('From'),
      service,
      body: fields.get('Body') ?? '',
      direction: 'outbound-api',
      callback: fields.get('StatusCallback'),
      media: [],
      status: service === null ? 'queued' : 'accepted',
    });
    created(kept);
    return { body: asJson(kept) };
  };

  const list = (query: URLSearchParams): { readonly body: object } => {
    const size = Math.min(Number(query.get('PageSize') ?? 50), PAGE_MAX);
    const page = Number(query.get('Page') ?? 0);
    const after = Date.parse(query.get('DateSent>') ?? '1970-01-01');
    const found = messages
      .filter(({ to }) => [null, to].includes(query.get('To')))
      .filter(({ from }) => [null, from].includes(query.get('From')))
      .filter(({ at }) => at >= after)
      .toReversed();
    const next = new URLSearchParams(query);
    next.set('Page', String(page + 1));
    const isLast = found.length <= size * (page + 1);
    return {
      body: {
        messages: found.slice(size * page, size * (page + 1)).map(asJson),
        page,
        page_size: size,
        uri: `${API}/Messages.json?${query}`,
        next_page_uri: isLast ? null : `${API}/Messages.json?${next}`,
      },
    };
  };

  const carryOut = (route: Route, sids: readonly string[], fields: URLSearchParams) => {
    if (route === 'account') return { body: { sid: ACCOUNT, status: 'active' } };
    if (route === 'create') return create(fields);
    if (route === 'list') return list(fields);
    const [sid, mediaSid] = sids;
    const message = messages.find((one) => one.sid === sid);
    if (message === undefined) return NOT_FOUND;
    if (route === 'fetch') return { body: asJson(message) };
    if (route === 'media list') {
      return { body: { media_list: message.media.map((one) => mediaJson(message, one)) } };
    }
    if (!message.media.some((one) => one.sid === mediaSid)) return NOT_FOUND;
    if (route === 'media') return { redirect: `${hasOneOrigin ? api.url : cdn.url}/${mediaSid}` };
    message.media = message.media.filter((one) => one.sid !== mediaSid);
    return { body: undefined };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://twilio');
    if (/^\/ME\w+$/.test(pathname)) return serveCdn(request, response);
    const [route, sids] = routeOf(request.method ?? '', pathname);
    const fields =
      request.method === 'POST' ? new URLSearchParams(await text(request)) : searchParams;
    const basic = Buffer.from(`${ACCOUNT}:${AUTH_TOKEN}`).toString('base64');
    if (request.headers.authorization !== `Basic ${basic}`) return refuse(response, UNAUTHORIZED);
    if (route === undefined) return refuse(response, NOT_FOUND);
    calls.push({ route, fields });
    const at = faults.findIndex((one) => one.route === route);
    const fault = at === -1 ? undefined : faults.splice(at, 1)[0]?.fault;
    if (fault === 'taken' || fault === 'taken and silent') carryOut(route, sids, fields);
    if (fault === 'hang' || fault === 'taken and silent') return;
    if (fault === 'break' || fault === 'taken') {
      response.destroy();
      return;
    }
    if (fault === 'garbled') {
      response.writeHead(200).end('<html>');
      return;
    }
    const answer = fault ?? carryOut(route, sids, fields);
    if ('code' in answer) return refuse(response, answer);
    if ('redirect' in answer) response.writeHead(307, { location: answer.redirect }).end();
    else if (answer.body === undefined) response.writeHead(204).end();
    else {
      const status = route === 'create' ? 201 : 200;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body));
    }
  };

  const serveCdn = (request: IncomingMessage, response: ServerResponse): void => {
    atCdn.push(request.headers.authorization);
    const media = messages
      .flatMap((message) => message.media)
      .find(({ sid }) => `/${sid}` === request.url);
    if (media === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': media.type }).end(media.bytes);
  };

  const api = await startServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  const cdn = await startServer(serveCdn);

  return {
    url: api.url,
    cdnUrl: cdn.url,
    messages: messages as readonly Kept[],
    calls,
    atCdn,
    own,
    optedOut,
    landlines,
    foreign,
    /** What went out to a number, in order. */
    sentTo: (to: string): readonly Kept[] =>
      messages.filter((one) => one.direction !== 'inbound' && one.to === to),
    /** Called for every message that is taken over. */
    onCreate: (call: (message: Kept) => void) => {
      created = call;
    },
    /** The next request of this kind is answered so, whatever it is. */
    fault: (route: Route, fault: Fault) => {
      faults.push({ route, fault });
    },
    /** A text that Twilio takes in; the form that it posts to the webhook. */
    receive: (
      from: string,
      body: string,
      pictures: readonly Picture[] = [],
      to = CITY_NUMBER,
    ): Form => {
      const media = pictures.map((picture) => ({ ...picture, sid: sidOf('ME') }));
      const kept = keep({
        to,
        from,
        service: null,
        body,
        direction: 'inbound',
        callback: null,
        media,
        status: 'received',
      });
      return formOf(kept, api.url);
    },
    /** Pictures of a message with ids of the test's own. */
    hold: (sid: string, media: readonly Media[]): void => {
      const to = CITY_NUMBER;
      const more = { from: null, service: null, body: '', callback: null, errorCode: null };
      const direction = 'inbound';
      messages.push({ ...more, sid, to, direction, at: now(), media, status: 'received' });
    },
    /** A message moves on at the carrier; the form that Twilio posts about it. */
    report: (sid: string, status: string, errorCode?: number): Form => {
      const message = messages.find((one) => one.sid === sid);
      if (message === undefined) throw new Error('Nobody sent that.');
      message.status = status;
      message.errorCode = errorCode ?? null;
      return {
        MessageSid: sid,
        SmsSid: sid,
        MessageStatus: status,
        SmsStatus: status,
        AccountSid: ACCOUNT,
        From: message.from ?? CITY_NUMBER,
        To: message.to,
        ApiVersion: '2010-04-01',
        ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
      };
    },
    close: async (): Promise<void> => {
      await api.close();
      await cdn.close();
    },
  };
}

export type TwilioServer = Awaited<ReturnType<typeof startTwilio>>;

/** A request as Twilio posts it to `url`, signed; `at` is where it really goes. */
export function signed(url: string, form: Form, options: { at?: string; headers?: Form } = {}) {
  return new Request(options.at ?? url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(AUTH_TOKEN, url, form),
      ...options.headers,
    },
    body: new URLSearchParams(form).toString(),
  });
}

const ROUTES: readonly (readonly [string, RegExp, Route])[] = [
  ['GET', new RegExp(`^${API}\\.json$`), 'account'],
  ['POST', new RegExp(`^${API}/Messages\\.json$`), 'create'],
  ['GET', new RegExp(`^${API}/Messages\\.json$`), 'list'],
  ['GET', new RegExp(`^${API}/Messages/(\\w+)\\.json$`), 'fetch'],
  ['GET', new RegExp(`^${API}/Messages/(\\w+)/Media\\.json$`), 'media list'],
  ['GET', new RegExp(`^${API}/Messages/(\\w+)/Media/(\\w+)$`), 'media'],
  ['DELETE', new RegExp(`^${API}/Messages/(\\w+)/Media/(\\w+)\\.json$`), 'delete media'],
];

function routeOf(method: string, path: string): readonly [Route | undefined, readonly string[]] {
  for (const [wanted, pattern, route] of ROUTES) {
    const match = method === wanted ? pattern.exec(path) : null;
    if (match !== null) return [route, match.slice(1)];
  }
  return [undefined, []];
}

function refuse(response: ServerResponse, { status, code, message }: Refusal): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ code, message, more_info: `https://twilio/${code}`, status }));
}

const rfc2822 = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000');

const asJson = (message: Kept) => ({
  sid: message.sid,
  account_sid: ACCOUNT,
  messaging_service_sid: message.service,
  to: message.to,
  from: message.from,
  body: message.body,
  status: message.status,
  direction: message.direction,
  num_segments: String(segmentsOf(message.body)),
  num_media: String(message.media.length),
  error_code: message.errorCode,
  error_message: null,
  date_created: rfc2822(message.at),
  date_updated: rfc2822(message.at),
  date_sent: ['queued', 'accepted'].includes(message.status) ? null : rfc2822(message.at),
  price: null,
  price_unit: 'USD',
  api_version: '2010-04-01',
  uri: `${API}/Messages/${message.sid}.json`,
  subresource_uris: { media: `${API}/Messages/${message.sid}/Media.json` },
});

const mediaJson = (message: Kept, { sid, type }: Media) => ({
  sid,
  account_sid: ACCOUNT,
  parent_sid: message.sid,
  content_type: type,
  date_created: rfc2822(message.at),
  date_updated: rfc2822(message.at),
  uri: `${API}/Messages/${message.sid}/Media/${sid}.json`,
});

/** The form of a message that came in. */
const formOf = (message: Kept, api: string): Form => ({
  ToCountry: 'US',
  ToState: 'CA',
  SmsMessageSid: message.sid,
  NumMedia: String(message.media.length),
  FromZip: '94704',
  SmsSid: message.sid,
  SmsStatus: 'received',
  Body: message.body,
  FromCountry: 'US',
  To: message.to,
  NumSegments: String(segmentsOf(message.body)),
  MessageSid: message.sid,
  AccountSid: ACCOUNT,
  From: message.from ?? '',
  ApiVersion: '2010-04-01',
  ...Object.fromEntries(
    message.media.flatMap(({ sid, type }, at) => [
      [`MediaUrl${at}`, `${api}${API}/Messages/${message.sid}/Media/${sid}`],
      [`MediaContentType${at}`, type],
    ]),
  ),
});
