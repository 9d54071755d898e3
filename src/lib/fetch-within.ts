import { atOnce, type Outgoing } from './outgoing.ts';
import { readUpTo } from './read-up-to.ts';

/** An answer that was given up: it was too large, or took too long. */
export class AnswerLimitError extends Error {
  override readonly name = 'AnswerLimitError';
  readonly why: 'too-large' | 'too-slow';
  constructor(why: 'too-large' | 'too-slow', message: string) {
    super(message);
    this.why = why;
  }
}

/**
 * `fetch` that always comes to an end: after `timeoutMs`, or `bytesMax` of the answer (as it is
 * unpacked), it rejects, whether the headers or the rest are missing, and whatever became of the
 * signal on its way through others' code. The whole answer is read, so it is for small ones. What
 * `outgoing` makes it wait before does not count.
 */
export function fetchWithin(
  { outgoing = atOnce, ...limits }: FetchLimits & { readonly outgoing?: Outgoing },
  send: typeof fetch = fetch,
): typeof fetch {
  const ask = fetchNow(limits, send);
  return (input, init) => outgoing(() => ask(input, init));
}

type FetchLimits = { readonly timeoutMs: number; readonly bytesMax: number };

const fetchNow =
  ({ timeoutMs, bytesMax }: FetchLimits, send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const ending = new AbortController();
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const error = new AnswerLimitError('too-slow', `no answer within ${timeoutMs / 1000} s`);
      ending.abort(error);
      late.reject(error);
    }, timeoutMs);
    const whole = async (): Promise<Response> => {
      const signal = init?.signal ? AbortSignal.any([ending.signal, init.signal]) : ending.signal;
      const answer = await send(input, { ...init, signal });
      // Not everybody obeys the signal: an answer that comes too late is not read.
      if (ending.signal.aborted) await answer.body?.cancel();
      const body = await readUpTo(bytesMax, answer);
      if (body === undefined) {
        throw new AnswerLimitError('too-large', `an answer of more than ${bytesMax} bytes`);
      }
      const { status, statusText, headers } = answer;
      return new Response(WITHOUT_BODY.includes(status) ? null : body, {
        status,
        statusText,
        headers,
      });
    };
    try {
      return await Promise.race([whole(), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };

/** Statuses that may not have one. */
const WITHOUT_BODY = [204, 205, 304];
