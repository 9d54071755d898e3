/** Messages that were set aside and deliveries that were given up, for those who look after the city. */
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { addressTail } from '../../src/lib/mask-address.ts';
import {
  type Parked,
  readParkedId,
  replayParked,
  showParked,
  showParkedId,
} from '../../src/services/city/parked.ts';

/** So many of each kind fit a text; the tool on the machine lists all. */
const SHOWN = 2;

const lineOf = (talk: Talk, one: Parked): string =>
  talk.say('replay.line', {
    id: showParkedId(one),
    kind: one.kind,
    channel: one.channel,
    tail: one.address === undefined ? 'none' : addressTail(one.address),
    at: talk.when(one.at),
    error: one.error,
  });

export const replay: Command = {
  name: 'replay',
  who: 'admin',
  exact: true,
  summary: 'replay.summary',
  run: (talk, args) => {
    if (args === '') {
      const found = showParked(talk.context, talk.person.id, SHOWN);
      if (!found.ok) return replyWith(talk.refusal(found.refusal));
      const { rows, total } = found.value;
      if (total === 0) return replyWith(talk.say('replay.none'));
      const lines = rows.map((one) => lineOf(talk, one));
      return replyWith([talk.say('replay.head', { total }), ...lines].join('\n'));
    }
    const [, first = '', rest = ''] = /^(\S+)\s*(.*)$/su.exec(args) ?? [];
    const parked = readParkedId(first);
    const isDrop = talk.read.is('letGo', rest);
    if (parked === undefined || (rest !== '' && !isDrop)) {
      return replyWith(talk.say('replay.usage'));
    }
    const action = isDrop ? 'drop' : 'retry';
    const result = replayParked(talk.context, talk.person.id, { ...parked, action });
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const facts = { id: showParkedId(parked), kind: parked.kind };
    return replyWith(talk.say(isDrop ? 'replay.dropped' : 'replay.taken', facts));
  },
};
