/** Reads the body of `POST /sandbox/messages`: cheap, strict, and clear about what is wrong. */
import * as z from 'zod';
import { ADDRESS_FORMS } from '../addresses.ts';
import type { SandboxInbound } from './page-data.ts';

const MEDIA_COUNT_MAX = 10;
const TEXT_LENGTH_MAX = 1_000_000;
const REPLY_TO_LENGTH_MAX = 512;

const Body = z.object(
  {
    channel: z.enum(['sms', 'telegram', 'bluesky'], {
      error: '"channel" must be "sms", "telegram" or "bluesky".',
    }),
    from: z.string({ error: '"from" must be a text: the sender\'s address on the channel.' }),
    text: z
      .string({ error: '"text" must be a text.' })
      .max(TEXT_LENGTH_MAX, { error: `"text" may have ${TEXT_LENGTH_MAX} characters at most.` })
      .optional(),
    media: z
      .array(
        z.object(
          {
            mediaType: z
              .string({ error: '"mediaType" must be a text such as "image/jpeg".' })
              // A phone may not know it: the file's bytes tell what it is.
              .regex(/^(?:[a-z]+\/[a-z0-9][a-z0-9.+-]{0,100})?$/i, {
                error: '"mediaType" must be a media type such as "image/jpeg".',
              })
              .default(''),
            base64: z.string({ error: '"base64" must be a text in base64.' }),
          },
          { error: 'Each of "media" must be { "mediaType", "base64" }.' },
        ),
        { error: '"media" must be a list.' },
      )
      .max(MEDIA_COUNT_MAX, { error: `"media" may have ${MEDIA_COUNT_MAX} files at most.` })
      .optional(),
    replyTo: z
      .string({ error: '"replyTo" must be the id of a message.' })
      .max(REPLY_TO_LENGTH_MAX, { error: '"replyTo" is too long to be the id of a message.' })
      .optional(),
  },
  { error: 'The body must be a JSON object with "channel", "from" and "text".' },
);

export type ReadInbound =
  | { readonly ok: true; readonly message: SandboxInbound }
  | { readonly ok: false; readonly error: string };

const wrong = (error: string): ReadInbound => ({ ok: false, error });

/** Turns the text of a request body into a message, or says in one sentence what is wrong with it. */
export function readInbound(json: string): ReadInbound {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    return wrong('The body is not valid JSON.');
  }
  const parsed = Body.safeParse(raw);
  if (!parsed.success) return wrong(parsed.error.issues[0]?.message ?? 'The body is not valid.');
  const { channel, from, text = '', media = [], replyTo } = parsed.data;

  const address = ADDRESS_FORMS[channel];
  if (!address.pattern.test(from)) return wrong(address.wrong);

  const files: { mediaType: string; bytes: Uint8Array }[] = [];
  for (const { mediaType, base64 } of media) {
    const bytes = decodeBase64(base64);
    if (bytes === undefined) return wrong('"base64" holds characters that are not base64.');
    if (bytes.length === 0) return wrong('"base64" is empty: there is no file in it.');
    files.push({ mediaType: mediaType.toLowerCase(), bytes });
  }
  const message = { channel, from, text, media: files };
  return { ok: true, message: replyTo === undefined ? message : { ...message, replyTo } };
}

/** The channel and the person that a query names, or the sentence for what is wrong with it. */
export function readAddress(
  channel: string | undefined,
  person: string | undefined,
):
  | { readonly ok: true; readonly channel: SandboxInbound['channel']; readonly person: string }
  | { readonly ok: false; readonly error: string } {
  if (channel !== 'sms' && channel !== 'telegram' && channel !== 'bluesky') {
    return { ok: false, error: '"channel" must be "sms", "telegram" or "bluesky".' };
  }
  if (person === undefined || !ADDRESS_FORMS[channel].pattern.test(person)) {
    return { ok: false, error: ADDRESS_FORMS[channel].wrong.replace('"from"', '"person"') };
  }
  return { ok: true, channel, person };
}

// atob and not Buffer: this folder also runs where Node's own modules are missing.
function decodeBase64(base64: string): Uint8Array | undefined {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
