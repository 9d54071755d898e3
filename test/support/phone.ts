// A phone of the sandbox, over its HTTP.
import type { SandboxChannel, SandboxMessage } from '../../src/sandbox/page/page-data.ts';

type Extra = {
  readonly media?: readonly { readonly mediaType: string; readonly bytes: Uint8Array }[];
  readonly replyTo?: string;
};

/** What a phone can do wherever the sandbox runs. */
export type PlainPhone = {
  /** Sends a message and does not wait. */
  readonly post: (text: string, extra?: Extra) => Promise<Response>;
  /** Everything on the phone, or what came after a message. */
  readonly messages: (after?: string) => Promise<readonly SandboxMessage[]>;
};

export type Phone = PlainPhone & {
  /** Sends a message; the answers that came, once nothing is left to do. */
  readonly say: (text: string, extra?: Extra) => Promise<readonly SandboxMessage[]>;
  /** As `say`, the texts of the answers as one. */
  readonly ask: (text: string, extra?: Extra) => Promise<string>;
};

/** The phone of somebody in the sandbox at `url`. */
export const phoneAt = (url: string, channel: SandboxChannel, person: string): PlainPhone => ({
  post: (text, { media = [], replyTo } = {}) =>
    fetch(`${url}/sandbox/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        channel,
        from: person,
        text,
        media: media.map(({ mediaType, bytes }) => ({
          mediaType,
          base64: Buffer.from(bytes).toString('base64'),
        })),
        ...(replyTo === undefined ? {} : { replyTo }),
      }),
    }),
  messages: async (after) => {
    const query = new URLSearchParams({ channel, person });
    if (after !== undefined) query.set('after', after);
    const response = await fetch(`${url}/sandbox/messages?${query}`);
    return (await response.json()) as SandboxMessage[];
  },
});

/** `idle` resolves when nothing is left to do in the sandbox. */
export function withAnswers({ post, messages }: PlainPhone, idle: () => Promise<void>): Phone {
  const say: Phone['say'] = async (text, extra) => {
    const response = await post(text, extra);
    if (response.status !== 202) throw new Error(await response.text());
    const { id } = (await response.json()) as { id: string };
    await idle();
    return (await messages(id)).filter(({ direction }) => direction === 'out');
  };
  return {
    post,
    messages,
    say,
    ask: async (text, extra) =>
      (await say(text, extra)).map((message) => message.text).join('\n---\n'),
  };
}
