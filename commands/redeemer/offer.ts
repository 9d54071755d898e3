/** A redeemer adds an offer: in one line, or step by step. */

import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, RefusalCode, Step, Talk } from '../../src/conversation/command.ts';
import { hasParts, onOneLine, splitLine } from '../../src/conversation/draft-line.ts';
import { type Form, fillForm, formHints, formSteps } from '../../src/conversation/form.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import type { OfferDraft } from '../../src/domain/redemption.ts';
import { decideOffer } from '../../src/domain/redemption.ts';
import { ok, type Refusal, type Result } from '../../src/lib/result.ts';
import { addOffer } from '../../src/services/partners/add-offer.ts';
import { closeOffer, findOwnOffer } from '../../src/services/partners/change-offer.ts';

/** Null for as many as people like. */
const readPerDay = ({ read }: Talk, text: string): number | null =>
  text.trim() === '' || read.is('unlimited', text) ? null : read.perDay(text);

/** The offer of a draft; something that is always right stands for what is not told yet. */
const offerOf = (draft: Partial<OfferDraft>): OfferDraft => ({
  title: draft.title ?? '-',
  credits: draft.credits ?? 1,
  perDay: draft.perDay ?? null,
});

function add(
  talk: Talk,
  { title, credits, perDay }: OfferDraft,
): Result<Reply, Refusal<RefusalCode>> {
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
      hint: 'offer',
      read: (text) => ok({ title: onOneLine(text) }),
    },
    credits: {
      question: 'offer.credits',
      fills: 'credits',
      hint: 'number',
      read: (text, talk) => ok({ credits: talk.read.credits(text) }),
    },
    perDay: {
      question: 'offer.per-day',
      fills: 'perDay',
      hint: 'per-day',
      read: (text, talk) => ok({ perDay: readPerDay(talk, text) }),
    },
  },
  check: (_talk, draft) => decideOffer(offerOf(draft)),
  save: (talk, draft) => add(talk, offerOf(draft)),
  discarded: 'offer.discarded',
};

/** Closing is for good, so it is asked about. */
function askToClose(talk: Talk, offerId: number): Reply {
  const found = findOwnOffer(talk.context, talk.person.id, offerId);
  if (!found.ok) return replyWith(talk.refusal(found.refusal));
  const { title } = found.value.offer;
  talk.ask('close', { offer: offerId });
  return replyWith(talk.say('offer.close-ask', { offer: offerId, title }), yesOrNo(talk));
}

const close: Step = (talk, text, { offer }) => {
  const offerId = Number(offer);
  if (talk.read.is('no', text)) return replyWith(talk.say('offer.close-kept', { offer: offerId }));
  if (!talk.read.is('yes', text)) return null;
  const closed = closeOffer(talk.context, talk.person.id, offerId);
  if (!closed.ok) return replyWith(talk.refusal(closed.refusal));
  return replyWith(talk.say('offer.closed', { offer: offerId, title: closed.value.title }));
};

export const offer: Command = {
  name: 'offer',
  who: 'redeemer',
  right: 'offers',
  exact: true,
  forOthers: 'offers',
  summary: 'offer.summary',
  run: (talk, args) => {
    const named = hasParts(args) ? undefined : talk.read.leadingNumber(args);
    if (named !== undefined && talk.commandIn(named.words)?.name === 'close') {
      return askToClose(talk, named.number);
    }
    if (!hasParts(args) && talk.read.number(args) !== undefined) return talk.run('offers', args);
    if (args === '') return fillForm(talk, FORM, []);
    const parts = splitLine(args);
    const [title = '', credits, perDay = ''] = parts;
    if (credits === undefined || parts.length > 3) return replyWith(talk.say('offer.usage'));
    const added = add(talk, {
      title,
      credits: talk.read.credits(credits),
      perDay: readPerDay(talk, perDay),
    });
    return added.ok ? added.value : replyWith(talk.refusal(added.refusal));
  },
  steps: { ...formSteps(FORM), close },
  hints: { ...formHints(FORM), close: 'yes-no' },
};
