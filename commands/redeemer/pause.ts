/** A business stops giving codes for an offer for a while, and gives them again: `PAUSE 3 OFF`. */
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { ownOffers, pauseOffer } from '../../src/services/partners/change-offer.ts';

/** As many as a few texts hold. */
const LINES_MAX = 20;

/** Their offers with the numbers, and which of them are paused. */
function list(talk: Talk): Reply {
  const mine = ownOffers(talk.context, talk.person.id);
  if (mine.length === 0) return replyWith(talk.say('pause.none'));
  const lines = mine.slice(0, LINES_MAX).map(({ id, title, credits, state }) =>
    talk.say('pause.line', {
      ...{ offer: id, title, credits: talk.credits(credits) },
      state: state === 'paused' ? 'paused' : 'open',
    }),
  );
  return replyWith(talk.say('pause.list', { lines: lines.join('\n'), offer: mine[0]?.id ?? 0 }));
}

export const pause: Command = {
  name: 'pause',
  who: 'redeemer',
  right: 'offers',
  exact: true,
  summary: 'pause.summary',
  run: (talk, args) => {
    const said = talk.read.leadingNumber(args);
    if (said === undefined) return list(talk);
    const isOff = talk.read.is('off', said.words);
    if (talk.read.plain(said.words) !== '' && !isOff && !talk.read.is('on', said.words)) {
      return list(talk);
    }
    const changed = pauseOffer(talk.context, talk.person.id, {
      offerId: said.number,
      isPaused: !isOff,
    });
    if (!changed.ok) return replyWith(talk.refusal(changed.refusal));
    const { id, title } = changed.value;
    return replyWith(talk.say(isOff ? 'pause.ended' : 'pause.paused', { offer: id, title }));
  },
};
