/** Twilio's requests: only those that it signed, and acknowledged only once they are stored. */
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import type { Capabilities, Inbox } from '../channel.ts';
import { parseForm } from './parse.ts';
import type { SmsSettings } from './settings.ts';
import type { Statuses } from './statuses.ts';

const SIGNATURE = 'x-twilio-signature';

const answer = (status: number, body: string | null = null): Response =>
  new Response(body, {
    status,
    headers: body === null ? {} : { 'Content-Type': 'text/xml; charset=utf-8' },
  });

const NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

export function createWebhooks(options: {
  readonly settings: SmsSettings;
  readonly inbox: Pick<Inbox, 'receive'>;
  readonly failed: Capabilities['failed'];
  readonly statuses: Pick<Statuses, 'hearOnce'>;
  readonly now: () => number;
}) {
  const { settings, inbox, failed, statuses, now } = options;

  /**
   * The form of a request that Twilio signed; undefined for any other. It is signed for the address
   * that the operator named: what a request says of its own host is not looked at.
   */
  const formOf = async (request: Request): Promise<Record<string, string> | undefined> => {
    const signature = request.headers.get(SIGNATURE);
    if (signature === null) return undefined;
    const { pathname, search } = new URL(request.url);
    const fields = new URLSearchParams(await request.text());
    // A name may come more than once: each of its values is signed, and the first is taken.
    const all = Object.fromEntries([...fields.keys()].map((name) => [name, fields.getAll(name)]));
    const url = `${settings.publicUrl}${pathname}${search}`;
    if (!validateRequest(settings.authToken, signature, url, all)) return undefined;
    return Object.fromEntries(Object.entries(all).map(([name, [first = '']]) => [name, first]));
  };

  return {
    message: async (request: Request): Promise<Response> => {
      const form = await formOf(request);
      if (form === undefined) return answer(403);
      const parsed = parseForm(form, now());
      if (!parsed.ok) {
        failed(new Error(`A text was left out: ${parsed.refusal.why}.`));
        return answer(200, NOTHING_TO_SAY);
      }
      try {
        await inbox.receive(parsed.value);
        return answer(200, NOTHING_TO_SAY);
      } catch (error) {
        failed(error);
        // Twilio tries once more, and later the sweep finds it.
        return answer(500);
      }
    },
    status: async (request: Request): Promise<Response> => {
      const form = await formOf(request);
      if (form === undefined) return answer(403);
      const { MessageSid: sid, MessageStatus: status, ErrorCode: code } = form;
      try {
        if (sid !== undefined && status !== undefined) {
          await statuses.hearOnce(sid, status, code === undefined ? undefined : Number(code));
        }
        return answer(200, NOTHING_TO_SAY);
      } catch (error) {
        failed(error);
        return answer(500);
      }
    },
  };
}
