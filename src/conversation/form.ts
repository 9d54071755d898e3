/**
 * A form: one question a field, asked one after another. NO discards it, BACK asks the question
 * before again, a whole line begins anew, and a draft that is complete may be read back for a last
 * yes. The draft is what the session keeps.
 */
import type { Refusal, Result } from '../lib/result.ts';
import { ok } from '../lib/result.ts';
import { yesOrNo } from './choices.ts';
import type { Hint, RefusalCode, SessionData, Step, Talk, TextKey } from './command.ts';
import { hasParts } from './draft-line.ts';
import type { Reply } from './message.ts';
import { again } from './misunderstanding.ts';
import { replyWith } from './speech.ts';

type Field<Draft> = {
  readonly question: TextKey;
  /** The part of the draft that the answer always fills. */
  readonly fills: keyof Draft;
  readonly read: (text: string, talk: Talk) => Result<Draft, Refusal<RefusalCode>>;
  /** How it is answered, for those whose answer was not understood. */
  readonly hint: Hint;
  /** Refusals of the complete draft that this answer can mend. */
  readonly refusals?: readonly RefusalCode[];
};

/** `Draft` is flat, all of it optional. */
export type Form<Draft extends SessionData> = {
  /** In order, by the name of the step that takes the answer. */
  readonly fields: Readonly<Record<string, Field<Draft>>>;
  /** Is a draft all right as far as it goes? Asked with each answer. */
  readonly check: (talk: Talk, draft: Draft) => Result<unknown, Refusal<RefusalCode>>;
  /** Every message adds this to the draft: its pictures, for one. */
  readonly add?: (talk: Talk, draft: Draft) => Draft;
  /** Reads the complete draft back; without it, the last answer saves. */
  readonly readBack?: {
    readonly show: (talk: Talk, draft: Draft) => string;
    /** Told to those who answer neither yes nor no. */
    readonly again: TextKey;
  };
  readonly save: (talk: Talk, draft: Draft) => Result<Reply, Refusal<RefusalCode>>;
  readonly discarded: TextKey;
};

type Filling<D extends SessionData> = {
  readonly talk: Talk;
  readonly form: Form<D>;
  readonly draft: D;
};

/** The step of the read-back. */
const CONFIRM = 'confirm';

/** Begins a form: takes what is good of the answers to its first fields, and asks for the rest. */
export function fillForm<D extends SessionData>(
  talk: Talk,
  form: Form<D>,
  answers: readonly string[],
): Reply {
  let filling = fillingFrom(talk, form, {});
  let first: { readonly name: string; readonly refusal: Refusal<RefusalCode> } | undefined;
  for (const [at, name] of Object.keys(form.fields).entries()) {
    const answer = answers[at];
    if (answer === undefined) break;
    const filled = fill(filling, name, answer);
    if (filled.ok) filling = filled.value;
    else first ??= { name, refusal: filled.refusal };
  }
  return first === undefined ? goOn(filling) : ask(filling, first.name, first.refusal);
}

/** The steps of a form's command: one for each field, and the read-back. */
export function formSteps<D extends SessionData>(form: Form<D>): Readonly<Record<string, Step>> {
  const names = [...Object.keys(form.fields), ...(form.readBack === undefined ? [] : [CONFIRM])];
  const steps = names.map((name): [string, Step] => [
    name,
    (talk, text, data) => takeAnswer(fillingFrom(talk, form, data), name, text),
  ]);
  return Object.fromEntries(steps);
}

/** How the questions of a form are answered. */
export const formHints = <D extends SessionData>(
  form: Form<D>,
): Readonly<Record<string, Hint>> => ({
  ...Object.fromEntries(Object.entries(form.fields).map(([name, { hint }]) => [name, hint])),
  [CONFIRM]: 'read-back',
});

/** A draft as its session kept it: what is null was not answered yet. */
function fillingFrom<D extends SessionData>(
  talk: Talk,
  form: Form<D>,
  data: SessionData,
): Filling<D> {
  const kept = Object.entries(data).filter(([, value]) => value !== null);
  const draft = Object.fromEntries(kept) as D;
  return { talk, form, draft: form.add?.(talk, draft) ?? draft };
}

function takeAnswer<D extends SessionData>(
  filling: Filling<D>,
  name: string,
  text: string,
): Reply | null {
  const { talk, form, draft } = filling;
  if (talk.read.is('no', text)) return replyWith(talk.say(form.discarded));
  if (talk.read.is('back', text)) return askBefore(filling, name);
  if (beginsAnew(talk, text)) return null;
  if (name === CONFIRM && form.readBack !== undefined) {
    if (talk.read.is('yes', text)) return save(filling);
    talk.ask(CONFIRM, draft);
    return again(replyWith(talk.say(form.readBack.again), yesOrNo(talk)));
  }
  const filled = fill(filling, name, text);
  return filled.ok ? goOn(filled.value) : again(ask(filling, name, filled.refusal));
}

const beginsAnew = (talk: Talk, text: string): boolean =>
  hasParts(text) && talk.commandIn(text) !== undefined;

/** The draft with one more answer, or why that answer cannot be taken. */
function fill<D extends SessionData>(
  { talk, form, draft }: Filling<D>,
  name: string,
  text: string,
): Result<Filling<D>, Refusal<RefusalCode>> {
  const read = form.fields[name]?.read(text, talk);
  if (read === undefined) throw new Error(`The form has no field ${name}.`);
  if (!read.ok) return read;
  const filled = { ...draft, ...read.value };
  const checked = form.check(talk, filled);
  return checked.ok ? ok({ talk, form, draft: filled }) : checked;
}

/** Asks for the first thing that is missing, reads the whole back, or saves it. */
function goOn<D extends SessionData>(filling: Filling<D>): Reply {
  const { talk, form, draft } = filling;
  const missing = Object.entries(form.fields).find(([, { fills }]) => draft[fills] === undefined);
  if (missing !== undefined) return ask(filling, missing[0]);
  if (form.readBack === undefined) return save(filling);
  talk.ask(CONFIRM, draft);
  return replyWith(form.readBack.show(talk, draft), yesOrNo(talk));
}

/** Asks a field's question; again, it says why the answer cannot be taken. */
function ask<D extends SessionData>(
  filling: Filling<D>,
  name: string,
  refusal?: Refusal<RefusalCode>,
): Reply {
  const { talk, form, draft } = filling;
  const field = form.fields[name];
  if (field === undefined) throw new Error(`The form has no field ${name}.`);
  talk.ask(name, draft);
  return replyWith(refusal === undefined ? talk.say(field.question) : talk.refusal(refusal));
}

/** Asks the question before this one again; the draft keeps its answer until there is another. */
function askBefore<D extends SessionData>(filling: Filling<D>, name: string): Reply {
  const names = [...Object.keys(filling.form.fields), CONFIRM];
  return ask(filling, names[Math.max(0, names.indexOf(name) - 1)] ?? name);
}

function save<D extends SessionData>(filling: Filling<D>): Reply {
  const { talk, form, draft } = filling;
  const saved = form.save(talk, draft);
  if (saved.ok) return saved.value;
  const about = Object.entries(form.fields).find(([, { refusals }]) =>
    refusals?.includes(saved.refusal.code),
  );
  if (about === undefined) return replyWith(talk.refusal(saved.refusal));
  return ask(filling, about[0], saved.refusal);
}
