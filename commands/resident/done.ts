/** Evidence: words and pictures for the reviewers of a task's issuer. */

import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, SessionData, Talk } from '../../src/conversation/command.ts';
import {
  askPublic,
  consentAsked,
  doneAgain,
  draftData,
  draftFrom,
  draftOf,
  type EvidenceDraft,
  hasKeptPhotos,
  hasPhotos,
  keptWith,
  publicWording,
  refusedPictures,
  sendDraft,
  takeKept,
  withAnswer,
  withMessage,
} from '../../src/conversation/evidence-draft.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { again } from '../../src/conversation/misunderstanding.ts';
import type { Numbers } from '../../src/conversation/numbers.ts';
import { askWhich, pickListed } from '../../src/conversation/pick.ts';
import { replyWith, type Voice } from '../../src/conversation/speech.ts';
import { isOver } from '../../src/domain/claim.ts';
import { missingConsent, type PublicConsent } from '../../src/domain/consent.ts';
import { isAllHidden } from '../../src/domain/public-words.ts';
import { evidenceWindow } from '../../src/domain/task-day.ts';
import { findAlike } from '../../src/services/evidence/find-alike.ts';
import { findReviewersToTell } from '../../src/services/evidence/find-reviewers-to-tell.ts';
import { type EvidenceKept, submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { agreeToPublicEvidence } from '../../src/services/people/agree-to-public-evidence.ts';
import { hasAgreed } from '../../src/services/people/has-agreed.ts';
import { type Next, seeNext } from '../../src/services/people/see-next.ts';
import { seeTask } from '../../src/services/tasks/see-task.ts';

type Replies = Reply | readonly Reply[];

const ASKED_MAX = 5;

/**
 * Sends a draft whose task is known now. Whoever has not agreed yet is asked once for all of its
 * messages: each by itself would ask again, and only the last would be kept.
 */
function sendOrAsk(talk: Talk, draft: EvidenceDraft, task: number): Replies {
  const isMixed = draft.inboxIds.length > 1 || (draft.hasPost && draft.hasWords);
  const consent = isMixed ? missing(talk, draft) : undefined;
  const isTaken = seeTask(talk.context, talk.person.id, task)?.takesEvidence;
  return consent !== undefined && isTaken === true
    ? askPublic(talk, draft, { task, consent })
    : sendDraft(talk, draft, task);
}

/** What the sender of a draft has still to agree to, beside what they did just now. */
const missing = (talk: Talk, draft: EvidenceDraft, now?: PublicConsent) =>
  missingConsent(
    draft,
    (consent) =>
      consent === now ||
      hasAgreed(talk.context, talk.person, { consent, identityId: talk.identityId }),
  );

/** Evidence of a person who did not name the task: for the only one that takes it. */
function forOnlyTask(
  talk: Talk,
  text: string,
  { evidence }: Pick<Next, 'evidence'> = seeNext(talk.context, talk.person),
): Replies {
  const [only] = evidence;
  if (only === undefined) return keepPhotos(talk, text, talk.say('done.none'));
  if (evidence.length === 1) return submit(talk, only.id, text);
  const from = evidence.slice(-ASKED_MAX);
  const kept = draftData(draftOf(talk, text), null);
  return askWhich(talk, { question: 'done.which', from, command: 'done', kept });
}

/** Says why evidence cannot be taken now. Its photos wait for an hour, or until their task is told. */
function keepPhotos(talk: Talk, text: string, why: string): Reply {
  const tasks = [choice(talk, 'tasks')];
  if (!hasPhotos(talk)) return replyWith(why, tasks);
  talk.ask('which', { ...draftData(draftOf(talk, text), null), isMisread: true });
  return replyWith(`${why} ${talk.say('done.kept')}`, tasks);
}

/** Is a number one of a task that the person took part in? Else it may count bags of trash. */
function isOwn(talk: Talk, taskId: number): boolean {
  const claim = seeTask(talk.context, talk.person.id, taskId)?.claim;
  return claim !== undefined && !isOver(claim);
}

/**
 * Evidence that begins with a number of no task of theirs. With a photo, and one task alone that takes
 * it, a number that no task has counts something; otherwise they say which task they mean.
 */
function forMisread(talk: Talk, taskId: number, text: string): Replies {
  const { context, person } = talk;
  const { evidence } = seeNext(context, person);
  const [only, ...others] = evidence;
  const isTask = seeTask(context, person.id, taskId) !== undefined;
  const code = isTask ? 'not-joined' : 'task-unknown';
  const why = talk.refusal({ code, params: { task: taskId } });
  const isBare = talk.read.isNumbers(text);
  if (only === undefined || (isBare && !hasPhotos(talk))) return keepPhotos(talk, text, why);
  if (others.length === 0 && !isTask && !isBare && hasPhotos(talk)) {
    return submit(talk, only.id, text);
  }
  const kept = { ...draftData(draftOf(talk, isBare ? '' : text), null), isMisread: true };
  const from = evidence.slice(-ASKED_MAX);
  const asked = askWhich(talk, { question: 'done.which', from, command: 'done', kept });
  return { ...asked, text: `${why} ${asked.text}` };
}

function submit(talk: Talk, taskId: number, said: string): Replies {
  const { context, person, message } = talk;
  // Thanks are no evidence, and nor is a code alone.
  const text = talk.read.isCourtesy(said) || isAllHidden(said) ? '' : said;
  const pictureIds = message.pictures.filter((picture) => picture.ok).map(({ id }) => id);
  const before = seeTask(context, person.id, taskId);
  const isTaken = before?.takesEvidence === true;
  const refused = refusedPictures(talk);
  if (isTaken && text === '' && pictureIds.length === 0) {
    const nothing = { text: '', inboxIds: [], hasPost: false, hasWords: false };
    talk.ask('more', draftData(nothing, taskId));
    return replyWith(refused || talk.refusal({ code: 'evidence-empty', params: { task: taskId } }));
  }
  const draft = draftOf(talk, text);
  const consent = isTaken ? missing(talk, draft) : undefined;
  if (consent !== undefined) {
    return askPublic(talk, draft, { task: taskId, consent });
  }
  const sent = { taskId, text, pictureIds, inboxId: message.inboxId };
  const result = submitEvidence(context, person, sent);
  if (!result.ok) return keepPhotos(talk, text, talk.refusal(result.refusal));
  const { task, pictures, evidenceId: evidence } = result.value;
  if (before?.claim !== 'submitted') tellReviewers(talk, result.value);
  const facts = { task: task.id, title: task.title, evidence, issuer: before?.issuer ?? '' };
  const thanks = talk.say('done.sent', { ...facts, pictures });
  return replyWith(refused === '' ? thanks : `${thanks} ${talk.say('done.partly', { refused })}`);
}

/** Tells reviewers within the city's contact hours: they did not ask, and a review takes time. */
function tellReviewers(
  talk: Talk,
  { evidenceId, pictures, task: { id, title, partnerId } }: EvidenceKept,
): void {
  const reviewers = findReviewersToTell(talk.context, partnerId, talk.person.id);
  if (reviewers.length === 0) return;
  const isAlike = pictures > 0 && findAlike(talk.context, evidenceId, 1).length > 0;
  const alike = isAlike ? 'yes' : 'no';
  const build = (voice: Voice): Reply =>
    replyWith(voice.say('done.told', { task: id, title, alike }), [
      choice(voice, 'review', evidenceId),
    ]);
  for (const personId of reviewers) talk.tell({ personId, when: 'contact-hours', build });
}

/**
 * 'Listo, gracias' before a task begins means all right: nobody can be done by then. Undefined for
 * whoever has sent evidence, or is in a task that takes some.
 */
function allRight(talk: Talk): Reply | undefined {
  const { context, person, message } = talk;
  if (message.pictures.length > 0) return undefined;
  const { repliesToTask } = message;
  const ids =
    repliesToTask === undefined
      ? seeNext(context, person).evidence.map(({ id }) => id)
      : [repliesToTask];
  const tasks = ids.flatMap((id) => seeTask(context, person.id, id) ?? []);
  const isAhead = ({ claim, task }: (typeof tasks)[number]): boolean =>
    (claim === 'joined' || claim === 'confirmed') && context.now < evidenceWindow(task).from;
  if (!tasks.every(isAhead)) return undefined;
  const [first] = tasks.toSorted((one, other) => one.task.startsAt - other.task.startsAt);
  if (first === undefined) return undefined;
  const { id: task, title } = first.task;
  return replyWith(talk.say('done.all-right', { task, title, when: talk.taskTime(first.task) }), [
    choice(talk, 'task', task),
  ]);
}

/** The tasks of theirs that are named, where those are several: one photo is evidence for one. */
function namedOf(talk: Talk, { numbers, rest }: Numbers) {
  if (rest !== '' || numbers.length === 1) return [];
  const { evidence } = seeNext(talk.context, talk.person);
  const named = evidence.filter(({ id }) => numbers.includes(id));
  return named.length > 1 ? named : [];
}

/** In '3 bags of trash' the 3 names a task only if the person has several to choose from. */
function runBare(talk: Talk, text: string): Replies {
  const { repliesToTask } = talk.message;
  if (repliesToTask !== undefined) return submit(talk, repliesToTask, text);
  const kept = takeKept(talk);
  if (kept !== undefined) return placeKept(talk, kept, text);
  const { evidence } = seeNext(talk.context, talk.person);
  const named = evidence.length > 1 ? talk.read.numberAndWords(text) : undefined;
  const isTheirs = evidence.some(({ id }) => id === named?.number);
  return named !== undefined && isTheirs
    ? submit(talk, named.number, named.words)
    : forOnlyTask(talk, text, { evidence });
}

/** The task of theirs that evidence can be for, where there is one alone. */
function onlyTask(talk: Talk): number | null {
  const { evidence } = seeNext(talk.context, talk.person);
  return evidence.length === 1 ? (evidence[0]?.id ?? null) : null;
}

/** What waits from before goes to the task that is named now, or to the only one there is. */
function placeKept(talk: Talk, kept: SessionData, args: string): Replies {
  const named = talk.read.numberAndWords(args);
  const task = named?.number ?? (kept.task === null ? onlyTask(talk) : Number(kept.task));
  const draft = keptWith(talk, kept, named?.words ?? talk.read.plain(args));
  if (task !== null) return sendOrAsk(talk, draft, task);
  const from = seeNext(talk.context, talk.person).evidence.slice(-ASKED_MAX);
  return askWhich(talk, { question: 'done.which', from, command: 'done', kept });
}

function which(talk: Talk, text: string, data: SessionData): Replies | null {
  const draft = draftFrom(data);
  if (talk.read.is('no', text)) return replyWith(talk.say('done.discarded'));
  const again = doneAgain(talk, text);
  const only = talk.read.is('yes', text) ? onlyTask(talk) : null;
  const listed = pickListed(talk, text, data);
  const task = talk.read.number(text) ?? listed ?? again?.task ?? only;
  if (task !== null) return sendOrAsk(talk, keptWith(talk, data, again?.text ?? ''), task);
  if (talk.message.pictures.length > 0) {
    talk.ask('which', draftData(withMessage(talk, draft, again?.text ?? text), null));
    return replyWith(talk.say('done.which-kept'));
  }
  // Something else in between does not throw the photos away.
  if (hasKeptPhotos(talk, draft)) talk.ask('which', data);
  return null;
}

function more(talk: Talk, text: string, data: SessionData): Replies | null {
  if (talk.read.is('no', text)) return replyWith(talk.say('done.discarded'));
  // DONE said again tells by itself which task it is about.
  if (doneAgain(talk, text) !== undefined || talk.message.pictures.length === 0) return null;
  return sendDraft(talk, draftOf(talk, text), Number(data.task));
}

function mayBePublic(talk: Talk, text: string, data: SessionData): Replies | null {
  const draft = draftFrom(data);
  const task = Number(data.task);
  const consent = consentAsked(data);
  if (talk.read.is('no', text)) return replyWith(talk.say('done.discarded'));
  if (talk.read.is('yes', text)) {
    const at = { identityId: talk.identityId, personId: talk.person.id };
    agreeToPublicEvidence(talk.context, at, { wording: publicWording(talk, consent), consent });
    const answered = withAnswer(talk, draft, '');
    const next = missing(talk, answered, consent);
    return next === undefined
      ? sendDraft(talk, answered, task)
      : askPublic(talk, answered, { task, consent: next });
  }
  const question = askPublic(talk, draft, { task, consent });
  const sentMore = doneAgain(talk, text);
  if (sentMore !== undefined && sentMore.task !== null && sentMore.task !== task) {
    return replyWith(talk.say('done.answer-first', { task, other: sentMore.task }), yesOrNo(talk));
  }
  if (sentMore !== undefined || talk.message.pictures.length > 0) {
    askPublic(talk, withAnswer(talk, draft, sentMore?.text ?? text), { task, consent });
    return replyWith(talk.say('done.public-kept'), yesOrNo(talk));
  }
  // A question in between throws away nothing that waits, and is told once sentMore what is agreed to.
  return talk.commandIn(text) === undefined ? again(question) : null;
}

export const done: Command = {
  name: 'done',
  who: 'resident',
  exact: true,
  isPublic: true,
  summary: 'done.summary',
  stepsThatStayOpen: ['public', 'which'],
  stepsThatKeep: ['public', 'which'],
  run: (talk, args) => {
    const kept = takeKept(talk);
    if (kept !== undefined) return placeKept(talk, kept, args);
    const named = talk.read.numbers(args);
    const [number] = named?.numbers ?? [];
    if (named !== undefined && number !== undefined) {
      const from = namedOf(talk, named);
      if (from.length === 0 && !isOwn(talk, number)) return forMisread(talk, number, args);
      const words = talk.read.numberAndWords(args)?.words ?? '';
      if (from.length === 0) return submit(talk, number, words);
      const kept = draftData(draftOf(talk, ''), null);
      return askWhich(talk, { question: 'done.which', from, command: 'done', kept });
    }
    const meant = talk.read.isCourtesy(args) ? allRight(talk) : undefined;
    if (meant !== undefined) return meant;
    const { repliesToTask } = talk.message;
    if (repliesToTask !== undefined) return submit(talk, repliesToTask, args);
    return forOnlyTask(talk, args);
  },
  runBare,
  steps: { which, more, public: mayBePublic },
  hints: { which: 'which', more: 'photo', public: 'yes-no' },
};
