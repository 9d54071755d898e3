/** Takes up an invitation; for a stranger it may be the first message of all. */

import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { publicly, replyWith, type Voice } from '../../src/conversation/speech.ts';
import { twelveSymbolsIn } from '../../src/lib/crockford.ts';
import { seeCaps } from '../../src/services/credits/see-caps.ts';
import { acceptInvite, voidInvite } from '../../src/services/partners/accept-invite.ts';
import { agreeToMessages } from '../../src/services/people/agree-to-messages.ts';
import { adminsOf } from '../../src/services/roles.ts';
import { takeSlip, voidSlip } from '../../src/services/tasks/take-slip.ts';

type Accepted = Extract<ReturnType<typeof acceptInvite>, { readonly ok: true }>['value'];

/** Tells a new admin, organizer or redeemer what they can do now. */
function welcome(talk: Talk, { role, partner }: Accepted) {
  if (partner === null) {
    return replyWith(talk.say('accept.admin', { city: talk.context.city.name }));
  }
  const { name, kind, onboardingReason: reason } = partner;
  if (partner.state === 'deferred') return replyWith(talk.say('accept.deferred', { name, reason }));
  const said = { name, kind, role: talk.word(role) };
  if (role === 'manager') {
    const next = kind === 'issuer' ? 'announce' : 'offer';
    return replyWith(talk.say('accept.manager', said), [choice(talk, next)]);
  }
  if (role === 'reviewer') {
    return replyWith(talk.say('accept.reviewer', said), [choice(talk, 'review')]);
  }
  if (role === 'counter') return replyWith(talk.say('accept.counter', said));
  if (kind === 'redeemer') {
    return replyWith(talk.say('accept.redeemer', { name }), [choice(talk, 'offer')]);
  }
  const cap = seeCaps(talk.context, partner.id).issuer.amount;
  return replyWith(
    talk.say('accept.issuer', { name, cap }),
    cap > 0 ? [choice(talk, 'announce'), choice(talk, 'review')] : [],
  );
}

/** Tells the admins, and the owner who invited. */
function tellOthers(talk: Talk, { role, partner, invitedBy }: Accepted): void {
  const { context, person } = talk;
  const { participantId } = person;
  const tell = (
    personId: number,
    when: 'at-once' | 'contact-hours',
    text: (voice: Voice) => string,
  ) => talk.tell({ personId, when, build: (voice) => replyWith(text(voice)) });
  const others = [...adminsOf(context), ...(invitedBy === null ? [] : [invitedBy])];
  for (const personId of new Set(others)) {
    if (personId === person.id) continue;
    if (partner === null) {
      const { name: city } = context.city;
      tell(personId, 'at-once', (voice) => voice.say('accept.told-admin', { participantId, city }));
      continue;
    }
    const { name, kind } = partner;
    tell(personId, 'contact-hours', (voice) =>
      role === 'owner'
        ? voice.say('accept.told', { name, kind, participantId })
        : voice.say('accept.told-role', { name, participantId, role: voice.word(role) }),
    );
  }
}

/** Whoever takes something up takes part from now on, and hears on which terms. */
function termsFor(talk: Talk): readonly Reply[] {
  const { context, person, identityId, channel } = talk;
  if (person.joinedAt !== null) return [];
  const terms = talk.say('accept.terms', { city: context.city.name, channel });
  agreeToMessages(context, { identityId, personId: person.id }, terms);
  return [replyWith(terms)];
}

/** What was on a slip is in the person's account. */
function taken(talk: Talk, slip: NonNullable<ReturnType<typeof takeSlip>>): Reply {
  if (!slip.ok) return replyWith(talk.refusal(slip.refusal));
  const { id: task, title } = slip.value.task;
  return replyWith(talk.say('accept.slip', { task, title }), [choice(talk, 'task', task)]);
}

export const accept: Command = {
  name: 'accept',
  who: 'anyone',
  exact: true,
  run: (talk, words) => {
    const { context, person } = talk;
    const args = twelveSymbolsIn(talk.read.plain(words));
    // Somebody else may have read it, and be faster.
    if (talk.message.isPublic && (voidInvite(context, args) || voidSlip(context, args))) {
      return publicly(replyWith(talk.say('accept.public')));
    }
    const slip = takeSlip(context, person.id, args);
    if (slip !== undefined) return [taken(talk, slip), ...termsFor(talk)];
    const result = acceptInvite(context, person.id, args);
    if (!result.ok) {
      return replyWith(args === '' ? talk.say('accept.usage') : talk.refusal(result.refusal));
    }
    tellOthers(talk, result.value);
    return [welcome(talk, result.value), ...termsFor(talk)];
  },
};
