/** Everything that is kept about the person, by a link that works once. */
import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { beginDataLink, DATA_LINK_MINUTES } from '../../src/services/privacy/begin-data-link.ts';
import { seeForget } from '../../src/services/privacy/see-forget.ts';

export const myData: Command = {
  name: 'mydata',
  who: 'resident',
  exact: true,
  summary: 'mydata.summary',
  run: (talk) => {
    const { context, person } = talk;
    const begun = beginDataLink(context, person.id);
    if (!begun.ok) return replyWith(talk.refusal(begun.refusal));
    const url = begun.value;
    if (url !== undefined) {
      return replyWith(talk.say('mydata.link', { url, minutes: DATA_LINK_MINUTES }));
    }
    const counts = context.tx.forgetting.counts(person.id);
    const loss = seeForget(context, person);
    const credits = loss.ok ? loss.value.credits : 0;
    return replyWith(
      talk.say('mydata.summed', { ...counts, credits, contact: context.city.contact }),
      [choice(talk, 'history')],
    );
  },
};
