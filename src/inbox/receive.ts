/** Takes messages in: each is stored once, on disk, before its channel hears that it was received. */
import type { Inbox } from '../channels/channel.ts';
import type { InboundMessage } from '../conversation/message.ts';
import type { Reader } from '../conversation/reader.ts';
import type { Language } from '../languages/texts.ts';
import { DAY_MS } from '../lib/clock.ts';
import { messageDigest } from '../lib/digests.ts';
import type { Observe } from '../lib/steps.ts';
import { cleanText } from '../lib/text.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import { takePictures } from '../services/evidence/take-pictures.ts';
import { findOrAddIdentity, isKnownAddress, noteHeard } from '../services/people/find-identity.ts';
import { hideAuthor } from '../services/people/hide-author.ts';
import { mayWait } from '../services/people/limit-waiting.ts';

import type { InboxPayload } from '../store/schema/messages.ts';
import type { Store, Tx } from '../store/store.ts';
import { isBeforeRestore, leaveUnanswered } from './before-restore.ts';
import type { ProcessorLoop } from './processor.ts';
import { isStop } from './stop.ts';

/** More than any channel carries; a longer text is cut before anything looks at it. */
const TEXT_LENGTH_MAX = 5000;
/** Why a message was dropped, as its row says. */
const TOO_MANY_WAIT = 'too many wait';

/** The time that a message was sent counts for no longer than this after it came. */
const SENT_BEFORE_MS_MAX = DAY_MS;

/** A country that the city does not talk with hears no confirmation of STOP either. */
const answeredIn = ({ answered, isUnserved }: InboundMessage): Pick<InboxPayload, 'answered'> => {
  if (isUnserved === true) return { answered: 'stop' };
  return answered === undefined ? {} : { answered };
};

/** The address of a number that somebody shared, where somebody has it here. */
const sharedNumberIn = (
  { keys }: Foundation,
  tx: Tx,
  { sharedNumber }: InboundMessage,
): Pick<InboxPayload, 'sharedNumber'> =>
  sharedNumber === undefined
    ? {}
    : {
        sharedNumber: tx.identities.idOf('sms', keys.identityLookup('sms', sharedNumber)) ?? null,
      };

const buildPayload = (foundation: Foundation, message: InboundMessage): InboxPayload => ({
  text: cleanText(message.text.slice(0, TEXT_LENGTH_MAX)),
  replyTo: message.replyTo === null ? null : hideAuthor(foundation, message.replyTo),
  ...(message.thread === undefined ? {} : { thread: hideAuthor(foundation, message.thread) }),
  ...(message.isPublic ? { isPublic: true } : {}),
  ...answeredIn(message),
  ...(message.unread === undefined ? {} : { unread: message.unread }),
  ...(message.location === undefined ? {} : { location: message.location }),
  ...(message.isQuote === undefined ? {} : { isQuote: true }),
  ...(message.namesUs === undefined ? {} : { namesUs: true }),
  ...(message.changedAfterMs === undefined ? {} : { changedAfterMs: message.changedAfterMs }),
  pictures: message.pictures.length,
});

type ReceiverParts = {
  readonly store: Store;
  readonly foundation: Foundation;
  readonly reader: Pick<Reader, 'legalWord'>;
  /** The language a stranger's first words are in. */
  readonly guessLanguage: (text: string) => Language;
  readonly spool: { readonly remove: (spoolKey: string) => Promise<void> };
  readonly observe: Observe;
  /** What processes messages, in the commit that stores them. */
  readonly processor: Pick<ProcessorLoop, 'expect' | 'stored'>;
  /** There are new pictures, which have to be looked at first. */
  readonly picturesCame: () => void;
};

type Kept = {
  readonly id: number;
  readonly isNew: boolean;
  /** Pictures that were not taken. */
  readonly leftOut: InboundMessage['pictures'];
  /** Too much of the same sender waits. */
  readonly isDropped?: true;
  /** Nothing of it is kept: its sender's country is not one that the city talks with. */
  readonly isUnserved?: true;
};

export function createReceiver(parts: ReceiverParts): Omit<Inbox, 'report'> {
  const { store } = parts;
  return {
    known: (channel, externalIds) => {
      const hidden = externalIds.map((id) => hideAuthor(parts.foundation, id));
      const digests = hidden.map((id) => messageDigest(parts.foundation.keys, channel, id));
      const known = new Set(store.read.inbox.known(channel, [...hidden, ...digests]));
      const isKnown = (id = ''): boolean => known.has(id);
      return new Set(externalIds.filter((_, at) => isKnown(hidden[at]) || isKnown(digests[at])));
    },
    receive: async (message) => {
      const keeping = store.commit((tx) => keep(parts, tx, message));
      parts.processor.expect();
      const kept = await keeping;
      await finish(parts, message, kept);
      return { id: kept.id, isNew: kept.isNew };
    },
    receiveAll: async (messages, remember = {}) => {
      const keeping = store.commit((tx) => {
        for (const [name, value] of Object.entries(remember)) tx.cursors.put(name, value);
        return messages.map((message) => ({ message, ...keep(parts, tx, message) }));
      });
      parts.processor.expect();
      const kept = await keeping;
      for (const { message, ...one } of kept) await finish(parts, message, one);
      return kept.filter(({ isNew }) => isNew).length;
    },
  };
}

