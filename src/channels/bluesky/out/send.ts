/** Sends one delivery: a post in a thread, an announcement, or a private message. */
import type { OwnPost } from '../../../conversation/message.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Capabilities, Channel, SendError, SendOutcome } from '../../channel.ts';
import type { Account } from '../account.ts';
import { type Asked, sendErrorOf } from '../errors.ts';
import type { BlueskySettings } from '../settings.ts';
import { createMessageSender, HalfSent } from './message.ts';
import { createPostWriter } from './post.ts';

export type SendOptions = {
  readonly account: Account;
  readonly settings: Pick<BlueskySettings, 'publicUrl'>;
  readonly readPicture: Capabilities['readPicture'];
  readonly clock: Clock;
};

const NO_UPDATES: SendError = { kind: 'rejected', detail: 'a post cannot be changed' };

export function createSend(options: SendOptions): Channel['send'] {
  const { clock } = options;
  const { publicUrl } = options.settings;
  const writePosts = createPostWriter({ ...options, publicUrl });
  const sendMessages = createMessageSender({ ...options, publicUrl });
  return async (delivery) => {
    if (delivery.kind === 'update') return { ok: false, error: NO_UPDATES };
    const { to, place } = delivery;
    const asked: Asked = place === null && to !== null ? 'message' : 'post';
    try {
      return asked === 'message' && to !== null
        ? sentAs(await sendMessages(to, delivery))
        : postedAs(await writePosts(delivery));
    } catch (error) {
      const isHalf = error instanceof HalfSent;
      const reason = sendErrorOf(isHalf ? error.cause : error, asked, clock.now());
      // Where nothing was sent, being told to wait is no attempt. Posts are recognized anyway.
      const isUntried = reason.retryAfterMs !== undefined && !isHalf;
      return { ok: false, error: isUntried ? { ...reason, isUntried } : reason };
    }
  };
}

function sentAs([first, ...others]: readonly string[]): SendOutcome & { readonly ok: true } {
  return {
    ok: true,
    providerId: first ?? null,
    ...(others.length === 0 ? {} : { alsoIds: others }),
  };
}

function postedAs(posts: readonly OwnPost[]): SendOutcome {
  const [first] = posts;
  const outcome = sentAs(posts.map(({ uri }) => uri));
  return first === undefined ? outcome : { ...outcome, post: first };
}
