/** Texts about new tasks: only for those who ask for them, of what they choose, as long as they want. */
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { ALL_TASKS, isOpen, type TaskFilter, writeFilter } from '../../src/domain/task-filter.ts';
import { changeAlerts, seeAlerts, setAlerts } from '../../src/services/people/set-alerts.ts';
import { setNoticeChannel } from '../../src/services/people/set-notice-channel.ts';

const WORDS_MAX = 3;
/** No number, nothing short: what is kept here must not be somebody's, nor OFF with a typing error. */
const WORD = /^\p{L}{3,20}$/u;

/** What the person chooses; undefined where that cannot be told. */
function filterIn(talk: Talk, text: string): TaskFilter | undefined {
  if (text === '' || talk.read.is('on', text)) return ALL_TASKS;
  const { areas, timeZone } = talk.context.city;
  const filter = talk.read.filter(text, { areas, timeZone, now: talk.context.now });
  const { words, dates } = filter;
  const isClear = words.length <= WORDS_MAX && words.every((word) => WORD.test(word));
  const isEnd = words.some((word) => talk.read.is('off', word)) || talk.read.isNearly('off', text);
  // Alerts go on: they are about no day of the calendar.
  return isOpen(filter) || dates.length > 0 || isEnd || !isClear ? undefined : filter;
}

function turnOff(talk: Talk): Reply {
  const { context, identityId, channel } = talk;
  if (seeAlerts(context, identityId) === undefined)
    return replyWith(talk.say('alerts.off-already'));
  const wording = talk.say('alerts.off', { city: context.city.name, channel });
  setAlerts(context, identityId, { isOn: false, wording });
  return replyWith(wording);
}

/** The way between several channels is to say it on the one that is wanted. */
function tellHere(talk: Talk): Reply {
  setNoticeChannel(talk.context, talk.person.id, talk.channel);
  return replyWith(talk.say('alerts.here'));
}

/** What alerts are about, in the person's words. */
const showFilter = (talk: Talk, { areas, days, words }: TaskFilter): string =>
  [...areas, ...(days.length === 0 ? [] : [talk.days(days)]), ...words].join(', ');

export const alerts: Command = {
  name: 'alerts',
  who: 'resident',
  // Nobody agrees by a typing error.
  exact: true,
  summary: 'alerts.summary',
  run: (talk, args) => {
    if (talk.read.is('off', args)) return turnOff(talk);
    if (talk.read.is('thisChannel', args)) return tellHere(talk);
    const { context, identityId, channel } = talk;
    const filter = filterIn(talk, args);
    if (filter === undefined) return replyWith(talk.say('alerts.usage'));
    const kept = writeFilter(filter);
    const chosen =
      kept === null ? undefined : talk.say('alerts.filter', { filter: showFilter(talk, filter) });
    const before = seeAlerts(context, identityId);
    if (before === undefined) {
      const wording = talk.say('alerts.on', { city: context.city.name, channel });
      setAlerts(context, identityId, { isOn: true, wording, filter: kept });
      return replyWith([wording, chosen].filter(Boolean).join(' '));
    }
    changeAlerts(context, identityId, kept);
    return replyWith(chosen ?? talk.say(before === null ? 'alerts.on-already' : 'alerts.all'));
  },
};
