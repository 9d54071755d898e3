import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { muteBroadcast } from '../../src/services/tasks/mute-broadcast.ts';

/** Stops the texts about a task that go to those who asked for news. */
export const mute: Command = {
  name: 'mute',
  who: 'admin',
  exact: true,
  summary: 'mute.summary',
  run: (talk, args) => {
    const task = talk.read.number(args);
    if (task === undefined) return replyWith(talk.say('mute.usage'));
    const result = muteBroadcast(talk.context, talk.person.id, task);
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    return replyWith(talk.say('mute.muted', { task, ...result.value }));
  },
};
