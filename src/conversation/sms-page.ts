/**
 * Answers where there are neither buttons nor room: as much as three segments hold, the rest for
 * MORE, and what the person can say next by a number. Pure: where it is kept is for others.
 */
import { toGsm7 } from '../lib/gsm7.ts';
import { fitsSms, smsSegments } from '../lib/sms-pieces.ts';
import { splitText } from '../lib/split-text.ts';
import type { Choice, Reply } from './message.ts';

export type SmsPage = {
  readonly reply: Reply;
  /** What is left of it; null for nothing. */
  readonly rest: Pick<Reply, 'text' | 'choices'> | null;
  /** What a number says, by the number. */
  readonly numbers: Readonly<Record<string, string>>;
};

const LENGTH_MAX = 459;
const NUMBERED_MAX = 4;
/** 'JOIN 3' of a list in which 3 is a line. */
const ENDS_WITH_NUMBER = / #?(\d{1,9})$/;

/** The numbers that begin lines of a text: what is listed there has its own already. */
const numbersListed = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^#?(\d{1,9})\b/gmu)].map(([, number]) => number as string));

type Numbers = SmsPage['numbers'];

/** In a list the number of a line says the first thing that is offered about it. */
function numbersOfList(choices: readonly Choice[], listed: ReadonlySet<string>): Numbers {
  const numbers: Record<string, string> = {};
  for (const { send } of choices) {
    const number = ENDS_WITH_NUMBER.exec(send)?.[1];
    if (number !== undefined && listed.has(number)) numbers[number] ??= send;
  }
  return numbers;
}

/** Does the text tell already how to say it? */
const isTold = (text: string, { send }: Choice): boolean => text.includes(send);

/** Offers by number what the text does not name, where that costs no other segment. */
function numbered(reply: Reply, choices: readonly Choice[]): Pick<SmsPage, 'reply' | 'numbers'> {
  const { text } = reply;
  const offered = choices.filter((choice) => !isTold(text, choice)).slice(0, NUMBERED_MAX);
  if (offered.length === 0) return { reply, numbers: {} };
  const line = offered.map(({ label }, at) => `${at + 1} ${label}`).join(', ');
  const longer = `${text}\n${line}`;
  if (smsSegments(longer) > smsSegments(text)) return { reply, numbers: {} };
  return {
    reply: { ...reply, text: longer },
    numbers: Object.fromEntries(offered.map(({ send }, at) => [String(at + 1), send])),
  };
}

/**
 * One answer as SMS carries it. `more` is the sentence that ends a page which goes on; with
 * `isAsked` a question is open, whose answers are no numbers of ours. What `isCareful`, since it
 * moves credits or codes, has to be said in words.
 */
export function smsPage(
  reply: Reply,
  more: string,
  isAsked: boolean,
  isCareful: (words: string) => boolean = () => false,
): SmsPage {
  const text = toGsm7(reply.text);
  if (!fitsSms(text)) {
    const [first = '', ...others] = splitText(text, LENGTH_MAX, (piece) =>
      fitsSms(`${piece}\n${more}`),
    );
    return {
      reply: { ...reply, text: `${first}\n${more}`, choices: [] },
      rest: { text: others.join('\n'), choices: reply.choices },
      numbers: {},
    };
  }
  if (isAsked) return { reply, rest: null, numbers: {} };
  const free = reply.choices.filter(({ send }) => !isCareful(send));
  const listed = numbersListed(text);
  if (listed.size > 0) {
    return { reply, rest: null, numbers: numbersOfList(free, listed) };
  }
  return { ...numbered(reply, free), rest: null };
}
