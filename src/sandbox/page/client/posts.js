// Which post a photo belongs to, where photos travel only in answers to posts.

/** @import { SandboxMessage } from '../page-data.ts' */

const JOINED = /^\/?(?:join|unirme)\s+#?(\d+)/i;

/**
 * The post of the task that this person last joined or answered, else the newest post.
 * @param {readonly SandboxMessage[]} messages of one phone, in order of time
 * @returns {SandboxMessage | undefined}
 */
export function postForPhoto(messages) {
  const posts = messages.filter((each) => each.public === true && each.direction === 'out');
  for (const { direction, text, replyTo } of messages.toReversed()) {
    if (direction === 'out') continue;
    const answered = posts.find(({ id }) => id === replyTo);
    const joined = text.match(JOINED)?.[1];
    const post = answered ?? (joined && posts.findLast((each) => isAbout(each, joined)));
    if (post) return post;
  }
  return posts.at(-1);
}

/**
 * Whether a post is the announcement of this task: it says, or offers, how to join it.
 * @param {SandboxMessage} post
 * @param {string} number
 */
const isAbout = ({ text, choices }, number) =>
  [text, ...choices.map(({ send }) => send)].some((words) =>
    new RegExp(`\\b(?:JOIN|UNIRME) ${number}\\b`).test(words),
  );
