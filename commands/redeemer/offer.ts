/** A redeemer adds an offer: in one line, or step by step. */

import { parseCount, parseCredits } from '../../src/conversation/amounts.ts';
import { choice } from '../../src/conversation/choices.ts';
import type { Command, SessionData, Talk } from '../../src/conversation/command.ts';
import { splitLine } from '../../src/conversation/draft-line.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { decideOffer } from '../../src/domain/redemption.ts';
import type { Refusal } from '../../src/lib/result.ts';
import { foldWords } from '../../src/lib/text.ts';
import { addOffer, type OfferDraft } from '../../src/services/partners/add-offer.ts';

type Step = 'title' | 'credits' | 'perDay';

const NO_LIMIT = new Set(['ANY', 'ALL', 'NO LIMIT', 'UNLIMITED', 'SIN LIMITE', 'TODOS', 'TODAS']);
const PER_DAY = /\s*(?:(?:per|a|por|al)\s+(?:day|d[ií]a)|\/\s*(?:day|d[ií]a))$/iu;

const parsePerDay = (text: string): number | null =>
  NO_LIMIT.has(foldWords(text)) || text.trim() === ''
    ? null
    : parseCount(text.replace(PER_DAY, ''));

function added(talk: Talk, draft: OfferDraft): Reply {
  const result = addOffer(talk.context, talk.person.id, draft);
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  return replyWith(
    talk.say('offer.added', {
      offer: result.value.offerId,
      title: draft.title,
      credits: talk.credits(draft.credits),
      limit: draft.perDay === null ? 'no' : 'yes',
      perDay: draft.perDay ?? 0,
    }),
    [choice(talk, 'offers')],
  );
}

/** The same refusals as when the offer is added, as early as an answer shows them. */
function refusalOf(draft: Partial<OfferDraft>): Refusal | undefined {
  const whole = { title: draft.title ?? '-', credits: draft.credits ?? 1 };
  const decision = decideOffer({ ...whole, perDay: draft.perDay ?? null });
  return decision.ok ? undefined : decision.refusal;
}

function ask(talk: Talk, step: Step, data: SessionData): Reply {
  talk.ask(step, data);
  if (step === 'title') return replyWith(talk.say('offer.title'));
  return replyWith(talk.say(step === 'credits' ? 'offer.credits' : 'offer.per-day'));
}

/** Goes from one answer to the next; `take` reads the answer, `next` follows a good one. */
const answer =
  (
    step: Step,
    back: Step,
    take: (text: string, data: SessionData) => Partial<OfferDraft>,
    next: (talk: Talk, draft: Partial<OfferDraft>) => Reply,
  ) =>
  (talk: Talk, text: string, data: SessionData): Reply | null => {
    // A whole line instead of an answer: the person begins again.
    if (text.includes(';') && talk.isCommand(text)) return null;
    if (talk.read.is('no', text)) return replyWith(talk.say('offer.discarded'));
    if (talk.read.is('back', text)) return ask(talk, back, data);
    const draft = take(text, data);
    const refusal = refusalOf(draft);
    if (refusal === undefined) return next(talk, draft);
    talk.ask(step, data);
    return replyWith(talk.refusal(refusal));
  };

export const offer: Command = {
  name: 'offer',
  who: 'redeemer',
  exact: true,
  summary: 'offer.summary',
  run: (talk, args) => {
    if (args === '') return ask(talk, 'title', {});
    const parts = splitLine(args);
    const [title = '', credits, perDay = ''] = parts;
    if (credits === undefined || parts.length > 3) return replyWith(talk.say('offer.usage'));
    return added(talk, {
      title,
      credits: parseCredits(credits),
      perDay: parsePerDay(perDay),
    });
  },
  steps: {
    title: answer(
      'title',
      'title',
      (text) => ({ title: text.replace(/\s+/gu, ' ').trim() }),
      (talk, { title = '' }) => ask(talk, 'credits', { title }),
    ),
    credits: answer(
      'credits',
      'title',
      (text, data) => ({ title: String(data.title), credits: parseCredits(text) }),
      (talk, { title = '', credits = 0 }) => ask(talk, 'perDay', { title, credits }),
    ),
    perDay: answer(
      'perDay',
      'credits',
      (text, data) => ({
        title: String(data.title),
        credits: Number(data.credits),
        perDay: parsePerDay(text),
      }),
      (talk, draft) => added(talk, draft as OfferDraft),
    ),
  },
};
