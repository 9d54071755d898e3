/** Changes when, where, how many or what else people should know, read back before anybody hears it. */
import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type {
  Command,
  RefusalCode,
  SessionData,
  Step,
  Talk,
} from '../../src/conversation/command.ts';
import { onOneLine, splitLine } from '../../src/conversation/draft-line.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { readWhere } from '../../src/conversation/read-where.ts';
import { seriesWith } from '../../src/conversation/series-in.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import type { TaskChange } from '../../src/domain/task.ts';
import { ok, type Refusal, type Result } from '../../src/lib/result.ts';
import { changeSeries, seriesFrom } from '../../src/services/tasks/change-series.ts';
import { changeTask, checkChange } from '../../src/services/tasks/change-task.ts';
import { seeTask } from '../../src/services/tasks/see-task.ts';

/** Reads `when sat 10-12; where Live Oak Park`; undefined where nothing says what is to change. */
function changeIn(
  talk: Talk,
  taskId: number,
  words: string,
): Result<TaskChange, Refusal<RefusalCode>> | undefined {
  let change: TaskChange = {};
  for (const part of splitLine(words).filter(Boolean)) {
    const field = talk.read.taskField(part);
    const read = readField(talk, taskId, {
      name: field?.name ?? 'when',
      text: field?.rest ?? part,
    });
    // Without a word that says what it is, only a time explains itself.
    if (read === undefined || (field === undefined && !read.ok)) return undefined;
    if (!read.ok) return read;
    change = { ...change, ...read.value };
  }
  return Object.keys(change).length === 0 ? undefined : ok(change);
}

function readField(
  talk: Talk,
  taskId: number,
  { name, text }: { readonly name: 'when' | 'where' | 'slots' | 'note'; readonly text: string },
): Result<TaskChange, Refusal<RefusalCode>> | undefined {
  if (name === 'where') {
    const where = readWhere(text);
    return where.ok ? ok({ place: where.value }) : where;
  }
  if (name === 'note') return ok({ note: onOneLine(text) });
  if (name === 'slots') return ok({ slots: talk.read.slots(text) });
  const before = seeTask(talk.context, talk.person.id, taskId)?.task;
  const read = readTime(talk, text, before);
  if (!read.ok) return read;
  const { startMs, endMs, isAnyTime } = read.value;
  const lastsMs = before?.endsAt == null ? null : before.endsAt - before.startsAt;
  // Who says nothing of its end does not mean that it has none.
  const endsAt = endMs ?? (lastsMs === null ? null : startMs + lastsMs);
  return isAnyTime ? undefined : ok({ startsAt: startMs, endsAt });
}

/** Times without a day are those of the task's own day. */
function readTime(talk: Talk, text: string, task: { readonly startsAt: number } | undefined) {
  const read = talk.readWhen(text);
  if (!read.ok || task === undefined) return read;
  const onItsDay = talk.readWhen(`${talk.say('when.day', { day: task.startsAt })} ${text}`);
  return onItsDay.ok ? onItsDay : read;
}

function readBack(talk: Talk, taskId: number, change: TaskChange, isAll: boolean): Reply {
  const checked = checkChange(talk.context, talk.person.id, { taskId, change });
  if (!checked.ok) return replyWith(talk.refusal(checked.refusal));
  const { before, task, people } = checked.value;
  const dates = isAll ? seriesFrom(talk.context, taskId)?.dates.length : 1;
  if (dates === undefined) {
    return replyWith(talk.refusal({ code: 'series-none', params: { task: taskId } }));
  }
  talk.ask('confirm', { ...change, task: taskId, isAll });
  const text = talk.say('change.read-back', {
    ...{ task: taskId, title: task.title, people, place: task.place, slots: task.slots },
    when: talk.taskTime(task),
    note: task.note,
    hasNote: task.note === '' ? 'no' : 'yes',
    before: talk.taskTime(before),
    beforePlace: before.place,
  });
  const all = isAll ? talk.say('change.read-back-all', { dates, text }) : text;
  return replyWith(all, yesOrNo(talk));
}

/** The change that a question kept. */
function keptIn({ startsAt, endsAt, place, slots, note }: SessionData): TaskChange {
  return {
    ...(typeof startsAt === 'number'
      ? { startsAt, endsAt: typeof endsAt === 'number' ? endsAt : null }
      : {}),
    ...(typeof place === 'string' ? { place } : {}),
    ...(typeof slots === 'number' ? { slots } : {}),
    ...(typeof note === 'string' ? { note } : {}),
  };
}

type TaskChanged = Parameters<Talk['postBelow']>[0] &
  Parameters<Talk['taskTime']>[0] & {
    readonly title: string;
    readonly place: string;
    readonly note: string;
  };

/** Keeps the post of a task true, where it cannot be changed. */
function sayBelow(talk: Talk, task: TaskChanged): void {
  talk.postBelow(task, (voice) =>
    replyWith(
      voice.say('change.public', {
        ...{ task: task.id, title: task.title, place: task.place, note: task.note },
        when: voice.taskTime(task),
        hasNote: task.note === '' ? 'no' : 'yes',
      }),
    ),
  );
}

/** Changes this date of a series and all later ones. */
function changeAll(
  talk: Talk,
  asked: { readonly taskId: number; readonly change: TaskChange },
): Reply {
  const result = changeSeries(talk.context, talk.person.id, asked);
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  const { task, dates } = result.value;
  for (const date of dates) sayBelow(talk, date);
  return replyWith(talk.say('change.done-all', { task: task.id, dates: dates.length }), [
    choice(talk, 'roster', task.id),
  ]);
}

const confirm: Step = (talk, text, data) => {
  const taskId = Number(data.task);
  if (talk.read.is('no', text)) return replyWith(talk.say('change.kept', { task: taskId }));
  if (!talk.read.is('yes', text)) return null;
  const asked = { taskId, change: keptIn(data) };
  if (data.isAll === true) return changeAll(talk, asked);
  const result = changeTask(talk.context, talk.person.id, asked);
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  const { task, people } = result.value;
  sayBelow(talk, task);
  return replyWith(talk.say('change.done', { task: taskId, people }), [
    choice(talk, 'roster', taskId),
  ]);
};

export const change: Command = {
  name: 'change',
  who: 'organizer',
  right: 'tasks',
  exact: true,
  // In Spanish the word is also what a resident does with credits.
  forOthers: 'redeem',
  summary: 'change.summary',
  run: (talk, args) => {
    const named = talk.read.leadingNumber(args) ?? talk.read.numberAndWords(args);
    const said = named && seriesWith(talk, named.words);
    const read = said && changeIn(talk, named.number, said.words);
    if (named === undefined || read === undefined) return replyWith(talk.say('change.usage'));
    return read.ok
      ? readBack(talk, named.number, read.value, said?.isAll === true)
      : replyWith(talk.refusal(read.refusal));
  },
  steps: { confirm },
  hints: { confirm: 'yes-no' },
};
