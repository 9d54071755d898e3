import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seeHistory } from '../../src/services/credits/see-history.ts';

/** Each move has the address of its public record, which is long: three fill an SMS. */
const MOVES_MAX = 3;

export const history: Command = {
  name: 'history',
  who: 'resident',
  summary: 'history.summary',
  run: (talk) => {
    const moves = seeHistory(talk.context, talk.person.participantId, MOVES_MAX);
    if (moves.length === 0) return replyWith(talk.say('history.none'), [choice(talk, 'tasks')]);
    const lines = moves.map(({ code, credits, isTaken, at, uri }) =>
      talk.say('history.line', {
        code,
        credits,
        sign: isTaken ? '-' : '+',
        at,
        uri: uri ?? '',
        hasUri: uri === undefined ? 'no' : 'yes',
      }),
    );
    return replyWith([talk.say('history.head'), ...lines, talk.say('history.how')].join('\n'), [
      choice(talk, 'balance'),
    ]);
  },
};
