/** A link that opens the desk in a browser, for whoever acts for a partner or the city. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { LOGIN_MINUTES } from '../../src/domain/desk.ts';
import { beginLogin } from '../../src/services/desk/begin-login.ts';
import { endSessions } from '../../src/services/desk/end-sessions.ts';

export const login: Command = {
  name: 'login',
  who: 'resident',
  exact: true,
  summary: 'login.summary',
  run: (talk, args) => {
    const { context, identityId, person } = talk;
    if (talk.read.is('off', args)) {
      return replyWith(talk.say('login.off', { count: endSessions(context, person.id) }));
    }
    // In Spanish the same word joins a task, where one is named.
    if (talk.read.plain(args) !== '') return talk.run('join', args);
    const begun = beginLogin(context, { personId: person.id, identityId });
    if (!begun.ok) return replyWith(talk.refusal(begun.refusal));
    const url = begun.value;
    return replyWith(
      url === undefined
        ? talk.say('login.no-page', { contact: context.city.contact })
        : talk.say('login.link', { url, minutes: LOGIN_MINUTES }),
    );
  },
};
