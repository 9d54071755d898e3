/** Messages with evidence that wait for an answer: which task it is for, or whether it may be public. */
import type { PublicConsent } from '../domain/consent.ts';
import { EVIDENCE_TEXT_MAX } from '../domain/review.ts';
import { shorten } from '../lib/text.ts';
import { yesOrNo } from './choices.ts';
import type { SessionData, Talk } from './command.ts';
import type { Reply } from './message.ts';
import { replyWith } from './speech.ts';

/** An album arrives as one message a picture; further messages are left out. */
const MESSAGES_MAX = 10;

export type EvidenceDraft = {
  readonly text: string;
  /** The messages whose pictures belong to it. */
  readonly inboxIds: readonly number[];
  /** One of them is a post of the person's own. */
  readonly hasPost: boolean;
  /** Some of its words or photos are in no post. */
  readonly hasWords: boolean;
};

export const draftData = (draft: EvidenceDraft, task: number | null): SessionData => ({
  text: shorten(draft.text, EVIDENCE_TEXT_MAX),
  inboxIds: draft.inboxIds.join(' '),
  hasPost: draft.hasPost,
  hasWords: draft.hasWords,
  task,
});

export const draftFrom = (data: SessionData): EvidenceDraft => ({
  text: String(data.text),
  inboxIds: String(data.inboxIds).split(' ').filter(Boolean).map(Number),
  hasPost: data.hasPost === true,
  // A question that an earlier version asked says nothing of words.
  hasWords: data.hasWords !== false,
});

/** The draft of this message alone. */
export const draftOf = ({ message }: Talk, text: string): EvidenceDraft => ({
  text,
  inboxIds: [message.inboxId],
  hasPost: message.isPost,
  hasWords: !message.isPost,
});

/** A draft with another message. */
export const withMessage = (
  { message }: Talk,
  draft: EvidenceDraft,
  text: string,
): EvidenceDraft => ({
  text: [draft.text, text].filter(Boolean).join('\n'),
  inboxIds: [...draft.inboxIds, message.inboxId].slice(0, MESSAGES_MAX),
  hasPost: draft.hasPost || message.isPost,
  hasWords: draft.hasWords || !message.isPost,
});

/** A draft with the words of an answer, and with its message if that has pictures. */
export const withAnswer = (talk: Talk, draft: EvidenceDraft, text: string): EvidenceDraft =>
  talk.message.pictures.length === 0
    ? {
        ...draft,
        text: [draft.text, text].filter(Boolean).join('\n'),
        hasWords: draft.hasWords || text !== '',
      }
    : withMessage(talk, draft, text);

/** What a question kept, with the words of an answer: who says it all again does not mean both. */
export function keptWith(talk: Talk, data: SessionData, words: string): EvidenceDraft {
  const draft = draftFrom(data);
  const isAnew = data.isMisread === true && words !== '';
  return withAnswer(talk, isAnew ? { ...draft, text: '' } : draft, words);
}

/** What the person sent before and waits for its task, unless this message brings pictures itself. */
export const takeKept = (talk: Talk): SessionData | undefined =>
  talk.message.pictures.length === 0 ? talk.takeKept() : undefined;

/**
 * DONE said again while a question about evidence is open: the task that it names, if any, and the
 * words without the command; undefined for anything else.
 */
export function doneAgain(
  talk: Talk,
  text: string,
): { readonly task: number | null; readonly text: string } | undefined {
  const said = talk.commandIn(text);
  if (said?.name !== 'done') return undefined;
  const words = said.args.replace(/^[\s:;,.،؛-]+/u, '');
  const named = talk.read.numberAndWords(words);
  return { task: named?.number ?? null, text: named?.words ?? words };
}

/** The question whether words and photos may be public, or links to posts. */
export const publicWording = (talk: Talk, consent: PublicConsent): string =>
  talk.say('done.ask-public', { isPost: consent === 'posts' ? 'yes' : 'no' });

/** The agreement that an open question asks for. */
export const consentAsked = ({ consent, hasPost }: SessionData): PublicConsent =>
  consent === 'posts' || (consent === undefined && hasPost === true) ? 'posts' : 'words';

/** Asks whether a draft may be public, which waits for the answer. */
export function askPublic(
  talk: Talk,
  draft: EvidenceDraft,
  about: { readonly task: number; readonly consent: PublicConsent },
): Reply {
  const { task, consent } = about;
  talk.ask('public', { ...draftData(draft, task), consent });
  return replyWith(publicWording(talk, consent), yesOrNo(talk));
}

/** Why pictures of the message were refused, in one sentence; empty when none was. */
export function refusedPictures(talk: Talk): string {
  const reasons = talk.message.pictures.flatMap((picture) => (picture.ok ? [] : [picture.reason]));
  return [...new Set(reasons)].map((code) => talk.refusal({ code, params: {} })).join(' ');
}

/** Does a message bring pictures that can be used? */
export const hasPhotos = ({ message }: Talk): boolean =>
  message.pictures.some((picture) => picture.ok);

/** Do the messages of a draft have photos that can still be used? */
export const hasKeptPhotos = ({ context }: Talk, { inboxIds }: EvidenceDraft): boolean =>
  inboxIds.some((id) => context.tx.pictures.of(id).some(({ state }) => state === 'clean'));

/** Sends a draft, each message with its own pictures; the last answer speaks for all. */
export function sendDraft(talk: Talk, draft: EvidenceDraft, task: number): readonly Reply[] {
  const [first, ...others] = draft.inboxIds;
  let replies = talk.run('done', `${task} ${draft.text}`, first);
  for (const inboxId of others) replies = talk.run('done', String(task), inboxId);
  return replies;
}
