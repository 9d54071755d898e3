/** Announces a task: in one line, or step by step; read back before anybody sees it. */

import { announcement } from '../../src/conversation/announcement.ts';
import { choice } from '../../src/conversation/choices.ts';
import type { Command, RefusalCode, Talk } from '../../src/conversation/command.ts';
import { arrangeTask, onOneLine } from '../../src/conversation/draft-line.ts';
import { type Form, fillForm, formHints, formSteps } from '../../src/conversation/form.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { readWhere } from '../../src/conversation/read-where.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import type { TaskDraft } from '../../src/domain/task.ts';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { ok, type Refusal, type Result } from '../../src/lib/result.ts';
import { findKeptPictures } from '../../src/services/evidence/find-kept-pictures.ts';
import { announceSeries } from '../../src/services/tasks/announce-series.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { checkTask } from '../../src/services/tasks/check-task.ts';

/**
 * A task as far as it is told, and the ids of the pictures that came with what told it. Where its
 * start was said by another zone's clock: that zone, and when the city's clock shows that time.
 */
type Draft = Partial<TaskDraft> & {
  readonly pictures?: string;
  readonly zone?: string;
  readonly saidMs?: number;
  /** It comes again every week until then (ms); null for once. */
  readonly weeklyUntil?: number | null;
};

/** The most that a post can show. */
const PICTURES_MAX = 4;

const pictureIds = ({ pictures = '' }: Draft): number[] =>
  pictures.split(' ').filter(Boolean).map(Number);

const withPictures = (talk: Talk, draft: Draft): Draft => {
  const clean = talk.message.pictures.filter((picture) => picture.ok).map(({ id }) => id);
  const pictures = [...pictureIds(draft), ...clean].slice(0, PICTURES_MAX);
  return { ...draft, pictures: pictures.join(' ') };
};

/** The task of a draft; something that is always right stands for what is not told yet. */
const taskOf = (talk: Talk, draft: Draft): TaskDraft & { readonly isAnyTime: number } => ({
  title: draft.title ?? '-',
  credits: draft.credits ?? 1,
  startsAt: draft.startsAt ?? talk.context.now + HOUR_MS,
  endsAt: draft.endsAt ?? null,
  place: draft.place ?? '-',
  slots: draft.slots ?? 1,
  isAnyTime: draft.isAnyTime ?? 0,
});

const check = (talk: Talk, draft: Draft) =>
  checkTask(talk.context, talk.person.id, taskOf(talk, draft));

function readBack(talk: Talk, draft: Draft): string {
  const task = taskOf(talk, draft);
  const { title, credits, slots, place } = task;
  return talk.say('announce.read-back', {
    title,
    credits: talk.credits(credits),
    total: talk.credits(credits * slots),
    slots,
    when: whenOf(talk, draft, talk.taskTime(task)),
    place,
  });
}

/** A time that was converted is read back with what was written. */
function whenOf(
  talk: Talk,
  { zone = '', saidMs = 0, weeklyUntil = null }: Draft,
  when: string,
): string {
  const own = zone === '' ? when : talk.say('announce.elsewhere', { when, zone, said: saidMs });
  return weeklyUntil === null
    ? own
    : talk.say('announce.weekly', { when: own, until: weeklyUntil });
}

function announceOnce(talk: Talk, draft: TaskDraft) {
  const result = announceTask(talk.context, talk.person.id, draft);
  return result.ok ? ok({ ...result.value, dates: 1 }) : result;
}

function announceInPublic(talk: Talk, draft: Draft): Result<Reply, Refusal<RefusalCode>> {
  const { context } = talk;
  const untilMs: number | null = draft.weeklyUntil ?? null;
  const asked = taskOf(talk, draft);
  const result =
    untilMs === null
      ? announceOnce(talk, asked)
      : announceSeries(context, talk.person.id, { draft: asked, untilMs });
  if (!result.ok) return result;
  const { task, issuer, dates } = result.value;
  const pictures = findKeptPictures(context, pictureIds(draft));
  const leftOut = talk.announce(task.id, (voice) => ({
    ...announcement(voice, task, issuer.name, context.now),
    pictures,
  }));
  const { id, title } = task;
  const announced =
    untilMs === null
      ? talk.say('announce.announced', { task: id, title })
      : talk.say('announce.announced-series', { task: id, title, dates, until: untilMs });
  const note = leftOut === 0 ? [] : [talk.say('announce.left-out', { count: leftOut })];
  return ok(
    replyWith([announced, ...note].join(' '), [
      choice(talk, 'task', id),
      choice(talk, 'roster', id),
    ]),
  );
}

const FORM: Form<Draft> = {
  fields: {
    title: {
      question: 'announce.title',
      fills: 'title',
      hint: 'title',
      read: (text) => ok({ title: onOneLine(text) }),
      refusals: ['title-missing', 'title-long'],
    },
    credits: {
      question: 'announce.credits',
      fills: 'credits',
      hint: 'number',
      read: (text, talk) => ok({ credits: talk.read.credits(text) }),
      refusals: ['credits-invalid'],
    },
    when: {
      question: 'announce.when',
      fills: 'startsAt',
      hint: 'when',
      read: (text, talk) => {
        const read = talk.readWhen(text);
        if (!read.ok) return read;
        const {
          startMs,
          endMs,
          isAnyTime,
          weeklyUntilMs,
          elsewhere = { zone: '', saidMs: 0 },
        } = read.value;
        const times = { startsAt: startMs, endsAt: endMs, isAnyTime: isAnyTime ? 1 : 0 };
        return ok({ ...times, ...elsewhere, weeklyUntil: weeklyUntilMs ?? null });
      },
      refusals: ['starts-in-past', 'ends-before-start'],
    },
    where: {
      question: 'announce.where',
      fills: 'place',
      hint: 'place',
      read: (text, talk) => {
        const read = readWhere(text, talk.message.location);
        return read.ok ? ok({ place: read.value }) : read;
      },
      refusals: ['place-missing', 'place-long'],
    },
    slots: {
      question: 'announce.slots',
      fills: 'slots',
      hint: 'number',
      read: (text, talk) => ok({ slots: talk.read.slots(text) }),
      refusals: ['slots-invalid', 'cap-short'],
    },
  },
  check,
  add: withPictures,
  readBack: { show: readBack, again: 'announce.confirm-again' },
  save: announceInPublic,
  discarded: 'announce.discarded',
};
const FIELDS = Object.keys(FORM.fields).length;

export const announce: Command = {
  name: 'announce',
  who: 'organizer',
  right: 'tasks',
  exact: true,
  summary: 'announce.summary',
  run: (talk, args) => {
    const checked = check(talk, {});
    if (!checked.ok) return replyWith(talk.refusal(checked.refusal));
    const parts = args === '' ? [] : arrangeTask(args, talk.read, (part) => talk.readWhen(part).ok);
    if (parts.length > FIELDS) return replyWith(talk.say('announce.usage'));
    return fillForm(talk, FORM, parts);
  },
  steps: formSteps(FORM),
  hints: formHints(FORM),
};