/** Stores a message with its pictures, unless it is there already. */
function keep(parts: ReceiverParts, tx: Tx, message: InboundMessage): Kept {
  const { channel, receivedAt, place, post, pictures } = message;
  if (message.isUnserved === true && !isStop(message, parts.reader)) {
    return { id: 0, isNew: false, leftOut: pictures, isUnserved: true };
  }
  const { sealText } = parts.foundation.keys;
  const externalId = hideAuthor(parts.foundation, message.externalId);
  const context = contextOf(parts.foundation, tx);
  const copy = { channel, externalId };
  const isOld = isBeforeRestore(tx, message, context.now);
  const isKnown = isKnownAddress(context, { channel, address: message.sender });
  if (isOld || !isKnown) {
    const before = storedBefore(parts, tx, copy);
    if (before !== undefined) return { id: before, isNew: false, leftOut: pictures };
  }
  if (isOld) {
    const language = () => parts.guessLanguage('');
    const { reader } = parts;
    const id = leaveUnanswered(context, { message, externalId }, { reader, language });
    return { id, isNew: false, leftOut: pictures, isDropped: true };
  }
  const payload = {
    ...buildPayload(parts.foundation, message),
    ...sharedNumberIn(parts.foundation, tx, message),
  };
  const identityId = findOrAddIdentity(context, { channel, address: message.sender }, () =>
    parts.guessLanguage(payload.text),
  );
  const stored = tx.inbox.put(
    {
      channel,
      externalId,
      identityId,
      payload,
      place: place === undefined ? null : sealText(place),
      postUri: post === undefined ? null : sealText(post.uri),
      postCid: post === undefined ? null : sealText(post.cid),
      segments: message.segments ?? null,
      sentAt: sentAtOf(message, context.now),
      receivedAt,
    },
    digestOf(parts, tx, copy),
  );
  if (stored === undefined) {
    return { id: storedBefore(parts, tx, copy) ?? 0, isNew: false, leftOut: pictures };
  }
  parts.processor.stored();
  if (isKnown) noteHeard(context, identityId);
  const { id, isBehind } = stored;
  if (isBehind && !mayWait(context, identityId, () => isStop(payload, parts.reader))) {
    tx.inbox.markDropped(id, receivedAt, TOO_MANY_WAIT);
    return { id, isNew: true, leftOut: pictures, isDropped: true };
  }
  if (pictures.length === 0) return { id, isNew: true, leftOut: [] };
  const { leftOut, isTold } = takePictures(context, { inboxId: id, identityId }, pictures);
  // Nothing is left of it, and its sender has heard why: it is not answered again.
  if (isTold && leftOut.length === pictures.length && payload.text === '') {
    tx.inbox.markDone([id], context.now);
  }
  return { id, isNew: true, leftOut };
}

type Named = Pick<InboundMessage, 'channel' | 'externalId'>;

/** The id of a message that is there already; a copy must not make anew a person who was forgotten. */
function storedBefore(parts: ReceiverParts, tx: Tx, copy: Named): number | undefined {
  const known = tx.inbox.idOf(copy.channel, copy.externalId);
  const digest = known === undefined ? digestOf(parts, tx, copy) : null;
  return digest === null ? known : tx.inbox.idOf(copy.channel, digest);
}

/** What is kept of a message whose sender was forgotten; null where nobody was. */
const digestOf = (
  { foundation: { keys } }: ReceiverParts,
  { identities }: Tx,
  { channel, externalId }: Named,
): string | null => (identities.hasNobody() ? messageDigest(keys, channel, externalId) : null);

/** No clock of a provider makes a message one of a time to come, or of long ago. */
const sentAtOf = ({ sentAt }: InboundMessage, now: number): number | null =>
  sentAt === undefined ? null : Math.min(now, Math.max(sentAt, now - SENT_BEFORE_MS_MAX));

/** Once it is on disk: wakes what processes it, or removes the pictures of one that came before. */
async function finish(
  parts: ReceiverParts,
  message: InboundMessage,
  { isNew, isDropped, isUnserved, leftOut }: Kept,
): Promise<void> {
  const { channel, pictures, segments } = message;
  const about = { count: 1, channel };
  if (isNew && isDropped !== true) {
    parts.observe('message.stored', segments === undefined ? about : { ...about, segments });
    if (leftOut.length > 0) parts.observe('picture.refused', { ...about, count: leftOut.length });
    if (pictures.length > leftOut.length) parts.picturesCame();
  } else if (isDropped === true) {
    parts.observe('message.dropped', segments === undefined ? about : { ...about, segments });
  } else if (isUnserved === true) {
    parts.observe('budget.refused', { ...about, budget: 'countries' });
  } else {
    parts.observe('message.duplicate', about);
  }
  for (const picture of leftOut) {
    if ('spoolKey' in picture) await parts.spool.remove(picture.spoolKey);
  }
}
