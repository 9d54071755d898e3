/** Takes Telegram's requests: only with the secret, and acknowledged only once they are stored. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Update } from 'grammy/types';
import { readText } from '../../lib/read-up-to.ts';
import type { Refusals } from '../refusals.ts';

export const TELEGRAM_WEBHOOK_PATH = '/webhooks/telegram';

const SECRET_HEADER = 'x-telegram-bot-api-secret-token';
/** Updates are a few KB; this is more than any. */
const BODY_BYTES_MAX = 1024 * 1024;

export function createWebhook(options: {
  readonly secret: string;
  readonly take: (update: Update) => Promise<void>;
  readonly failed: (error: unknown) => void;
  readonly refusals: Refusals;
}): (request: Request) => Promise<Response> {
  const expected = digest(options.secret);
  return async (request) => {
    const given = request.headers.get(SECRET_HEADER);
    if (!given) return answer(401);
    // All digests have one length, so that the time it takes tells nothing about the secret.
    if (!timingSafeEqual(digest(given), expected)) {
      options.refusals.refused();
      return answer(401);
    }
    options.refusals.accepted();
    const body = await readText(BODY_BYTES_MAX, request);
    if (!body.ok) return answer(body.refusal === 'too-long' ? 413 : 400);
    const update = readUpdate(body.value);
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

function readUpdate(body: string): Update | undefined {
  try {
    const update = JSON.parse(body);
    const isUpdate = typeof update === 'object' && update !== null && 'update_id' in update;
    return isUpdate ? update : undefined;
  } catch {
    return undefined;
  }
}
