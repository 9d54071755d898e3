import { type ChoiceName, choice } from '../../src/conversation/choices.ts';
import type { Command, Talk, TextKey } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import type { ClaimState } from '../../src/domain/claim.ts';
import { publicWords } from '../../src/domain/public-words.ts';
import { QUESTION_LENGTH_MAX } from '../../src/domain/task.ts';
import { askOrganizer } from '../../src/services/tasks/ask-organizer.ts';
import { seeTask } from '../../src/services/tasks/see-task.ts';

/** For each state of a claim: the text for its holder, and the commands that come next. */
const STATES: Readonly<
  Record<ClaimState, { readonly text: TextKey; readonly can: readonly ChoiceName[] }>
> = {
  joined: { text: 'task.joined', can: ['done', 'drop'] },
  confirmed: { text: 'task.joined', can: ['done', 'drop'] },
  standby: { text: 'task.standby', can: ['drop'] },
  offered: { text: 'task.offered', can: ['ok', 'drop'] },
  'checked-in': { text: 'task.checked-in', can: ['done'] },
  submitted: { text: 'task.submitted', can: [] },
  verified: { text: 'task.verified', can: [] },
  rejected: { text: 'task.rejected', can: [] },
  left: { text: 'task.open', can: ['join'] },
  absent: { text: 'task.absent', can: [] },
  lapsed: { text: 'task.open', can: ['join'] },
  closed: { text: 'task.ended', can: [] },
  'called-off': { text: 'task.called-off', can: [] },
};

/**
 * A question below the post of a task goes to its organizer, without the number or name of whoever
 * asks. Others who ask there are left to those who read it.
 */
function ask(talk: Talk, text: string): Reply | readonly Reply[] {
  const { context, person, message } = talk;
  if (message.repliesToTask === undefined) return [];
  const asked = { taskId: message.repliesToTask, text: publicWords(text, QUESTION_LENGTH_MAX) };
  const passed = askOrganizer(context, person, asked);
  if (passed.ok) return replyWith(talk.say('ask.passed', { issuer: passed.value.issuer }));
  return passed.refusal.code === 'not-joined' ? [] : replyWith(talk.refusal(passed.refusal));
}

export const task: Command = {
  name: 'task',
  who: 'resident',
  isPublic: true,
  runBare: ask,
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
    const ended = found.task.state === 'called-off' ? 'called-off' : 'closed';
    const state = claim ?? (open ? 'left' : ended);
    const note = found.task.note === '' ? '' : ` ${found.task.note}`;
    const anyTime = found.task.isAnyTime === 1 ? 'yes' : 'no';
    const facts = talk.say('task.facts', {
      task: found.task.id,
      title: found.task.title,
      when: talk.taskTime(found.task),
      place: found.task.place,
      issuer,
      credits: talk.credits(found.task.credits),
      free,
      slots: found.task.slots,
    });
    return replyWith(
      `${facts}${note} ${talk.say(STATES[state].text, { task: number, anyTime })}`,
      STATES[state].can.map((command) => choice(talk, command, number)),
    );
  },
};
