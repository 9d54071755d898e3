/** Things that the person can say next, with labels in their language. */
import type { TextKey } from '../languages/texts.ts';
import type { Choice } from './message.ts';
import type { Voice } from './speech.ts';

type NameIn<Key> = Key extends `choice.${infer Name}` ? Exclude<Name, 'no'> : never;
/** A command whose choice has a label, `choice.<name>`. */
export type ChoiceName = NameIn<TextKey>;

/** The choice of saying a command: `choice(talk, 'join', 12)` sends `JOIN 12`. */
export const choice = (
  voice: Voice,
  command: ChoiceName,
  argument: string | number = '',
): Choice => ({
  label: voice.say(`choice.${command}`, { argument }).trim(),
  send: `${voice.word(command)} ${argument}`.trim(),
});

/** Yes and no to an open question. */
export const yesOrNo = (voice: Voice): readonly Choice[] => [
  { label: voice.say('choice.ok', { argument: '' }).trim(), send: voice.word('yes') },
  { label: voice.say('choice.no'), send: voice.word('no') },
];
