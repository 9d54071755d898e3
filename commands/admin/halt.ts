import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumber } from '../../src/conversation/words.ts';
import { haltBroadcast } from '../../src/services/tasks/halt-broadcast.ts';

export const halt: Command = {
  name: 'halt',
  who: 'admin',
  exact: true,
  summary: 'halt.summary',
  run: (talk, args) => {
    const task = parseNumber(args);
    if (task === undefined) return replyWith(talk.say('halt.usage'));
    const result = haltBroadcast(talk.context, talk.person.id, task);
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    return replyWith(talk.say('halt.halted', { task, ...result.value }));
  },
};
