/** Fetches a picture that a message named. Its address holds the bot's token: nobody is told it. */
import { type Api, GrammyError } from 'grammy/web';
import { SECOND_MS } from '../../lib/clock.ts';
import { fetchWithin } from '../../lib/fetch-within.ts';
import { atOnce, type Outgoing } from '../../lib/outgoing.ts';
import { ok, refuse } from '../../lib/result.ts';
import { INPUT_BYTES_MAX } from '../../media/limits.ts';
import type { FetchPicture } from '../channel.ts';
import type { TelegramSettings } from './settings.ts';

const TIMEOUT_MS = 30 * SECOND_MS;
const TOO_LARGE = refuse('picture-too-large');
const GONE = refuse('picture-unreachable');

/**
 * Gives the bytes behind a file id. Each call asks for a new address, since one is good for an hour.
 * Its errors hold no address. The download waits in `outgoing`, as the calls of `api` do by themselves.
 */
export function createPictureFetch(
  api: Pick<Api, 'getFile'>,
  settings: Pick<TelegramSettings, 'token' | 'apiRoot'>,
  outgoing: Outgoing = atOnce,
): FetchPicture {
  const get = fetchWithin({ timeoutMs: TIMEOUT_MS, bytesMax: INPUT_BYTES_MAX, outgoing });
  return async (source) => {
    const file = await api.getFile(source).catch((error: unknown) => {
      if (error instanceof GrammyError && error.error_code === 400) return error;
      throw new Error('Telegram does not tell where a picture is.');
    });
    if (file instanceof GrammyError) return /too big/i.test(file.description) ? TOO_LARGE : GONE;
    if ((file.file_size ?? 0) > INPUT_BYTES_MAX) return TOO_LARGE;
    if (file.file_path === undefined) return GONE;
    const { apiRoot, token } = settings;
    // The error is not passed on: it may quote the address.
    const answer = await get(`${apiRoot}/file/bot${token}/${file.file_path}`).catch(
      () => undefined,
    );
    if (answer?.status !== 200) throw new Error('Telegram does not give a picture now.');
    return ok(new Uint8Array(await answer.arrayBuffer()));
  };
}
