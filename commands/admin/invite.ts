import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { showCode } from '../../src/domain/code.ts';
import { foldWords } from '../../src/lib/text.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';

const KINDS: ReadonlyMap<string, 'issuer' | 'redeemer'> = new Map([
  ['ISSUER', 'issuer'],
  ['ORGANIZER', 'issuer'],
  ['EMISOR', 'issuer'],
  ['EMISORA', 'issuer'],
  ['ORGANIZADOR', 'issuer'],
  ['ORGANIZADORA', 'issuer'],
  ['ORGANIZACION', 'issuer'],
  ['REDEEMER', 'redeemer'],
  ['BUSINESS', 'redeemer'],
  ['COMERCIO', 'redeemer'],
  ['NEGOCIO', 'redeemer'],
  ['TIENDA', 'redeemer'],
  ['CANJEADOR', 'redeemer'],
]);

export const invite: Command = {
  name: 'invite',
  words: { en: ['INVITE'], es: ['INVITAR'] },
  who: 'admin',
  exact: true,
  summary: 'invite.summary',
  run: (talk, args) => {
    const [, first = '', name = ''] = /^(\S*)\s*(.*)$/su.exec(args) ?? [];
    const kind = KINDS.get(foldWords(first));
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
