/** What it costs to understand a message: its command, or the answer, the reaction or the wish it is. */
import { commands } from '../commands/index.ts';
import { createMatcher } from '../src/conversation/words.ts';
import { LANGUAGES } from '../src/languages/index.ts';
import { mixedMessages } from '../test/support/mixed-messages.ts';

const SEED = 14;
/** The first ones are slower everywhere. */
const WARM_UP = 1000;
/** What takes so long is read once more. */
const PAUSE_MS = 1;

export type UnderstandingFigures = { readonly medianMs: number; readonly worstMs: number };

/** So many messages mixed from the words of all languages, each understood once. */
export function measureUnderstanding(messages: number): UnderstandingFigures {
  const { match, read } = createMatcher(commands, LANGUAGES);
  const { message } = mixedMessages(SEED);
  const understand = (text: string): unknown => [
    read.unsaid(text),
    read.legalWord(text),
    read.is('yes', text),
    match(text),
    read.comment(text),
  ];
  for (let at = 0; at < WARM_UP; at += 1) understand(message());
  const take = (text: string): number => {
    const startedAt = performance.now();
    understand(text);
    return performance.now() - startedAt;
  };
  const times = Array.from({ length: messages }, () => {
    const text = message();
    const ms = take(text);
    // A pause of the machine does not come twice: the same words, which nobody remembers yet.
    return ms < PAUSE_MS ? ms : Math.min(ms, take(`${text}\n`));
  }).toSorted((one, other) => one - other);
  return { medianMs: times[Math.floor(messages / 2)] ?? 0, worstMs: times.at(-1) ?? 0 };
}
