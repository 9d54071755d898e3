import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seePublicSelf } from '../../src/services/people/see-public-self.ts';

/** So many records of each kind are looked up; their addresses are long. */
const RECORDS_MAX = 2;
const RECORDS_SHOWN = 3;

export const me: Command = {
  name: 'me',
  who: 'resident',
  summary: 'me.summary',
  run: (talk) => {
    const self = seePublicSelf(talk.context, talk.person, RECORDS_MAX);
    const facts = talk.say('me.facts', {
      participantId: self.participantId,
      tasks: self.claims,
      credits: talk.credits(self.available + self.held),
    });
    if (self.records.length === 0) return replyWith(facts, [choice(talk, 'tasks')]);
    const records = self.records.slice(-RECORDS_SHOWN);
    return replyWith([facts, talk.say('me.records'), ...records].join('\n'), [
      choice(talk, 'history'),
    ]);
  },
};
