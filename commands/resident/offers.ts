import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { foldWords, shorten } from '../../src/lib/text.ts';
import { seeBalance } from '../../src/services/credits/see-balance.ts';
import { seeOffer, seeOffers } from '../../src/services/partners/see-offers.ts';

/** Four lines of these lengths are three segments of an SMS. */
const LINES_MAX = 4;
const TITLE_SHOWN = 36;
const NAME_SHOWN = 24;
/** How many offers are looked through for a person's words. */
const SEARCHED_MAX = 500;

/** The offers whose title or business has all of a person's words; one more than are shown. */
function findOffers({ context }: Talk, words: string) {
  const wanted = foldWords(words).split(' ').filter(Boolean);
  const limit = wanted.length === 0 ? LINES_MAX + 1 : SEARCHED_MAX;
  return seeOffers(context, limit).filter(({ title, redeemer }) => {
    const text = foldWords(`${title} ${redeemer}`);
    return wanted.every((word) => text.includes(word));
  });
}

/** Lists offers, and tells how to have one. */
function list(talk: Talk, found: ReturnType<typeof seeOffers>): Reply {
  const shown = found.slice(0, LINES_MAX);
  const lines = shown.map(({ id, title, credits, redeemer, nextCredits, nextCreditsAt }) => {
    const line = talk.say('offers.line', {
      offer: id,
      title: shorten(title, TITLE_SHOWN),
      credits: talk.credits(credits),
      redeemer: shorten(redeemer, NAME_SHOWN),
    });
    return nextCredits === null || nextCreditsAt === null
      ? line
      : `${line} ${talk.say('offers.next', { next: nextCredits, from: nextCreditsAt })}`;
  });
  const { available } = seeBalance(talk.context, talk.person.participantId);
  const how = talk.say('offers.how', {
    credits: talk.credits(available),
    offer: shown[0]?.id ?? 0,
  });
  const more = found.length > LINES_MAX ? ` ${talk.say('offers.more')}` : '';
  return replyWith(
    `${lines.join('\n')}\n${how}${more}`,
    shown.filter(({ credits }) => credits <= available).map(({ id }) => choice(talk, 'redeem', id)),
  );
}

export const offers: Command = {
  name: 'offers',
  who: 'resident',
  summary: 'offers.summary',
  run: (talk, args) => {
    const number = talk.read.number(args);
    if (number !== undefined) {
      const one = seeOffer(talk.context, number);
      if (one !== undefined) return list(talk, [one]);
      const unknown = talk.refusal({ code: 'offer-unknown', params: { offer: number } });
      return replyWith(unknown, [choice(talk, 'offers')]);
    }
    const words = talk.read.plain(args);
    const found = findOffers(talk, words);
    if (found.length > 0) return list(talk, found);
    if (words === '') return replyWith(talk.say('offers.none'));
    const none = talk.say('offers.none-with', { words: shorten(words, TITLE_SHOWN) });
    return replyWith(none, [choice(talk, 'offers')]);
  },
};
