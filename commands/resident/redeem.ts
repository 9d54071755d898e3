import { alsoSaid } from '../../src/conversation/also-said.ts';
import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import { codeReply } from '../../src/conversation/code-reply.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { foldWords, shorten } from '../../src/lib/text.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { seeOffer, seeOffers } from '../../src/services/partners/see-offers.ts';

type Offer = ReturnType<typeof seeOffers>[number];

const TITLE_SHOWN = 40;
/** How many offers are looked through for a person's words. */
const SEARCHED_MAX = 500;
/** Shorter words name no offer. */
const NAMED_LENGTH_MIN = 3;
/** As many places as people count. */
const PLACES = [1, 2, 3, 4, 5];
/** So many are named in a question. */
const ASKED_MAX = 3;

/** Does an offer say all of these words? */
const says = ({ title, redeemer }: Offer, words: string): boolean => {
  const text = foldWords(`${title} ${redeemer}`);
  return foldWords(words)
    .split(' ')
    .every((word) => text.includes(word));
};

function redeemNumber(talk: Talk, number: number): Reply {
  const result = redeemOffer(talk.context, talk.person, number);
  if (!result.ok) {
    const { code } = result.refusal;
    const next =
      code === 'live-codes-max' ? 'codes' : code === 'balance-short' ? 'tasks' : 'offers';
    return replyWith(talk.refusal(result.refusal), [choice(talk, next)]);
  }
  return codeReply(talk, result.value, talk.context.now);
}

/** Credits are held for what was named beyond doubt; anything else is asked about first. */
function ask(talk: Talk, offers: readonly Offer[]): Reply {
  const [only, ...others] = offers;
  if (only === undefined) return replyWith(talk.say('redeem.usage'), [choice(talk, 'offers')]);
  if (others.length === 0) {
    talk.ask('sure', { offer: only.id });
    const facts = { offer: only.id, title: only.title, credits: talk.credits(only.credits) };
    return replyWith(talk.say('redeem.ask', facts), yesOrNo(talk));
  }
  const shown = offers.slice(0, ASKED_MAX);
  const lines = shown.map(({ id, title }) => `${talk.number(id)} ${shorten(title, TITLE_SHOWN)}`);
  return replyWith(
    `${talk.say('redeem.which', { offer: only.id })}\n${lines.join('\n')}`,
    shown.map(({ id }) => choice(talk, 'redeem', id)),
  );
}

/** An offer in a person's words, without a number. */
function askAbout(talk: Talk, words: string): Reply {
  const isSaid = (offer: Offer) => words !== '' && says(offer, words);
  return ask(talk, seeOffers(talk.context, SEARCHED_MAX).filter(isSaid));
}

/**
 * `I'd like a coffee`: asks about the offer that is named, or shows all to whoever wants something that
 * none is called.
 */
function recognize(talk: Talk, text: string): Reply | readonly Reply[] | null {
  const wish = talk.read.wish(text);
  if (wish === undefined || talk.message.isPublic || talk.read.is('unlimited', wish.thing))
    return null;
  // A place in a list that nobody knows of names nothing.
  if (talk.read.pick(text, PLACES) !== undefined) return null;
  const wanted = wish.thing.split(' ');
  const found = seeOffers(talk.context, SEARCHED_MAX).filter(({ title }) => {
    const named = foldWords(title).split(' ');
    return wanted.every((word) => named.includes(word));
  });
  if (found.length > 0 && wish.thing.length >= NAMED_LENGTH_MIN) return ask(talk, found);
  return wish.isWanted && !talk.read.isOfTask(text) ? talk.run('offers', '') : null;
}

export const redeem: Command = {
  name: 'redeem',
  who: 'resident',
  exact: true,
  isEssential: true,
  summary: 'redeem.summary',
  run: (talk, args) => {
    const named = talk.read.numbers(args);
    if (named === undefined) {
      const place = talk.read.pick(args, seeOffers(talk.context, SEARCHED_MAX));
      return place === undefined ? askAbout(talk, talk.read.plain(args)) : ask(talk, [place]);
    }
    const offers = named.numbers.map((id) => seeOffer(talk.context, id));
    const [offer] = offers;
    const isClear = named.numbers.length === 1 && !named.isChoice;
    const other = isClear ? alsoSaid(talk, named.rest) : undefined;
    if (other !== undefined) {
      return [redeemNumber(talk, named.numbers[0] ?? 0), ...other()];
    }
    const words = talk.read.plain(named.rest);
    if (isClear && (words === '' || offer === undefined || says(offer, words))) {
      return redeemNumber(talk, named.numbers[0] ?? 0);
    }
    return ask(
      talk,
      offers.filter((one) => one !== undefined),
    );
  },
  recognize,
  steps: {
    sure: (talk, text, data) => {
      if (talk.read.is('no', text)) return replyWith(talk.say('redeem.kept'));
      return talk.read.is('yes', text) ? redeemNumber(talk, Number(data.offer)) : null;
    },
  },
};
