import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seeRoster } from '../../src/services/tasks/see-roster.ts';

/** So many participant ids with their states fit into three segments of an SMS. */
const LINES_MAX = 10;

export const roster: Command = {
  name: 'roster',
  who: 'organizer',
  right: 'roster',
  summary: 'roster.summary',
  run: (talk, args) => {
    const number = talk.read.number(args) ?? talk.message.repliesToTask;
    if (number === undefined) return replyWith(talk.say('roster.usage'));
    const result = seeRoster(talk.context, talk.person.id, number);
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { task, code, sign, lines } = result.value;
    const head = talk.say('roster.head', {
      task: task.id,
      title: task.title,
      taken: task.taken,
      slots: task.slots,
    });
    const shown = lines.slice(0, LINES_MAX);
    const rest = lines.length - shown.length;
    const people = shown.map((line) =>
      talk.say('roster.line', { ...line, state: line.state.replace('-', '_') }),
    );
    const more = rest > 0 ? [talk.say('roster.more', { count: rest })] : [];
    const how = talk.say('roster.how', { task: task.id, code });
    const link = sign === undefined ? [] : [talk.say('roster.sign', { sign })];
    const text = [head, ...people, ...more, how, ...link].join('\n');
    return { ...replyWith(text, [choice(talk, 'review')]), checkIn: code };
  },
};
