/**
 * Takes in what Twilio tells: by its requests, which are acknowledged once they are stored, and by
 * its own list, which is swept for what never arrived.
 */
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import { createDue, repeat } from '../../lib/repeat.ts';
import { systemWait } from '../../lib/wait.ts';
import { type Capabilities, ChannelError, type Inbox, type Ingress } from '../channel.ts';
import { safeError, sendErrorOf } from './errors.ts';
import { parseForm } from './parse.ts';
import { STATUS_PATH } from './send.ts';
import type { SmsSettings } from './settings.ts';
import { createStatuses, type Statuses } from './statuses.ts';
import { createSweep, type SweepOptions } from './sweep.ts';

export const MESSAGE_PATH = '/webhooks/twilio/message';

const BETWEEN_SWEEPS_MS = 5 * MINUTE_MS;
const BETWEEN_LOOKS_MS = 2 * SECOND_MS;
const SIGNATURE = 'x-twilio-signature';
const NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

export type IngressOptions = Omit<SweepOptions, 'inbox' | 'statuses'> & {
  readonly inbox: Inbox;
  readonly failed: Capabilities['failed'];
  /** Why texts are not brought to phones, or the list cannot be read; undefined while they are. */
  readonly problem: (about: 'delivery' | 'sweep', sentence: string | undefined) => void;
};

type Form = Readonly<Record<string, string>>;

type State = IngressOptions & { readonly statuses: Statuses };

export function createIngress(options: IngressOptions): Ingress {
  const state: State = { ...options, statuses: createStatuses(options) };
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  return {
    start: async () => {
      await checkAccount(state);
      running ??= keepLooking(state, ending.signal);
    },
    stop: async () => {
      ending.abort();
      await running;
    },
    webhooks: {
      [MESSAGE_PATH]: (request) => acknowledge(state, request, (form) => takeMessage(state, form)),
      [STATUS_PATH]: (request) => acknowledge(state, request, (form) => takeStatus(state, form)),
    },
  };
}

/** Twilio may be back soon where it does not answer: what it is given meanwhile waits. */
async function checkAccount({ client, settings, problem }: State): Promise<void> {
  try {
    await client.api.accounts(settings.accountSid).fetch();
  } catch (error) {
    const { kind, detail } = sendErrorOf(error);
    if (kind === 'misconfigured') {
      throw new ChannelError(`SMS cannot start. ${detail}`, { cause: error });
    }
    problem('sweep', detail);
  }
}

function keepLooking(state: State, signal: AbortSignal): Promise<void> {
  const { failed, now, problem } = state;
  const sweep = createSweep(state);
  const sweeps = createDue(BETWEEN_SWEEPS_MS, now);
  return repeat({
    everyMs: BETWEEN_LOOKS_MS,
    round: async () => {
      await state.statuses.reportKept();
      if (!sweeps.isDue()) return false;
      sweeps.done(now());
      try {
        await sweep();
        problem('sweep', undefined);
      } catch (error) {
        problem('sweep', sendErrorOf(error).detail);
        failed(safeError('the list of messages', error));
      }
      return false;
    },
    ended: (error) => {
      if (error !== undefined) failed(error);
    },
    wait: systemWait,
    signal,
  });
}

/** Acknowledges a request once `take` has stored what its form says. */
async function acknowledge(
  { settings, failed }: State,
  request: Request,
  take: (form: Form) => Promise<unknown>,
): Promise<Response> {
  const form = await formOf(settings, request);
  if (form === undefined) return answer(403);
  try {
    await take(form);
    return answer(200, NOTHING_TO_SAY);
  } catch (error) {
    failed(error);
    // Twilio tries a text once more, and later the sweep finds it.
    return answer(500);
  }
}

async function takeMessage({ inbox, failed, now }: State, form: Form): Promise<void> {
  const parsed = parseForm(form, now());
  if (parsed.ok) await inbox.receive(parsed.value);
  else failed(new Error(`A text was left out: ${parsed.refusal.why}.`));
}

async function takeStatus({ statuses }: State, form: Form): Promise<void> {
  const { MessageSid: sid, MessageStatus: status, ErrorCode: code } = form;
  if (sid === undefined || status === undefined) return;
  await statuses.reportOrKeep(sid, status, code === undefined ? undefined : Number(code));
}

/**
 * The form of a request that Twilio signed; undefined for any other. It is signed for the address
 * that the operator named: what a request says of its own host is not looked at.
 */
async function formOf(
  { authToken, publicUrl }: SmsSettings,
  request: Request,
): Promise<Form | undefined> {
  const signature = request.headers.get(SIGNATURE);
  if (signature === null) return undefined;
  const { pathname, search } = new URL(request.url);
  const fields = new URLSearchParams(await request.text());
  // A name may come more than once: each of its values is signed, and the first is taken.
  const all = Object.fromEntries([...fields.keys()].map((name) => [name, fields.getAll(name)]));
  if (!validateRequest(authToken, signature, `${publicUrl}${pathname}${search}`, all)) {
    return undefined;
  }
  return Object.fromEntries(Object.entries(all).map(([name, [first = '']]) => [name, first]));
}

const answer = (status: number, body: string | null = null): Response =>
  new Response(body, {
    status,
    headers: body === null ? {} : { 'Content-Type': 'text/xml; charset=utf-8' },
  });
