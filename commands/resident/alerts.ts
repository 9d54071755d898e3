/** Texts about new tasks: only for those who ask for them, and as long as they want them. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { foldWords } from '../../src/lib/text.ts';
import { hasAlerts, setAlerts } from '../../src/services/people/set-alerts.ts';

const ON = new Set(['', 'ON', 'YES', 'SI', 'OK']);
const OFF = new Set(['OFF', 'NO', 'STOP', 'END', 'FIN', 'ALTO']);

export const alerts: Command = {
  name: 'alerts',
  words: { en: ['ALERTS', 'ALERT'], es: ['AVISOS', 'AVISO'] },
  who: 'resident',
  // Nobody agrees by a typing error.
  exact: true,
  summary: 'alerts.summary',
  run: (talk, args) => {
    const { context, identityId, channel } = talk;
    const wish = foldWords(args);
    if (!ON.has(wish) && !OFF.has(wish)) return replyWith(talk.say('alerts.usage'));
    const isOn = ON.has(wish);
    if (isOn === hasAlerts(context, identityId)) {
      return replyWith(talk.say(isOn ? 'alerts.on-already' : 'alerts.off-already'));
    }
    const facts = { city: context.city.name, channel };
    const text = talk.say(isOn ? 'alerts.on' : 'alerts.off', facts);
    setAlerts(context, identityId, { isOn, wording: text });
    return replyWith(text);
  },
};
