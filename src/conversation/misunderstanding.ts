/**
 * What somebody hears whose message was not understood, once, twice and more times in a row: never
 * the same words again, and in the end a way to a person.
 */
import type { City } from '../domain/city.ts';
import type { Next } from '../services/people/see-next.ts';
import { type ChoiceName, choice, yesOrNo } from './choices.ts';
import type { Hint, SessionData } from './command.ts';
import type { Choice, Reply } from './message.ts';
import { nextSteps, replyWithNext } from './next-steps.ts';
import { replyWith, type Voice } from './speech.ts';

/** The hints of questions that are not answered in words of their own the first time. */
type PlainHint = Extract<Hint, 'which' | 'yes-no' | 'photo'>;

const isPlain = (hint: Hint): hint is PlainHint =>
  hint === 'which' || hint === 'yes-no' || hint === 'photo';

/** So many choices are offered to those who were not understood twice. */
const CHOICES_OFFERED = 3;

/** The question stays open, since its answer could not be taken. */
export const again = (reply: Reply): Reply => ({ ...reply, isAgain: true });

const choicesOf = (voice: Voice, hint: Hint): readonly Choice[] =>
  hint === 'yes-no' || hint === 'read-back' ? yesOrNo(voice) : [];

/** The first words for an answer that was not understood. */
export const notUnderstood = (voice: Voice, hint: PlainHint): Reply =>
  again(
    replyWith(`${voice.say('help.unknown')} ${voice.say(`ask.${hint}`)}`, choicesOf(voice, hint)),
  );

/** The commands that are offered, with the words that each number stands for. */
export type Offered = { readonly reply: Reply; readonly words: SessionData };

/** Things that everybody can say, for those who have little else to do. */
const FOR_EVERYBODY: readonly ChoiceName[] = ['balance', 'help'];

/** Offers the three things that the person most likely wants, by number or button, or a person. */
export function offerChoices(
  voice: Voice,
  next: Next,
  { contact }: Pick<City, 'contact'>,
): Offered {
  const choices = [
    ...nextSteps(voice, next).map((step) => step.choice),
    ...FOR_EVERYBODY.map((name) => choice(voice, name)),
  ].slice(0, CHOICES_OFFERED);
  const lines = choices.map(({ label }, at) => `${voice.number(at + 1)} ${label}`).join('\n');
  return {
    reply: replyWith(voice.say('help.choose', { lines, contact }), choices),
    words: Object.fromEntries(choices.map(({ send }, at) => [String(at + 1), send])),
  };
}

/** What is said of a message that means nothing here, in the order in which it is said. */
export function unknownReplies(
  voice: Voice,
  next: Next,
  { contact }: Pick<City, 'contact'>,
): { readonly first: Reply; readonly later: readonly Reply[] } {
  const steps = [
    ...nextSteps(voice, next),
    { text: voice.say('next.balance'), choice: choice(voice, 'balance') },
  ];
  return {
    first: replyWithNext(voice, voice.say('help.unknown'), next),
    later: [
      replyWith(voice.say('help.still', { contact }), [choice(voice, 'help')]),
      ...steps.map((step) =>
        replyWith(voice.say('help.nor-that', { next: step.text }), [step.choice]),
      ),
    ],
  };
}

/**
 * What is said of an answer that could not be taken, the first choice first: in the words of the
 * question itself (`own`), with an example and the way back, and in the end of whom to ask.
 */
export function answerReplies(
  voice: Voice,
  { contact }: Pick<City, 'contact'>,
  asked: {
    readonly hint: Hint | undefined;
    readonly own: Reply | undefined;
    readonly data: SessionData;
  },
): readonly Reply[] {
  const { hint, own, data } = asked;
  const replies: Reply[] = [];
  if (own !== undefined) replies.push(own);
  else if (hint !== undefined && isPlain(hint)) replies.push(notUnderstood(voice, hint));
  if (hint !== undefined) {
    const example = voice.number(Number(data.example ?? 1));
    const reply = replyWith(voice.say(`again.${hint}`, { example }), choicesOf(voice, hint));
    replies.push(reply);
  }
  return [...replies, replyWith(voice.say('again.stuck', { contact }))];
}
