/** Reads the body of a request or an answer, never more of it than it may have. */
import { ok, type Result } from './result.ts';

/** Reads the body of an answer; undefined for one that is longer than it may be. */
export async function readUpTo(
  bytesMax: number,
  { body }: Pick<Request, 'body'>,
): Promise<Blob | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  // Leaving the loop early also ends the connection.
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return new Blob(chunks);
}

/** `too-long`: it has more bytes than it may have. `broken-off`: its sender did not send all of it. */
type Unread = 'too-long' | 'broken-off';

const DIGITS = /^\d{1,15}$/;

/**
 * Reads the body of a request as text, along the shortest path that the runtime offers. With a
 * `Content-Length` the server itself holds the sender to it, so the length decides before a byte is
 * read; without one the bytes are counted as they come. It rejects for nothing that a sender does.
 */
export async function readText(
  bytesMax: number,
  request: Request,
): Promise<Result<string, Unread>> {
  const declared = request.headers.get('content-length');
  try {
    if (declared !== null && !request.headers.has('transfer-encoding')) {
      if (!DIGITS.test(declared)) return { ok: false, refusal: 'broken-off' };
      if (Number(declared) > bytesMax) return { ok: false, refusal: 'too-long' };
      return ok(await request.text());
    }
    const body = await readUpTo(bytesMax, request);
    return body === undefined ? { ok: false, refusal: 'too-long' } : ok(await body.text());
  } catch {
    return { ok: false, refusal: 'broken-off' };
  }
}
