/** Announces a task: in one line, or step by step; read back before anybody sees it. */

import { parseCredits, parseSlots } from '../../src/conversation/amounts.ts';
import { announcement } from '../../src/conversation/announcement.ts';
import { type ChoiceName, choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, SessionData, Talk } from '../../src/conversation/command.ts';
import { arrangeTask } from '../../src/conversation/draft-line.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith, type Voice } from '../../src/conversation/speech.ts';
import type { TaskDraft } from '../../src/domain/task.ts';
import { parseWhen } from '../../src/languages/parse-when.ts';
import type { TextKey } from '../../src/languages/texts.ts';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { ok, type Refusal, type Result } from '../../src/lib/result.ts';
import { foldWords } from '../../src/lib/text.ts';
import { picturesKept } from '../../src/services/evidence/pictures-kept.ts';
import { announceTask, checkTask } from '../../src/services/tasks/announce-task.ts';

/** A task as far as it is told, and the pictures (ids) that came with what told it. */
type Draft = Partial<TaskDraft> & { readonly pictures?: readonly number[] };
type Field = (typeof FIELDS)[number];
type Task = Parameters<typeof announcement>[1];

const FIELDS = ['title', 'credits', 'when', 'where', 'slots'] as const;
const QUESTIONS: Readonly<Record<Field, TextKey>> = {
  title: 'announce.title',
  credits: 'announce.credits',
  when: 'announce.when',
  where: 'announce.where',
  slots: 'announce.slots',
};
/** Which answer a refusal is about. */
const FIELD_OF: Readonly<Record<string, Field>> = {
  'title-missing': 'title',
  'title-long': 'title',
  'credits-invalid': 'credits',
  'starts-in-past': 'when',
  'ends-before-start': 'when',
  'place-missing': 'where',
  'place-long': 'where',
  'slots-invalid': 'slots',
  'cap-short': 'slots',
};

/** What a post can show. */
const PICTURES_MAX = 4;

const draftData = (draft: Draft): SessionData => ({
  pictures: draft.pictures?.join(' ') ?? '',
  title: draft.title ?? null,
  credits: draft.credits ?? null,
  startsAt: draft.startsAt ?? null,
  endsAt: draft.endsAt ?? null,
  place: draft.place ?? null,
  slots: draft.slots ?? null,
});

const draftFrom = (talk: Talk, data: SessionData): Draft => ({
  ...withPictures(
    talk,
    String(data.pictures ?? '')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  ),
  ...(typeof data.title === 'string' ? { title: data.title } : {}),
  ...(typeof data.credits === 'number' ? { credits: data.credits } : {}),
  ...(typeof data.startsAt === 'number'
    ? { startsAt: data.startsAt, endsAt: typeof data.endsAt === 'number' ? data.endsAt : null }
    : {}),
  ...(typeof data.place === 'string' ? { place: data.place } : {}),
  ...(typeof data.slots === 'number' ? { slots: data.slots } : {}),
});

/** Those of before and those of this message. */
const withPictures = (talk: Talk, before: readonly number[]): Pick<Draft, 'pictures'> => ({
  pictures: [
    ...before,
    ...talk.message.pictures.flatMap(({ id, ok: isClean }) => (isClean ? [id] : [])),
  ].slice(0, PICTURES_MAX),
});

const hasField = (draft: Draft, field: Field): boolean =>
  field === 'when'
    ? draft.startsAt !== undefined
    : field === 'where'
      ? draft.place !== undefined
      : draft[field] !== undefined;

/** A time in the person's language, or in the other one. */
function readWhen(talk: Talk, text: string): Result<Draft, Refusal> {
  const { city, now } = talk.context;
  const read = (language: 'en' | 'es') =>
    parseWhen(text, { language, timeZone: city.timeZone, now });
  const own = read(talk.language);
  const other = own.ok ? own : read(talk.language === 'en' ? 'es' : 'en');
  const found = other.ok ? other : own;
  if (!found.ok) return found;
  return ok({ startsAt: found.value.startMs, endsAt: found.value.endMs });
}

function readField(talk: Talk, field: Field, text: string): Result<Draft, Refusal> {
  switch (field) {
    case 'title':
      return ok({ title: text.replace(/\s+/gu, ' ').trim() });
    case 'credits':
      return ok({ credits: parseCredits(text) });
    case 'when':
      return readWhen(talk, text);
    case 'where':
      return ok({ place: text.replace(/\s+/gu, ' ').trim() });
    case 'slots':
      return ok({ slots: parseSlots(text) });
  }
}

/** Could a task with this much of a draft be announced? What is not said yet stands for itself. */
const check = (talk: Talk, draft: Draft) =>
  checkTask(talk.context, talk.person.id, {
    title: draft.title ?? '-',
    credits: draft.credits ?? 1,
    startsAt: draft.startsAt ?? talk.context.now + HOUR_MS,
    endsAt: draft.endsAt ?? null,
    place: draft.place ?? '-',
    slots: draft.slots ?? 1,
  });

/** The draft with one more answer, or why that answer cannot be taken. */
function fill(talk: Talk, draft: Draft, field: Field, text: string): Result<Draft, Refusal> {
  const read = readField(talk, field, text);
  if (!read.ok) return read;
  const filled = { ...draft, ...read.value };
  const checked = check(talk, filled);
  return checked.ok ? ok(filled) : checked;
}

