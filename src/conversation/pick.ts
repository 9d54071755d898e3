/** Which one is meant? A list of numbers and titles to pick from. */
import { shorten } from '../lib/text.ts';
import { type ChoiceName, choice } from './choices.ts';
import type { SessionData, Step, Talk, TextKey } from './command.ts';
import type { Reply } from './message.ts';
import { replyWith } from './speech.ts';

const TITLE_SHOWN = 40;

/** So many are taken at once. */
export const PICKED_MAX = 5;

/** The step that takes the number. */
export const WHICH = 'which';

type Pick = {
  readonly question: TextKey;
  readonly from: readonly { readonly id: number; readonly title: string }[];
  /** The command that is said with the number. */
  readonly command: ChoiceName;
  /** Kept until the answer; a button then sends the number alone, which the step gets. */
  readonly kept?: SessionData;
};

/** Asks which one is meant. */
export function askWhich(talk: Talk, { question, from, command, kept }: Pick): Reply {
  const listed = from.map(({ id }) => id).join(' ');
  talk.ask(WHICH, { ...kept, listed, example: from[0]?.id ?? null });
  const list = from
    .map(({ id, title }) => `${talk.number(id)} ${shorten(title, TITLE_SHOWN)}`)
    .join('\n');
  const choices = from.map(({ id }) => {
    const said = choice(talk, command, id);
    return kept === undefined ? said : { ...said, send: String(id) };
  });
  return replyWith(`${talk.say(question)}\n${list}`, choices);
}

/** How the question is answered. */
export const PICK_HINTS = { [WHICH]: 'which' } as const;

/** The one that is said by its place in the list that was shown. */
export const pickListed = ({ read }: Talk, text: string, { listed = '' }: SessionData) =>
  read.pick(text, String(listed).split(' ').filter(Boolean).map(Number));

/** The steps of a command that asks which one is meant; anything but numbers or NO is no answer. */
export const pickSteps = (
  picked: (talk: Talk, id: number) => Reply,
): Readonly<Record<typeof WHICH, Step>> => ({
  [WHICH]: (talk, text, data) => {
    if (talk.read.is('no', text)) return replyWith(talk.say('which.none'), [choice(talk, 'tasks')]);
    const listed = pickListed(talk, text, data);
    if (listed !== undefined) return picked(talk, listed);
    const read = talk.read.numbers(text);
    if (read === undefined || read.rest !== '' || read.isChoice) return null;
    return read.numbers.length > PICKED_MAX ? null : read.numbers.map((id) => picked(talk, id));
  },
});
