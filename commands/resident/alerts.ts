/** Texts about new tasks: only for those who ask for them, and as long as they want them. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { hasAlerts, setAlerts } from '../../src/services/people/set-alerts.ts';

export const alerts: Command = {
  name: 'alerts',
  who: 'resident',
  // Nobody agrees by a typing error.
  exact: true,
  summary: 'alerts.summary',
  run: (talk, args) => {
    const { context, identityId, channel } = talk;
    const isOn = args === '' || talk.read.is('on', args);
    if (!isOn && !talk.read.is('off', args)) return replyWith(talk.say('alerts.usage'));
    if (isOn === hasAlerts(context, identityId)) {
      return replyWith(talk.say(isOn ? 'alerts.on-already' : 'alerts.off-already'));
    }
    const facts = { city: context.city.name, channel };
    const text = talk.say(isOn ? 'alerts.on' : 'alerts.off', facts);
    setAlerts(context, identityId, { isOn, wording: text });
    return replyWith(text);
  },
};
