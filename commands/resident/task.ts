import { type ChoiceName, choice } from '../../src/conversation/choices.ts';
import type { Command, TextKey } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import type { ClaimState } from '../../src/domain/task.ts';
import { seeTask } from '../../src/services/tasks/see-task.ts';

/** For each state of a claim: the text for its holder, and the commands that come next. */
const STATES: Readonly<
  Record<ClaimState, { readonly text: TextKey; readonly can: readonly ChoiceName[] }>
> = {
  active: { text: 'task.active', can: ['done', 'drop'] },
  standby: { text: 'task.standby', can: ['drop'] },
  submitted: { text: 'task.submitted', can: [] },
  verified: { text: 'task.verified', can: [] },
  rejected: { text: 'task.rejected', can: [] },
  dropped: { text: 'task.open', can: ['join'] },
  closed: { text: 'task.ended', can: [] },
};

export const task: Command = {
  name: 'task',
  who: 'resident',
  isPublic: true,
  run: (talk, args) => {
    const number = talk.read.numbers(args)?.numbers[0] ?? talk.message.repliesToTask;
    // TASK without a number, or with words, is the list.
    if (number === undefined) return talk.run('tasks', args);
    const found = seeTask(talk.context, talk.person.id, number);
    if (found === undefined) {
      const unknown = talk.refusal({ code: 'task-unknown', params: { task: number } });
      return replyWith(unknown, [choice(talk, 'tasks')]);
    }
    const { issuer, free, open, claim } = found;
    const state = claim ?? (open ? 'dropped' : 'closed');
    const facts = talk.say('task.facts', {
      task: found.task.id,
      title: found.task.title,
      when: talk.when(found.task.startsAt, found.task.endsAt),
      place: found.task.place,
      issuer,
      credits: talk.credits(found.task.credits),
      free,
      slots: found.task.slots,
    });
    return replyWith(
      `${facts} ${talk.say(STATES[state].text, { task: number })}`,
      STATES[state].can.map((command) => choice(talk, command, number)),
    );
  },
};
