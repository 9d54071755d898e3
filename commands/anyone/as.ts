/** Chooses for which organization a person acts who acts for several. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { choosePartner, seeOwnPartners } from '../../src/services/partners/choose-partner.ts';

export const as: Command = {
  name: 'as',
  who: 'resident',
  exact: true,
  summary: 'as.summary',
  run: (talk, args) => {
    const { context, person } = talk;
    const own = seeOwnPartners(context, person.id);
    const [only] = own;
    if (only === undefined) return replyWith(talk.say('as.none'));
    if (own.length === 1) return replyWith(talk.say('as.one', { name: only.name }));
    const choices = own.map(({ name }) => ({ label: name, send: `${talk.word('as')} ${name}` }));
    const names = own.map(({ name }) => name).join(', ');
    if (args === '') return replyWith(talk.say('as.which', { names }), choices);
    const result = choosePartner(context, person.id, args);
    if (!result.ok) return replyWith(talk.refusal(result.refusal), choices);
    const { name, roles } = result.value;
    const said = roles.map((role) => talk.word(role)).join(', ');
    return replyWith(talk.say('as.now', { name, roles: said }));
  },
};
