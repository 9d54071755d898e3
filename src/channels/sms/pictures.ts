/** Fetches pictures of texts from Twilio, and lets Twilio forget those that it need not keep. */
import { refuse } from '../../lib/result.ts';
import { createMediaFetch } from '../../media/fetch-media.ts';
import type { CreatePublicFetch } from '../../media/public-fetch-port.ts';
import type { Channel } from '../channel.ts';
import type { SmsClient } from './client.ts';
import { refusalOf, safeError } from './errors.ts';
import type { SmsSettings } from './settings.ts';

const SOURCE = /\/Messages\/(\w+)\/Media\/(\w+)$/;

/** `trusted` are further origins that pictures may come from. */
export function createPictures(
  client: SmsClient,
  settings: SmsSettings,
  {
    trusted,
    createPublicFetch,
  }: { readonly trusted: readonly string[]; readonly createPublicFetch: CreatePublicFetch },
): Required<Pick<Channel, 'fetchPicture' | 'releasePicture'>> {
  const { accountSid, authToken, apiBaseUrl } = settings;
  const basic = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  const fetchMedia = createMediaFetch({
    provider: { origin: apiBaseUrl, authorization: `Basic ${basic}` },
    ...{ trusted, createPublicFetch },
  });
  return {
    fetchPicture: async (source) => {
      if (source === '') return refuse('picture-unreachable');
      const found = await fetchMedia(`${apiBaseUrl}${source}`);
      if (!found.ok && found.refusal.mayRetry) {
        // It is asked for again after an error.
        throw new Error(`A picture of a text: ${found.refusal.why}`);
      }
      return found;
    },
    releasePicture: async (source) => {
      const [, message, media] = SOURCE.exec(source) ?? [];
      if (message === undefined || media === undefined) return;
      try {
        await client.messages(message).media(media).remove();
      } catch (error) {
        // Twilio has forgotten it already.
        if (refusalOf(error)?.status === 404) return;
        throw safeError('letting go of a picture', error);
      }
    },
  };
}
