/** Sends one delivery: a post in a thread, an announcement, or a private message. */
import type { OwnPost } from '../../../conversation/message.ts';
import type { Channel, SendError, SendOutcome } from '../../channel.ts';
import type { SendOptions } from '../account.ts';
import { type Asked, sendErrorOf } from '../errors.ts';
import { createMessageSender, HalfSent } from './message.ts';
import { writePosts } from './post.ts';

const NO_UPDATES: SendError = { kind: 'rejected', detail: 'a post cannot be changed' };

export function createSend(options: SendOptions): Channel['send'] {
  const { clock } = options;
  const sendMessages = createMessageSender(options);
  return async (delivery) => {
    if (delivery.kind === 'update') return { ok: false, error: NO_UPDATES };
    const { to, place } = delivery;
    const asked: Asked = place === null && to !== null ? 'message' : 'post';
    try {
      return asked === 'message' && to !== null
        ? sentAs(await sendMessages(to, delivery))
        : postedAs(await writePosts(options, delivery));
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
