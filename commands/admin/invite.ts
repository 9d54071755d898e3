/** Invites somebody to act for a partner, new or not, or for the city. */
import type { Command, Talk } from '../../src/conversation/command.ts';
import { readInvite, type WantedInvite } from '../../src/conversation/invite-line.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { showCode } from '../../src/domain/code.ts';
import { inviteAdmin } from '../../src/services/partners/invite-admin.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';
import { adminsOf } from '../../src/services/roles.ts';

/** What every invitation says: the words to send, where, and for how long. */
const factsOf = (talk: Talk, token: string) => ({
  city: talk.context.city.name,
  words: `${talk.word('accept')} ${showCode(token)}`,
  days: talk.context.city.policies.inviteDays,
});

function inviteToCity(talk: Talk) {
  const { context, person } = talk;
  const result = inviteAdmin(context, person.id);
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  const { participantId } = person;
  for (const personId of adminsOf(context)) {
    if (personId === person.id) continue;
    talk.tell({
      personId,
      when: 'at-once',
      build: (voice) =>
        replyWith(voice.say('invite.told-admins', { participantId, city: context.city.name })),
    });
  }
  return replyWith(talk.say('invite.invited-admin', factsOf(talk, result.value.token)));
}

function inviteToPartner(talk: Talk, wanted: Exclude<WantedInvite, 'admin'>) {
  const result = invitePartner(talk.context, talk.person.id, wanted);
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  const { name, role, token, isNew } = result.value;
  const facts = { ...factsOf(talk, token), name };
  const isPlain = wanted.role === undefined && wanted.endsAt === undefined;
  if (isNew || isPlain) return replyWith(talk.say('invite.invited', facts));
  const { endsAt: until = 0 } = wanted;
  const ends = until === 0 ? 'no' : 'yes';
  const said = { ...facts, role: talk.word(role), ends, until };
  return replyWith(talk.say('invite.invited-role', said));
}

export const invite: Command = {
  name: 'invite',
  who: 'admin',
  right: 'invites',
  exact: true,
  movesAuthority: true,
  summary: 'invite.summary',
  explain: (talk, args) =>
    readInvite(talk, args) === undefined ? replyWith(talk.say('invite.usage')) : undefined,
  run: (talk, args) => {
    const wanted = readInvite(talk, args);
    if (wanted === undefined) return replyWith(talk.say('invite.usage'));
    return wanted === 'admin' ? inviteToCity(talk) : inviteToPartner(talk, wanted);
  },
};
