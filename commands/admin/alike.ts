/** Shows the admins which accounts may be one person's. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seeAlike } from '../../src/services/people/judge-alike.ts';

const SHOWN_MAX = 5;

export const alike: Command = {
  name: 'alike',
  who: 'admin',
  exact: true,
  summary: 'alike.summary',
  run: (talk) => {
    const pairs = seeAlike(talk.context, SHOWN_MAX);
    const [first] = pairs;
    if (first === undefined) return replyWith(talk.say('alike.none'));
    const lines = pairs.map(({ id, one, other, basis, times }) =>
      talk.say('alike.line', {
        ...{ number: talk.number(id), basis, times },
        ...{ one: one.participantId, other: other.participantId },
      }),
    );
    const how = talk.say('alike.how', { number: talk.number(first.id) });
    return replyWith([...lines, how].join('\n'));
  },
};
