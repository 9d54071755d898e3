/** Forgets the person, after two questions. */
import { yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, Step, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { forgetPerson } from '../../src/services/privacy/forget-person.ts';
import { seeForget } from '../../src/services/privacy/see-forget.ts';

/** Where the city's host keeps what was deleted for a while, people hear it before they decide. */
const withCopies = (talk: Talk, words: string): string => {
  const { deletedKeptDays: days = 0 } = talk.context;
  return days === 0 ? words : `${talk.say('forget.copies', { days })} ${words}`;
};

const askAgain: Step = (talk, text) => {
  if (talk.read.is('no', text)) return replyWith(talk.say('forget.kept'));
  if (!talk.read.is('yes', text)) return null;
  talk.ask('second', {});
  return replyWith(withCopies(talk, talk.say('forget.second')), yesOrNo(talk));
};

const carryOut: Step = (talk, text) => {
  if (talk.read.is('no', text)) return replyWith(talk.say('forget.kept'));
  if (!talk.read.is('yes', text)) return null;
  const { person, identityId, message } = talk;
  const result = forgetPerson(talk.context, { person, identityId, inboxId: message.inboxId });
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  const { isShared, ...counts } = result.value;
  const done = talk.say('forget.done', counts);
  return replyWith(isShared ? `${done} ${talk.say('forget.other-stays')}` : done);
};

export const forget: Command = {
  name: 'forget',
  who: 'resident',
  exact: true,
  isEssential: true,
  run: (talk) => {
    const loss = seeForget(talk.context, talk.person);
    if (!loss.ok) return replyWith(talk.refusal(loss.refusal));
    talk.ask('first', {});
    return replyWith(talk.say('forget.first', { ...loss.value }), yesOrNo(talk));
  },
  steps: { first: askAgain, second: carryOut },
  hints: { first: 'yes-no', second: 'yes-no' },
};
