/** Takes up an invitation; for a stranger it may be the first message of all. */

import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seeCaps } from '../../src/services/credits/see-caps.ts';
import { acceptInvite } from '../../src/services/partners/accept-invite.ts';
import { agreeToMessages } from '../../src/services/people/agree-to-messages.ts';
import { adminsOf } from '../../src/services/roles.ts';

/** Tells a new admin, organizer or redeemer what they can do now. */
function welcome(
  talk: Talk,
  partner: { readonly id: number; readonly kind: string; readonly name: string } | null,
) {
  if (partner === null) {
    return replyWith(talk.say('accept.admin', { city: talk.context.city.name }));
  }
  const { name } = partner;
  if (partner.kind === 'redeemer') {
    return replyWith(talk.say('accept.redeemer', { name }), [choice(talk, 'offer')]);
  }
  const cap = seeCaps(talk.context, partner.id).issuer.amount;
  return replyWith(
    talk.say('accept.issuer', { name, cap }),
    cap > 0 ? [choice(talk, 'announce'), choice(talk, 'review')] : [],
  );
}

export const accept: Command = {
  name: 'accept',
  who: 'anyone',
  exact: true,
  run: (talk, args) => {
    const { context, person } = talk;
    const result = acceptInvite(context, person.id, args);
    if (!result.ok) {
      return replyWith(args === '' ? talk.say('accept.usage') : talk.refusal(result.refusal));
    }
    const { partner } = result.value;
    for (const admin of adminsOf(context)) {
      if (admin === person.id || partner === null) continue;
      talk.tell({
        personId: admin,
        when: 'contact-hours',
        build: (voice) => {
          const { name, kind } = partner;
          const { participantId } = person;
          return replyWith(voice.say('accept.told', { name, kind, participantId }));
        },
      });
    }
    const reply = welcome(talk, partner);
    if (person.joinedAt !== null) return reply;
    const at = { identityId: talk.identityId, personId: person.id };
    const terms = talk.say('accept.terms', { city: context.city.name, channel: talk.channel });
    agreeToMessages(context, at, terms);
    return [reply, replyWith(terms)];
  },
};
