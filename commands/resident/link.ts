/**
 * Links the channels of one person. Nobody is linked by a word alone: both sides agree, each reading
 * whom they become one with. Its answers are for this person alone.
 */
import { yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, SessionData, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { notUnderstood } from '../../src/conversation/misunderstanding.ts';
import { replyWith, type Voice } from '../../src/conversation/speech.ts';
import { linkCodeIn, showLinkCode } from '../../src/domain/link.ts';
import { SENT_NUMBER_BYTES, sentNumberFrom } from '../../src/domain/sent-number.ts';
import { seeBalance } from '../../src/services/credits/see-balance.ts';
import { agreeToLink, endLink, type LinkAsk } from '../../src/services/people/agree-to-link.ts';
import { beginLink, LINK_MINUTES } from '../../src/services/people/begin-link.ts';
import { linkSharedNumber } from '../../src/services/people/link-shared-number.ts';
import {
  askedUntil,
  type LinkRefusal,
  sayLinkCode,
} from '../../src/services/people/say-link-code.ts';
import { seeAddress } from '../../src/services/people/see-address.ts';
import { adminsOf } from '../../src/services/roles.ts';

const atOf = ({ identityId, person }: Talk) => ({ identityId, personId: person.id });

/** The question whether somebody wants to be one with who has an address. */
function question(talk: Talk, voice: Voice, data: SessionData): Reply {
  const other = seeAddress(talk.context, Number(data.other));
  const number = data.number === null ? '' : String(data.number);
  const facts = { ...other, number, again: data.again === true ? 'yes' : 'no' };
  if (number !== '') return replyWith(voice.say('link.ask-number', facts));
  return replyWith(voice.say('link.ask', facts), yesOrNo(voice));
}

function give(talk: Talk): Reply {
  const code = beginLink(talk.context, atOf(talk));
  if (!code.ok) return replyWith(talk.refusal(code.refusal));
  const facts = { code: showLinkCode(code.value), minutes: LINK_MINUTES };
  const reply = replyWith(talk.say('link.code', facts));
  return talk.channel === 'telegram' ? { ...reply, asksForNumber: talk.say('link.share') } : reply;
}

/** Why not; the admins hear of somebody who was paid by the one that they want to be one with. */
function refused(talk: Talk, refusal: Parameters<Talk['refusal']>[0] & LinkRefusal): Reply {
  if (refusal.code === 'link-judged') {
    const facts = { one: talk.person.participantId, other: String(refusal.params.other) };
    for (const personId of adminsOf(talk.context)) {
      const build = (voice: Voice) => replyWith(voice.say('link.judged-told', facts));
      talk.tell({ personId, when: 'contact-hours', build });
    }
  }
  return replyWith(talk.refusal(refusal));
}

/** Asks the next one who has to agree, where they are. */
function askElsewhere(talk: Talk, { lookup, step, asked, other }: LinkAsk): Reply {
  const { context } = talk;
  const { channel } = seeAddress(context, asked);
  const isAgain = step === 'asker-older' || step === 'owner-older';
  const number = sentNumberFrom(context.random.bytes(SENT_NUMBER_BYTES));
  const data = {
    ...{ link: lookup, other, again: isAgain },
    number: isAgain && channel === 'sms' ? number : null,
  };
  if (asked === talk.identityId) {
    talk.ask('agree', data);
    return question(talk, talk, data);
  }
  if (
    !talk.askAt(asked, {
      ...{ command: 'link', step: 'agree' },
      data,
      expiresAt: askedUntil(context),
    })
  ) {
    endLink(context, lookup);
    return replyWith(talk.say('link.busy', seeAddress(context, asked)));
  }
  talk.tellAt(asked, (voice) => question(talk, voice, data));
  return replyWith(talk.say('link.asked', seeAddress(context, asked)));
}

function agree(talk: Talk, lookup: string): Reply {
  const { context } = talk;
  const agreed = agreeToLink(context, atOf(talk), lookup);
  if (!agreed.ok) {
    const { refusal } = agreed;
    return refusal.code === 'link-over' ? replyWith(talk.refusal(refusal)) : refused(talk, refusal);
  }
  if (!agreed.value.isJoined) return askElsewhere(talk, agreed.value);
  const { person, addresses } = agreed.value;
  const { available } = seeBalance(context, person.participantId);
  const linked = (voice: Voice) =>
    replyWith(voice.say('link.linked', { credits: voice.credits(available) }));
  for (const id of addresses) if (id !== talk.identityId) talk.tellAt(id, linked);
  return linked(talk.speechIn(person.language));
}

function decline(talk: Talk, lookup: string): Reply {
  for (const id of endLink(talk.context, lookup)) {
    if (id === talk.identityId) continue;
    talk.tellAt(id, (voice) => replyWith(voice.say('link.declined')));
  }
  return replyWith(talk.say('link.declined'));
}

export const link: Command = {
  name: 'link',
  who: 'resident',
  exact: true,
  summary: 'link.summary',
  // A question in between does not end it: it has an end of its own.
  stepsThatStayOpen: ['agree'],
  run: (talk, args) => {
    const { context, message } = talk;
    if (message.sharedNumber !== undefined) {
      const shared = linkSharedNumber(context, atOf(talk), message.sharedNumber);
      if (shared.ok) return askElsewhere(talk, shared.value);
      const { refusal } = shared;
      return refusal.code === 'link-no-phone'
        ? replyWith(talk.refusal(refusal))
        : refused(talk, refusal);
    }
    if (talk.read.plain(args) === '') return give(talk);
    const code = linkCodeIn(args);
    if (code === undefined) return replyWith(talk.say('link.usage'));
    const said = sayLinkCode(context, atOf(talk), { code, isPublic: message.isPublic });
    if (!said.ok) return refused(talk, said.refusal);
    const { lookup, madeAt } = said.value;
    const data = { link: lookup, other: madeAt, again: false, number: null };
    talk.ask('agree', data);
    return question(talk, talk, data);
  },
  steps: {
    agree: (talk, text, data) => {
      const lookup = String(data.link);
      if (talk.read.is('no', text)) return decline(talk, lookup);
      const isAgreed =
        data.number === null ? talk.read.is('yes', text) : text.trim() === data.number;
      if (isAgreed) return agree(talk, lookup);
      if (talk.commandIn(text) !== undefined && data.number === null) return null;
      // A wrong number is the end of it: nobody gets to guess.
      if (data.number !== null) return decline(talk, lookup);
      // Whoever has the other address may have been forgotten since: nobody is asked about it again.
      if (talk.context.tx.linkCodes.get(lookup) === undefined) return agree(talk, lookup);
      talk.ask('agree', data);
      return notUnderstood(talk, 'yes-no');
    },
  },
  hints: { agree: 'yes-no' },
};
