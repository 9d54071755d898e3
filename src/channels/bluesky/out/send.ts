/** Sends one delivery: a post in a thread, an announcement, or a private message. */
import type { Clock } from '../../../lib/clock.ts';
import type { Capabilities, Channel, Delivery, SendError, SendOutcome } from '../../channel.ts';
import { type Asked, sendErrorOf } from '../errors.ts';
import type { BlueskySettings } from '../settings.ts';
import { createMessageSender, HalfSent } from './message.ts';
import { createPostWriter } from './post.ts';
import type { Speaker } from './speaker.ts';

const NO_UPDATES: SendError = { kind: 'rejected', detail: 'a post cannot be changed' };

export function createSend(options: {
  readonly account: Speaker;
  readonly settings: Pick<BlueskySettings, 'publicUrl'>;
  readonly readPicture: Capabilities['readPicture'];
  readonly clock: Clock;
}): Channel['send'] {
  const { clock } = options;
  const { publicUrl } = options.settings;
  const write = createPostWriter({ ...options, publicUrl });
  const say = createMessageSender({ ...options, publicUrl });

  const post = async (delivery: Delivery): Promise<SendOutcome> => {
    const [first, ...others] = await write(delivery);
    if (first === undefined) return { ok: true, providerId: null };
    return {
      ok: true,
      providerId: first.uri,
      post: first,
      ...(others.length === 0 ? {} : { alsoIds: others.map(({ uri }) => uri) }),
    };
  };

  const message = async (to: string, delivery: Delivery): Promise<SendOutcome> => {
    const [first = null, ...others] = await say(to, delivery);
    return {
      ok: true,
      providerId: first,
      ...(others.length === 0 ? {} : { alsoIds: others }),
    };
  };

  return async (delivery) => {
    if (delivery.kind === 'update') return { ok: false, error: NO_UPDATES };
    const { to, place } = delivery;
    const asked: Asked = place === null && to !== null ? 'message' : 'post';
    try {
      return asked === 'message' && to !== null
        ? await message(to, delivery)
        : await post(delivery);
    } catch (error) {
      const isHalf = error instanceof HalfSent;
      const reason = sendErrorOf(isHalf ? error.cause : error, asked, clock.now());
      // Where nothing was sent, being asked for patience is no attempt. Posts are recognized anyway.
      const isUntried = reason.retryAfterMs !== undefined && !isHalf;
      return { ok: false, error: isUntried ? { ...reason, isUntried } : reason };
    }
  };
}
