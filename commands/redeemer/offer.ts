/** A redeemer adds an offer: in one line, or step by step. */

import { parseCount, parseCredits } from '../../src/conversation/amounts.ts';
import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { onOneLine, splitLine } from '../../src/conversation/draft-line.ts';
import { type Form, fillForm, formSteps } from '../../src/conversation/form.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import type { OfferDraft } from '../../src/domain/redemption.ts';
import { decideOffer } from '../../src/domain/redemption.ts';
import { ok, type Refusal, type Result } from '../../src/lib/result.ts';
import { foldWords } from '../../src/lib/text.ts';
import { addOffer } from '../../src/services/partners/add-offer.ts';

const NO_LIMIT = new Set(['ANY', 'ALL', 'NO LIMIT', 'UNLIMITED', 'SIN LIMITE', 'TODOS', 'TODAS']);
const PER_DAY = /\s*(?:(?:per|a|por|al)\s+(?:day|d[ií]a)|\/\s*(?:day|d[ií]a))$/iu;

const parsePerDay = (text: string): number | null =>
  NO_LIMIT.has(foldWords(text)) || text.trim() === ''
    ? null
    : parseCount(text.replace(PER_DAY, ''));

/** The offer of a draft; something that is always right stands for what is not told yet. */
const offerOf = (draft: Partial<OfferDraft>): OfferDraft => ({
  title: draft.title ?? '-',
  credits: draft.credits ?? 1,
  perDay: draft.perDay ?? null,
});

function add(talk: Talk, { title, credits, perDay }: OfferDraft): Result<Reply, Refusal> {
  const result = addOffer(talk.context, talk.person.id, { title, credits, perDay });
  if (!result.ok) return result;
  const text = talk.say('offer.added', {
    offer: result.value.offerId,
    title,
    credits: talk.credits(credits),
    limit: perDay === null ? 'no' : 'yes',
    perDay: perDay ?? 0,
  });
  return ok(replyWith(text, [choice(talk, 'offers')]));
}

const FORM: Form<Partial<OfferDraft>> = {
  fields: {
    title: {
      question: 'offer.title',
      fills: 'title',
      read: (text) => ok({ title: onOneLine(text) }),
    },
    credits: {
      question: 'offer.credits',
      fills: 'credits',
      read: (text) => ok({ credits: parseCredits(text) }),
    },
    perDay: {
      question: 'offer.per-day',
      fills: 'perDay',
      read: (text) => ok({ perDay: parsePerDay(text) }),
    },
  },
  check: (_talk, draft) => decideOffer(offerOf(draft)),
  save: (talk, draft) => add(talk, offerOf(draft)),
  discarded: 'offer.discarded',
};

export const offer: Command = {
  name: 'offer',
  words: { en: ['OFFER'], es: ['OFERTA'] },
  who: 'redeemer',
  exact: true,
  summary: 'offer.summary',
  run: (talk, args) => {
    if (args === '') return fillForm(talk, FORM, []);
    const parts = splitLine(args);
    const [title = '', credits, perDay = ''] = parts;
    if (credits === undefined || parts.length > 3) return replyWith(talk.say('offer.usage'));
    const draft = { title, credits: parseCredits(credits), perDay: parsePerDay(perDay) };
    const added = add(talk, draft);
    return added.ok ? added.value : replyWith(talk.refusal(added.refusal));
  },
  steps: formSteps(FORM),
};
