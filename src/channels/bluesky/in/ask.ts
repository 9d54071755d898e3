/** Takes the answers of the network as they are, whatever the library thinks of them. */
import { XRPCError } from '@atproto/api';
import { type Fields, fieldsOf } from '../fields.ts';

/**
 * An answer that does not keep to the lexicons of our version is used all the same, since one
 * strange post would hide all others of its page. So its parts are looked at one by one.
 */
export const asked = (call: Promise<{ readonly data: unknown }>): Promise<Fields> =>
  call.then(
    ({ data }) => fieldsOf(data),
    (error: unknown) => {
      if (error instanceof XRPCError && 'responseBody' in error)
        return fieldsOf(error.responseBody);
      throw error;
    },
  );

/** Names a page in a request; the first has none. */
type Cursor = { readonly cursor?: string };

/**
 * The pages of a list, one after the other, at most `pagesMax`. A page may be empty, or short, with
 * others behind it; a server that gives a cursor again has come to no end, and is not followed.
 */
export async function* pagesOf(
  ask: (cursor: Cursor) => Promise<{ readonly data: unknown }>,
  pagesMax: number,
): AsyncGenerator<Fields, void> {
  const cursors = new Set<string>();
  let cursor: Cursor = {};
  for (let page = 0; page < pagesMax; page += 1) {
    const answer = await asked(ask(cursor));
    yield answer;
    const { cursor: next } = answer;
    if (typeof next !== 'string' || cursors.has(next)) return;
    cursors.add(next);
    cursor = { cursor: next };
  }
}