const factsOf = (voice: Voice, draft: TaskDraft) => ({
  title: draft.title,
  credits: voice.credits(draft.credits),
  total: voice.credits(draft.credits * draft.slots),
  slots: draft.slots,
  when: voice.when(draft.startsAt, draft.endsAt),
  place: draft.place,
});

/** Asks for the first thing that is missing, or reads the whole back. */
function goOn(talk: Talk, draft: Draft): Reply {
  const missing = FIELDS.find((field) => !hasField(draft, field));
  if (missing !== undefined) return askFor(talk, draft, missing);
  talk.ask('confirm', draftData(draft));
  return replyWith(
    talk.say('announce.read-back', factsOf(talk, draft as TaskDraft)),
    yesOrNo(talk),
  );
}

function askFor(talk: Talk, draft: Draft, field: Field): Reply {
  talk.ask(field, draftData(draft));
  return replyWith(talk.say(QUESTIONS[field]));
}

/** Says why an answer cannot be taken, and waits for another. */
function refused(talk: Talk, draft: Draft, field: Field, refusal: Refusal): Reply {
  talk.ask(field, draftData(draft));
  return replyWith(talk.refusal(refusal));
}

/** Takes what a line says as far as it is good, and asks for the rest. */
function fromLine(talk: Talk, line: string): Reply {
  const parts = arrangeTask(line, (part) => readWhen(talk, part).ok);
  if (parts.length > FIELDS.length) return replyWith(talk.say('announce.usage'));
  let draft: Draft = withPictures(talk, []);
  let first: { readonly field: Field; readonly refusal: Refusal } | undefined;
  for (const [index, part] of parts.entries()) {
    const field = FIELDS[index] as Field;
    const filled = fill(talk, draft, field, part);
    if (filled.ok) draft = filled.value;
    else first ??= { field, refusal: filled.refusal };
  }
  return first === undefined ? goOn(talk, draft) : refused(talk, draft, first.field, first.refusal);
}

/** Leaves out the answer before `field` (and what it had) and asks for it again. */
function goBack(talk: Talk, draft: Draft, field: Field | 'confirm'): Reply {
  const at = field === 'confirm' ? FIELDS.length : FIELDS.indexOf(field);
  return askFor(talk, draft, FIELDS[Math.max(0, at - 1)] as Field);
}

function announced(talk: Talk, draft: Draft): Reply {
  const { pictures = [], ...task } = draft;
  const result = announceTask(talk.context, talk.person.id, task as TaskDraft);
  if (!result.ok) {
    const field = FIELD_OF[result.refusal.code];
    if (field === undefined) return replyWith(talk.refusal(result.refusal));
    return refused(talk, draft, field, result.refusal);
  }
  announceInPublic(talk, result.value, picturesKept(talk.context, pictures));
  const { id, title } = result.value.task;
  const next: readonly ChoiceName[] = ['task', 'roster'];
  return replyWith(
    talk.say('announce.announced', { task: id, title }),
    next.map((command) => choice(talk, command, id)),
  );
}

function announceInPublic(
  talk: Talk,
  { task, issuer }: { readonly task: Task; readonly issuer: { readonly name: string } },
  pictures: readonly string[],
): void {
  const { now } = talk.context;
  talk.announce(task.id, (voice) => ({
    ...announcement(voice, task, issuer.name, now),
    pictures,
  }));
}

/** A whole line instead of an answer: the person begins again. */
const isNewLine = (talk: Talk, text: string): boolean => text.includes(';') && talk.isCommand(text);

const answer = (field: Field) => (talk: Talk, text: string, data: SessionData) => {
  if (isNewLine(talk, text)) return null;
  const draft = draftFrom(talk, data);
  if (talk.read.is('no', text)) return replyWith(talk.say('announce.discarded'));
  if (talk.read.is('back', text)) return goBack(talk, draft, field);
  const filled = fill(talk, draft, field, text);
  return filled.ok ? goOn(talk, filled.value) : refused(talk, draft, field, filled.refusal);
};

export const announce: Command = {
  name: 'announce',
  who: 'organizer',
  exact: true,
  summary: 'announce.summary',
  run: (talk, args) => {
    const checked = check(talk, {});
    if (!checked.ok) return replyWith(talk.refusal(checked.refusal));
    return args === '' ? goOn(talk, withPictures(talk, [])) : fromLine(talk, args);
  },
  steps: {
    title: answer('title'),
    credits: answer('credits'),
    when: answer('when'),
    where: answer('where'),
    slots: answer('slots'),
    confirm: (talk, text, data) => {
      const draft = draftFrom(talk, data);
      if (talk.read.is('no', text)) return replyWith(talk.say('announce.discarded'));
      if (talk.read.is('yes', text)) return announced(talk, draft);
      if (talk.read.is('back', text)) return goBack(talk, draft, 'confirm');
      if (isNewLine(talk, text)) return null;
      talk.ask('confirm', draftData(draft));
      return replyWith(talk.say('announce.confirm-again'), yesOrNo(talk));
    },
  },
};
