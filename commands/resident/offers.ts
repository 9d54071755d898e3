import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { foldWords, shorten } from '../../src/lib/text.ts';
import { seeBalance } from '../../src/services/credits/see-balance.ts';
import { seeOffers } from '../../src/services/partners/see-offers.ts';

/** Four lines of these lengths are three segments of an SMS. */
const LINES_MAX = 4;
const TITLE_SHOWN = 36;
const NAME_SHOWN = 24;
/** How many offers are looked through for a person's words. */
const SEARCHED_MAX = 500;

export const offers: Command = {
  name: 'offers',
  who: 'resident',
  summary: 'offers.summary',
  run: (talk, words) => {
    const wanted = foldWords(words).split(' ').filter(Boolean);
    const found = seeOffers(
      talk.context,
      wanted.length === 0 ? LINES_MAX + 1 : SEARCHED_MAX,
    ).filter(({ title, redeemer }) => {
      const text = foldWords(`${title} ${redeemer}`);
      return wanted.every((word) => text.includes(word));
    });
    const shown = found.slice(0, LINES_MAX);
    const [first] = shown;
    if (first === undefined) {
      if (words === '') return replyWith(talk.say('offers.none'));
      const none = talk.say('offers.none-with', { words: shorten(words, TITLE_SHOWN) });
      return replyWith(none, [choice(talk, 'offers')]);
    }
    const lines = shown.map(({ id, title, credits, redeemer }) =>
      talk.say('offers.line', {
        offer: id,
        title: shorten(title, TITLE_SHOWN),
        credits: talk.credits(credits),
        redeemer: shorten(redeemer, NAME_SHOWN),
      }),
    );
    const { available } = seeBalance(talk.context, talk.person.participantId);
    const how = talk.say('offers.how', { credits: talk.credits(available), offer: first.id });
    const more = found.length > LINES_MAX ? ` ${talk.say('offers.more')}` : '';
    return replyWith(
      `${lines.join('\n')}\n${how}${more}`,
      shown
        .filter(({ credits }) => credits <= available)
        .map(({ id }) => choice(talk, 'redeem', id)),
    );
  },
};
