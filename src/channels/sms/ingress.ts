/**
 * Takes in what Twilio tells: by its requests, which are acknowledged once they are stored, and by
 * its own list, which is swept for what never arrived.
 */
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import { publicAddress } from '../../lib/public-address.ts';
import { readText } from '../../lib/read-up-to.ts';
import { createDue, repeat } from '../../lib/repeat.ts';
import { storageFault } from '../../lib/storage-fault.ts';
import { systemWait } from '../../lib/wait.ts';
import { type Capabilities, ChannelError, type Inbox, type Ingress } from '../channel.ts';
import type { Refusals } from '../refusals.ts';
import { safeError, sendErrorOf } from './errors.ts';
import { FORM_BYTES_MAX, parseFields } from './form.ts';
import { parseForm } from './parse.ts';
import { STATUS_PATH } from './send.ts';
import { createStatuses, type Statuses } from './statuses.ts';
import { createSweep, type SweepOptions } from './sweep.ts';

export const MESSAGE_PATH = '/webhooks/twilio/message';

const BETWEEN_SWEEPS_MS = 5 * MINUTE_MS;
const BETWEEN_LOOKS_MS = 2 * SECOND_MS;
const SIGNATURE = 'x-twilio-signature';
/** Twenty bytes in base64. */
const LIKE_A_SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;
const NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

export type IngressOptions = Omit<SweepOptions, 'inbox' | 'statuses'> & {
  readonly inbox: Inbox;
  readonly failed: Capabilities['failed'];
  readonly refusals: Refusals;
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
      [MESSAGE_PATH]: acknowledge(state, MESSAGE_PATH, (form) => takeMessage(state, form)),
      [STATUS_PATH]: acknowledge(state, STATUS_PATH, (form) => takeStatus(state, form)),
    },
  };
}

/** Twilio may be back soon where it does not answer: what it is given meanwhile waits. */
async function checkAccount({ client, settings, problem }: State): Promise<void> {
  try {
    await client.accounts(settings.accountSid).fetch();
  } catch (error) {
    const { kind, detail } = sendErrorOf(error);
    if (kind === 'misconfigured') {
      throw new ChannelError(`SMS cannot start. ${detail}`, { cause: error });
    }
    problem('sweep', detail);
  }
}

function keepLooking(state: State, signal: AbortSignal): Promise<void> {
  const { failed, clock, problem } = state;
  const sweep = createSweep(state);
  const sweeps = createDue(BETWEEN_SWEEPS_MS, clock.elapsed);
  return repeat({
    everyMs: BETWEEN_LOOKS_MS,
    round: async () => {
      await state.statuses.reportKept();
      if (!sweeps.isDue()) return false;
      sweeps.done(clock.elapsed());
      try {
        await sweep();
        problem('sweep', undefined);
      } catch (error) {
        // A disk that is full is no trouble of Twilio's.
        if (storageFault(error) !== undefined) throw error;
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

/** Acknowledges each request to `path` once `take` has stored what its form says. */
const acknowledge =
  (state: State, path: string, take: (form: Form) => Promise<unknown>) =>
  async (request: Request): Promise<Response> => {
    const form = await formOf(state, path, request);
    if (form === undefined) return answer(403);
    try {
      await take(form);
      return answer(200, NOTHING_TO_SAY);
    } catch (error) {
      state.failed(error);
      // Twilio tries a text once more, and later the sweep finds it.
      return answer(500);
    }
  };

async function takeMessage({ inbox, failed, clock, settings }: State, form: Form): Promise<void> {
  const parsed = parseForm(form, clock.now(), settings.countries);
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
 * that the operator named: what a request says of its own host is not looked at. Without what looks
 * like a signature nothing of the body is read.
 */
async function formOf(
  { settings, refusals }: State,
  path: string,
  request: Request,
): Promise<Form | undefined> {
  const signature = request.headers.get(SIGNATURE);
  if (signature === null || !LIKE_A_SIGNATURE.test(signature)) return undefined;
  const body = await readText(FORM_BYTES_MAX, request);
  const fields = body.ok ? parseFields(body.value) : undefined;
  if (fields === undefined) return undefined;
  const address = publicAddress(settings.publicUrl, path) + queryOf(request.url);
  // A name may come more than once: each of its values is signed, and the first is taken.
  if (!validateRequest(settings.authToken, signature, address, fields)) {
    refusals.refused();
    return undefined;
  }
  refusals.accepted();
  return Object.fromEntries(Object.entries(fields).map(([name, [first]]) => [name, first]));
}

/** The query with its question mark, letter for letter as it was signed; empty where there is none. */
function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at);
}

const answer = (status: number, body: string | null = null): Response =>
  new Response(body, {
    status,
    headers: body === null ? {} : { 'Content-Type': 'text/xml; charset=utf-8' },
  });
