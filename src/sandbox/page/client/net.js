// The server, as the page sees it: sending, asking, and listening.

/** @import { ComingTask, SandboxChannel, SandboxEvent, SandboxMessage, SandboxRecord } from '../page-data.ts' */

/**
 * @typedef {object} Outgoing
 * @property {SandboxChannel} channel
 * @property {string} from
 * @property {string} text
 * @property {{ mediaType: string, base64: string }[]} [media]
 * @property {string} [replyTo]
 */

/**
 * @param {Outgoing} message
 * @returns {Promise<{ id: string } | { error: string | undefined }>}
 */
export async function send(message) {
  try {
    const response = await fetch('/sandbox/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
    });
    const answer = await response.json();
    return response.ok ? { id: answer.id } : { error: answer.error };
  } catch {
    return { error: undefined };
  }
}

/**
 * @param {SandboxChannel} channel
 * @param {string} person
 * @param {string | undefined} after
 * @returns {Promise<SandboxMessage[]>}
 */
export function messagesOf(channel, person, after) {
  const query = new URLSearchParams({ channel, person });
  if (after !== undefined) query.set('after', after);
  return ask(`/sandbox/messages?${query}`);
}

/**
 * Newest first.
 * @param {number} after
 * @returns {Promise<SandboxRecord[]>}
 */
export const recordsAfter = (after) => ask(`/sandbox/records?after=${after}`);

/** The city's time. @returns {Promise<{ now: string }>} */
export const clockNow = () => ask('/sandbox/clock');

/** The tasks that have not begun, the next one first. @returns {Promise<ComingTask[]>} */
export const comingTasks = () => ask('/sandbox/tasks');

/**
 * Moves the city’s time on; resolves when all that became due is done.
 * @param {number} advanceMinutes
 * @returns {Promise<{ now: string } | { error: string }>}
 */
export async function advance(advanceMinutes) {
  const response = await fetch('/sandbox/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceMinutes }),
  });
  return response.json();
}

/**
 * @template Answer
 * @param {string} path
 * @returns {Promise<Answer>}
 */
async function ask(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

/**
 * @typedef {object} Listener
 * @property {string} did of the sandbox that this page was made for
 * @property {() => Promise<void>} sync fetches what may have been missed
 * @property {(event: SandboxEvent) => void} take
 * @property {(online: boolean) => void} state
 */

/**
 * Keeps listening. After every connection the page asks for what it missed, and what comes
 * meanwhile waits until that is done, so that nothing is out of order.
 * @param {Listener} listener
 */
export function listen(listener) {
  const source = new EventSource('/sandbox/events');
  /** @type {SandboxEvent[] | undefined} */
  let waiting = [];

  source.addEventListener('hello', async (event) => {
    if (JSON.parse(event.data).did !== listener.did) {
      // The sandbox was started anew, and everything on this page is from before.
      location.reload();
      return;
    }
    waiting ??= [];
    try {
      await listener.sync();
      listener.state(true);
    } catch {
      listener.state(false);
    }
    for (const each of waiting) listener.take(each);
    waiting = undefined;
  });
  source.addEventListener('message', (event) => {
    for (const each of JSON.parse(event.data)) {
      if (waiting === undefined) listener.take(each);
      else waiting.push(each);
    }
  });
  source.addEventListener('error', () => listener.state(false));
}
