/** What was given at the counter today, in sum; with a number, whether that is the count. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seeToday } from '../../src/services/credits/see-today.ts';

export const today: Command = {
  name: 'today',
  who: 'redeemer',
  right: 'codes',
  exact: true,
  summary: 'today.summary',
  run: (talk, args) => {
    const seen = seeToday(talk.context, talk.person.id);
    if (!seen.ok) return replyWith(talk.refusal(seen.refusal));
    const { count, credits, offers, all } = seen.value;
    const said = talk.read.number(args);
    const facts = { count, said: said ?? 0, credits: talk.credits(credits) };
    if (said === count) return replyWith(talk.say('today.same', facts));
    if (count === 0) return replyWith(talk.say('today.none', facts));
    const lines =
      said === undefined
        ? offers.map((one) =>
            talk.say('today.offer', { ...one, credits: talk.credits(one.credits) }),
          )
        : all.map((one) => talk.say('today.line', { ...one, credits: talk.credits(one.credits) }));
    const key = said === undefined ? 'today.sum' : 'today.differs';
    return replyWith(talk.say(key, { ...facts, lines: lines.join('\n') }));
  },
};
