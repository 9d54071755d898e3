/** Answers a message: its sender alone, or in public where it was public. */
import type { Reply } from '../conversation/message.ts';
import type { Language } from '../languages/texts.ts';
import { type Address, addReply } from './deliveries.ts';
import type { MailerParts, Moment } from './mailer-parts.ts';
import { answerInPublic } from './public-answers.ts';
import { pageLast } from './sms-paging.ts';

/** The answers to one message, in the language of its sender. */
export type Answers = {
  /** Where the message came from. */
  readonly to: Address & { readonly identityId: number };
  readonly language: Language;
  readonly replies: readonly Reply[];
};

export function answer(parts: MailerParts, at: Moment, answers: Answers): void {
  const { to, language, replies } = answers;
  const { identityId, place } = to;
  if (place !== null) {
    const voice = parts.speech(language, at.now);
    answerInPublic(at, { ...to, place }, { replies, voice });
    return;
  }
  if (to.channel !== 'sms') {
    for (const reply of replies) addReply(at, to, reply);
    return;
  }
  const voice = parts.speech(language, at.now);
  for (const reply of pageLast(parts, at, { identityId, replies, voice })) addReply(at, to, reply);
}
