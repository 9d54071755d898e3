import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seePublicSelf } from '../../src/services/people/see-public-self.ts';
import { addSecondPerson, seeTurn, takeTurn } from '../../src/services/people/share-phone.ts';

/** So many records of each kind are looked up; their addresses are long. */
const RECORDS_MAX = 2;
const RECORDS_SHOWN = 3;

function show(talk: Talk) {
  const self = seePublicSelf(talk.context, talk.person, RECORDS_MAX);
  const facts = talk.say('me.facts', {
    participantId: self.participantId,
    tasks: self.claims,
    credits: talk.credits(self.available + self.held),
  });
  if (self.records.length === 0)
    return replyWith(`${facts} ${talk.say('me.how')}`, [choice(talk, 'tasks')]);
  const records = self.records.slice(-RECORDS_SHOWN);
  return replyWith([facts, talk.say('me.records'), ...records, talk.say('me.how')].join('\n'), [
    choice(talk, 'history'),
  ]);
}

const now = (talk: Talk, turn: number) =>
  replyWith(talk.say('me.now', { turn, other: turn === 1 ? 2 : 1 }));

function askSecond(talk: Talk) {
  talk.ask('second', {});
  return replyWith(talk.say('me.ask-second'), yesOrNo(talk));
}

/** The phone goes to the other one; the second is asked before there is a second. */
function change(talk: Talk, turn: number) {
  const isShared = seeTurn(talk.context, talk.identityId) !== undefined;
  if (!isShared && turn === 1) return show(talk);
  if (!isShared && turn === 2) {
    return askSecond(talk);
  }
  const taken = takeTurn(talk.context, talk.identityId, turn);
  return taken.ok ? now(talk, turn) : replyWith(talk.refusal(taken.refusal));
}

export const me: Command = {
  name: 'me',
  who: 'resident',
  summary: 'me.summary',
  run: (talk, args) => {
    const { repliesToTask } = talk.message;
    // 'Me!' below a task is a wish to take part.
    if (args === '' && repliesToTask !== undefined) return talk.run('join', String(repliesToTask));
    const turn = talk.read.number(args);
    return turn === undefined ? show(talk) : change(talk, turn);
  },
  steps: {
    second: (talk, text) => {
      if (talk.read.is('no', text)) return replyWith(talk.say('me.kept'));
      // They agree to messages, which takes a word that carriers take.
      if (!talk.read.isConsent(text)) return talk.read.is('yes', text) ? askSecond(talk) : null;
      const at = { identityId: talk.identityId, personId: talk.person.id };
      addSecondPerson(talk.context, at, talk.say('me.ask-second'));
      return now(talk, 2);
    },
  },
  hints: { second: 'yes-no' },
};
