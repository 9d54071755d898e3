/** A business sets the price of an offer: down at once, up with 30 days' notice. */
import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { setPrice } from '../../src/services/partners/change-offer.ts';

export const price: Command = {
  name: 'price',
  who: 'redeemer',
  right: 'offers',
  exact: true,
  forOthers: 'offers',
  summary: 'price.summary',
  run: (talk, args) => {
    const said = talk.read.leadingNumber(args);
    const credits = said === undefined ? Number.NaN : talk.read.credits(said.words);
    if (said === undefined || Number.isNaN(credits)) return replyWith(talk.say('price.usage'));
    const { context, person } = talk;
    const set = setPrice(context, person.id, { offerId: said.number, credits });
    if (!set.ok) return replyWith(talk.refusal(set.refusal));
    const { id, title, nextCredits, nextCreditsAt } = set.value;
    const facts = { offer: id, title, credits: talk.credits(set.value.credits) };
    const text =
      nextCredits === null || nextCreditsAt === null
        ? talk.say('price.set', facts)
        : talk.say('price.to-come', {
            ...facts,
            next: talk.credits(nextCredits),
            from: nextCreditsAt,
          });
    return replyWith(text, [choice(talk, 'offers')]);
  },
};
