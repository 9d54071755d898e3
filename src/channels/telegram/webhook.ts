/** Telegram's requests: only with the secret, and acknowledged only once they are stored. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Update } from 'grammy/types';

const SECRET_HEADER = 'x-telegram-bot-api-secret-token';
/** Updates are a few KB; this is more than any. */
const BODY_BYTES_MAX = 1024 * 1024;

export function createWebhook(options: {
  readonly secret: string;
  readonly take: (update: Update) => Promise<void>;
  readonly failed: (error: unknown) => void;
}): (request: Request) => Promise<Response> {
  const expected = digest(options.secret);
  return async (request) => {
    const given = request.headers.get(SECRET_HEADER) ?? '';
    // Digests are of one length, so that the time tells nothing about the secret.
    if (!timingSafeEqual(digest(given), expected)) return answer(401);
    const body = await readUpTo(BODY_BYTES_MAX, request);
    if (body === undefined) return answer(413);
    const update = readUpdate(body);
    if (update === undefined) return answer(400);
    try {
      await options.take(update);
      return answer(200);
    } catch (error) {
      options.failed(error);
      // Telegram sends it again.
      return answer(500);
    }
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const answer = (status: number): Response => new Response(null, { status });

async function readUpTo(bytesMax: number, request: Request): Promise<string | undefined> {
  // HTTP keeps a body to the length that it tells; read at once it costs half.
  const told = request.headers.get('content-length');
  if (told !== null) return Number(told) <= bytesMax ? request.text() : undefined;
  const { body } = request;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readUpdate(body: string): Update | undefined {
  try {
    const update: unknown = JSON.parse(body);
    const isUpdate = typeof update === 'object' && update !== null && 'update_id' in update;
    return isUpdate ? (update as Update) : undefined;
  } catch {
    return undefined;
  }
}
