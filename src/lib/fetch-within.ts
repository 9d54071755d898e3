import { readUpTo } from './read-up-to.ts';

/**
 * `fetch` that always comes to an end: after `timeoutMs`, or `bytesMax` of the answer (as it is
 * unpacked), it rejects, whether the headers or the rest are missing, and whatever became of the
 * signal on its way through others' code. The whole answer is read, so it is for small ones.
 */
export const fetchWithin =
  (
    { timeoutMs, bytesMax }: { readonly timeoutMs: number; readonly bytesMax: number },
    send: typeof fetch = fetch,
  ): typeof fetch =>
  async (input, init) => {
    const ending = new AbortController();
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const error = new Error(`no answer within ${timeoutMs / 1000} s`);
      ending.abort(error);
      late.reject(error);
    }, timeoutMs);
    const whole = async (): Promise<Response> => {
      const answer = await send(input, { ...init, signal: ending.signal });
      const body = await readUpTo(bytesMax, answer);
      if (body === undefined) throw new Error(`an answer of more than ${bytesMax} bytes`);
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
