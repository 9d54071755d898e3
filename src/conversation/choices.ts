/** Things that the person can say next, with labels in their language. */
import type { TextKey } from '../languages/texts.ts';
import type { Choice } from './message.ts';
import type { Voice } from './speech.ts';

const LABELS = {
  tasks: 'choice.tasks',
  task: 'choice.task',
  join: 'choice.join',
  drop: 'choice.drop',
  done: 'choice.done',
  balance: 'choice.balance',
  history: 'choice.history',
  offers: 'choice.offers',
  redeem: 'choice.redeem',
  codes: 'choice.codes',
  release: 'choice.release',
  announce: 'choice.announce',
  review: 'choice.review',
  approve: 'choice.approve',
  reject: 'choice.reject',
  roster: 'choice.roster',
  offer: 'choice.offer',
  help: 'choice.help',
} as const satisfies Readonly<Record<string, TextKey>>;

export type ChoiceName = keyof typeof LABELS;

/** The choice of saying a command: `choice(talk, 'join', 12)` sends `JOIN 12`. */
export const choice = (
  voice: Voice,
  command: ChoiceName,
  argument: string | number = '',
): Choice => ({
  label: voice.say(LABELS[command], { argument }).trim(),
  send: `${voice.word(command)} ${argument}`.trim(),
});

/** Yes and no to an open question. */
export const yesOrNo = (voice: Voice): readonly Choice[] => [
  { label: voice.say('choice.ok'), send: voice.word('yes') },
  { label: voice.say('choice.no'), send: voice.word('no') },
];
