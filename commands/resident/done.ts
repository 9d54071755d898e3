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
  publicWording,
  refusedPictures,
  sendDraft,
  withAnswer,
  withMessage,
} from '../../src/conversation/evidence-draft.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { notUnderstood } from '../../src/conversation/misunderstanding.ts';
import { askWhich } from '../../src/conversation/pick.ts';
import { replyWith, type Voice } from '../../src/conversation/speech.ts';
import { parseNumber, parseNumberAndRest } from '../../src/conversation/words.ts';
import { missingConsent, type PublicConsent } from '../../src/domain/consent.ts';
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
  const claim = consent && seeTask(talk.context, talk.person.id, task)?.claim;
  return consent !== undefined && (claim === 'active' || claim === 'submitted')
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
  if (only === undefined) return replyWith(talk.say('done.none'), [choice(talk, 'tasks')]);
  if (evidence.length === 1) return submit(talk, only.id, text);
  const from = evidence.slice(-ASKED_MAX);
  const kept = draftData(draftOf(talk, text), null);
  return askWhich(talk, { question: 'done.which', from, command: 'done', kept });
}

function submit(talk: Talk, taskId: number, text: string): Replies {
  const { context, person, message } = talk;
  const pictureIds = message.pictures.filter((picture) => picture.ok).map(({ id }) => id);
  const before = seeTask(context, person.id, taskId);
  const isTaken = before?.claim === 'active' || before?.claim === 'submitted';
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
  if (!result.ok) return replyWith(talk.refusal(result.refusal), [choice(talk, 'tasks')]);
  const { task, pictures } = result.value;
  if (before?.claim === 'active') tellReviewers(talk, result.value);
  const issuer = before?.issuer ?? '';
  const thanks = talk.say('done.sent', { task: task.id, title: task.title, issuer, pictures });
  return replyWith(refused === '' ? thanks : `${thanks} ${talk.say('done.partly', { refused })}`);
}

/** Tells reviewers within the city's contact hours: they did not ask, and a review takes time. */
function tellReviewers(
  talk: Talk,
  { evidenceId, task: { id, title, partnerId } }: EvidenceKept,
): void {
  const reviewers = findReviewersToTell(talk.context, partnerId, talk.person.id);
  if (reviewers.length === 0) return;
  const alike = findAlike(talk.context, evidenceId, 1).length > 0 ? 'yes' : 'no';
  const build = (voice: Voice): Reply =>
    replyWith(voice.say('done.told', { task: id, title, alike }), [
      choice(voice, 'review', evidenceId),
    ]);
  for (const personId of reviewers) talk.tell({ personId, when: 'contact-hours', build });
}

/** In '3 bags of trash' the 3 names a task only if the person has several to choose from. */
function runBare(talk: Talk, text: string): Replies {
  const { repliesToTask } = talk.message;
  if (repliesToTask !== undefined) return submit(talk, repliesToTask, text);
  const { evidence } = seeNext(talk.context, talk.person);
  const named = evidence.length > 1 ? parseNumberAndRest(text) : undefined;
  const isTheirs = evidence.some(({ id }) => id === named?.number);
  return named !== undefined && isTheirs
    ? submit(talk, named.number, named.rest)
    : forOnlyTask(talk, text, { evidence });
}

function which(talk: Talk, text: string, data: SessionData): Replies | null {
  const draft = draftFrom(data);
  if (talk.read.is('no', text)) return replyWith(talk.say('done.discarded'));
  const again = doneAgain(talk, text);
  const task = parseNumber(text) ?? again?.task ?? null;
  if (task !== null) return sendOrAsk(talk, withAnswer(talk, draft, again?.text ?? ''), task);
  if (talk.message.pictures.length === 0) return null;
  talk.ask('which', draftData(withMessage(talk, draft, again?.text ?? text), null));
  return replyWith(talk.say('done.which-kept'));
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
  askPublic(talk, draft, { task, consent });
  const again = doneAgain(talk, text);
  if (again !== undefined && again.task !== null && again.task !== task) {
    return replyWith(talk.say('done.answer-first', { task, other: again.task }), yesOrNo(talk));
  }
  if (again !== undefined || talk.message.pictures.length > 0) {
    askPublic(talk, withAnswer(talk, draft, again?.text ?? text), { task, consent });
    return replyWith(talk.say('done.public-kept'), yesOrNo(talk));
  }
  // A question in between does not throw away what waits.
  return talk.commandIn(text) === undefined ? notUnderstood(talk, 'yes-no') : null;
}

export const done: Command = {
  name: 'done',
  who: 'resident',
  exact: true,
  isPublic: true,
  summary: 'done.summary',
  stepsThatStayOpen: ['public'],
  run: (talk, args) => {
    const named = parseNumberAndRest(args);
    if (named !== undefined) return submit(talk, named.number, named.rest);
    const { repliesToTask } = talk.message;
    if (repliesToTask !== undefined) return submit(talk, repliesToTask, args);
    return forOnlyTask(talk, args);
  },
  runBare,
  steps: { which, more, public: mayBePublic },
  hints: { which: 'which', more: 'photo', public: 'yes-no' },
};
