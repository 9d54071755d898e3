import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { showCode } from '../../src/domain/code.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';

const PARTNER_KINDS = ['issuer', 'redeemer'] as const;

export const invite: Command = {
  name: 'invite',
  who: 'admin',
  exact: true,
  summary: 'invite.summary',
  run: (talk, args) => {
    const [, first = '', name = ''] = /^(\S*)\s*(.*)$/su.exec(args) ?? [];
    const kind = PARTNER_KINDS.find((each) => talk.read.is(each, first));
    if (kind === undefined) return replyWith(talk.say('invite.usage'));
    const result = invitePartner(talk.context, talk.person.id, { kind, name });
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    return replyWith(
      talk.say('invite.invited', {
        name: result.value.name,
        city: talk.context.city.name,
        words: `${talk.word('accept')} ${showCode(result.value.token)}`,
        days: talk.context.city.policies.inviteDays,
      }),
    );
  },
};
