/** Reads a request body up to a limit, along the shortest path that the runtime offers. */
import type { HonoRequest } from 'hono';

/**
 * The body as text, or `undefined` when it has more than `limit` bytes.
 * With a Content-Length the server itself holds the sender to it, so the length decides before
 * a byte is read; without one the bytes are counted as they come.
 */
export async function readBody(request: HonoRequest, limit: number): Promise<string | undefined> {
  const declared = request.header('content-length');
  if (declared !== undefined && request.header('transfer-encoding') === undefined) {
    return Number(declared) <= limit ? request.text() : undefined;
  }
  const reader = request.raw.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
