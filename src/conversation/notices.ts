/** The words of what people are told about tasks that they take part in. */
import type { NoticeKind } from '../domain/notice.ts';
import type { NoticeItem } from '../services/tasks/take-notices.ts';
import { type ChoiceName, choice } from './choices.ts';
import type { Choice, Reply } from './message.ts';
import { replyWith, type Voice } from './speech.ts';

/** For each kind, what can be said next about its task. Without a task's number: `tasks`. */
const NEXT: Readonly<Record<NoticeKind, readonly ChoiceName[]>> = {
  'reminder-day': ['ok', 'drop'],
  'reminder-hours': ['task', 'drop'],
  'organizer-hours': ['roster'],
  promoted: ['task', 'drop'],
  offered: ['ok', 'drop'],
  'offer-over': ['task', 'drop'],
  'spot-free': ['ok'],
  changed: ['ok', 'drop'],
  told: ['task'],
  question: [],
  answer: ['task'],
  'date-missing': ['announce'],
  closed: ['tasks'],
  'called-off': ['tasks'],
  lapsed: ['join', 'tasks'],
  absent: ['task'],
  'absent-corrected': ['task'],
};

const CHOICES_MAX = 4;

/** One message for all that somebody is told at once. */
export function noticeReply(voice: Voice, items: readonly NoticeItem[]): Reply {
  const texts = items.map((item) => noticeText(voice, item));
  const choices = items.flatMap(({ kind, task }) =>
    NEXT[kind].map((command) =>
      choice(voice, command, command === 'tasks' || command === 'announce' ? '' : task.id),
    ),
  );
  const reply = replyWith(texts.join('\n'), distinct(choices).slice(0, CHOICES_MAX));
  const codes = items.flatMap(({ facts: { code } }) => (typeof code === 'string' ? [code] : []));
  const [checkIn] = codes;
  // A picture for several tasks would not say which of them it is for.
  return checkIn === undefined || codes.length > 1 ? reply : { ...reply, checkIn };
}

const distinct = (choices: readonly Choice[]): readonly Choice[] => [
  ...new Map(choices.map((one) => [one.send, one])).values(),
];

function noticeText(voice: Voice, { kind, task, facts }: NoticeItem): string {
  const text = voice.say(`notice.${kind}`, {
    ...facts,
    task: task.id,
    title: task.title,
    when: voice.taskTime(task),
    place: task.place,
    taken: task.taken,
    note: task.note,
    hasNote: task.note === '' ? 'no' : 'yes',
  });
  const { sign } = facts;
  return sign === undefined ? text : `${text}\n${voice.say('roster.sign', { sign })}`;
}
