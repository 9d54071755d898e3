/** Tells what a post or a private message means here. Never throws: strangers write them. */
import type { InboundMessage } from '../../../conversation/message.ts';
import { fieldsOf, isObject, listOf } from '../fields.ts';
import { blobsOf } from './blobs.ts';
import { mentionsOf, withoutAddress } from './text.ts';

/** The city's account, and its posts that are about tasks. */
export type Surroundings = {
  readonly did: string;
  readonly isAnnouncement: (uri: string) => boolean;
};

/** Without the time at which it was taken in. */
type SaidMessage = Omit<InboundMessage, 'receivedAt'>;

export type Parsed =
  | { readonly kind: 'said'; readonly message: SaidMessage }
  /** It could not be loaded whole: worth asking for again. */
  | { readonly kind: 'missing'; readonly uri: string }
  /** Not for us. */
  | { readonly kind: 'nothing' };

type Ref = { readonly uri: `at://${string}`; readonly cid: string };

const NOTHING = { kind: 'nothing' } as const;
const POST =
  /^at:\/\/(did:[a-z]+:[A-Za-z0-9._:%-]{1,500})\/app\.bsky\.feed\.post\/([A-Za-z0-9._:~-]{1,512})$/;
const CID_LENGTH_MAX = 200;

/** Takes a post as notifications, threads and lists of posts show it. */
export function parsePost(shown: unknown, around: Surroundings): Parsed {
  const { uri, cid, record, author, indexedAt } = fieldsOf(shown);
  const post = refOf({ uri, cid });
  if (post === undefined) return NOTHING;
  const sender = authorOf(post.uri);
  if (sender === undefined || sender === around.did || isBot(author, sender)) return NOTHING;
  if (!isObject(record)) return { kind: 'missing', uri: post.uri };
  if (record['$type'] !== 'app.bsky.feed.post') return NOTHING;
  const mentions = mentionsOf(record['facets']);
  const reply = replyOf(record['reply']);
  const quoted = quotedOf(record['embed']);
  const isMention = mentions.some(({ did }) => did === around.did);
  const isQuote = quoted !== undefined && around.isAnnouncement(quoted);
  if (!isMention && !isQuote && !isReplyToUs(reply, sender, around.did)) return NOTHING;
  const text = typeof record['text'] === 'string' ? record['text'] : '';
  const isAnswer = reply !== undefined && !isQuote;
  const at = Date.parse(String(indexedAt));
  return {
    kind: 'said',
    message: {
      channel: 'bluesky',
      externalId: post.uri,
      sender,
      text: withoutAddress(text, mentions, around.did),
      pictures: blobsOf(record['embed']).map((blob) => ({ source: `${sender} ${blob}` })),
      replyTo: isAnswer ? reply.parent.uri : isQuote ? quoted : null,
      thread: (reply?.root ?? post).uri,
      isPublic: true,
      ...(isMention ? { namesUs: true } : {}),
      ...(isQuote && !isMention && !isReplyToUs(reply, sender, around.did)
        ? { isQuote: true }
        : {}),
      place: JSON.stringify({ root: reply?.root ?? post, parent: post }),
      post,
      ...(Number.isNaN(at) ? {} : { shownAt: at }),
    },
  };
}

/**
 * People may talk to one another below a task. Somebody who goes on below their own answer in a
 * thread of ours speaks to us.
 */
function isReplyToUs(
  reply: { readonly root: Ref; readonly parent: Ref } | undefined,
  sender: string,
  did: string,
): boolean {
  if (reply === undefined) return false;
  const answered = authorOf(reply.parent.uri);
  return answered === did || (answered === sender && authorOf(reply.root.uri) === did);
}

/** Only its own label counts, not what others say of it. Two bots would never come to an end. */
export function isBot(author: unknown, did: string): boolean {
  const { labels } = fieldsOf(author);
  return listOf(labels)
    .map(fieldsOf)
    .some(({ src, val, neg }) => src === did && val === 'bot' && neg !== true);
}

const authorOf = (uri: string): string | undefined => POST.exec(uri)?.[1];

/** Undefined for what is not the address and the version of a post. */
function refOf(value: unknown): Ref | undefined {
  const { uri, cid } = fieldsOf(value);
  if (typeof uri !== 'string' || typeof cid !== 'string') return undefined;
  if (!POST.test(uri) || cid === '' || cid.length > CID_LENGTH_MAX) return undefined;
  return { uri: uri as Ref['uri'], cid };
}

function replyOf(value: unknown): { readonly root: Ref; readonly parent: Ref } | undefined {
  const { root, parent } = fieldsOf(value);
  const [above, answered] = [refOf(root), refOf(parent)];
  return above === undefined || answered === undefined
    ? undefined
    : { root: above, parent: answered };
}

function quotedOf(embed: unknown): string | undefined {
  const { $type, record } = fieldsOf(embed);
  if ($type === 'app.bsky.embed.record') return refOf(record)?.uri;
  if ($type === 'app.bsky.embed.recordWithMedia') return refOf(fieldsOf(record)['record'])?.uri;
  return undefined;
}

/** With the conversation that it is in. */
export type DirectMessage = SaidMessage & { readonly convo: string };

/** Takes a private message. Undefined for what we said ourselves, and for what was deleted. */
export function parseMessage(
  shown: unknown,
  convo: string,
  ownDid: string,
): DirectMessage | undefined {
  const { $type, id, text, sender, embed, replyTo, sentAt } = fieldsOf(shown);
  const from = fieldsOf(sender)['did'];
  if ($type !== undefined && $type !== 'chat.bsky.convo.defs#messageView') return undefined;
  if (typeof id !== 'string' || typeof text !== 'string') return undefined;
  if (typeof from !== 'string' || from === ownDid) return undefined;
  const answered = fieldsOf(replyTo)['id'];
  const at = Date.parse(String(sentAt));
  return {
    convo,
    channel: 'bluesky',
    externalId: id,
    sender: from,
    text,
    pictures: [],
    replyTo: typeof answered === 'string' ? answered : null,
    isPublic: false,
    // The service tells it. The times of posts can be set back by whoever writes them.
    ...(Number.isNaN(at) ? {} : { sentAt: at }),
    ...(text.trim() === '' && embed !== undefined ? { unread: 'other' as const } : {}),
  };
}
