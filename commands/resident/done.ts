/** Evidence: words and pictures for the reviewers of a task's issuer. */

import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, SessionData, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import {
  isAgreement,
  isRefusal,
  parseNumber,
  parseNumberAndRest,
} from '../../src/conversation/words.ts';
import { EVIDENCE_TEXT_MAX } from '../../src/domain/review.ts';
import { shorten } from '../../src/lib/text.ts';
import { findAlike } from '../../src/services/evidence/find-alike.ts';
import { countWaitingEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { agreeToPublicEvidence, reviewersOf } from '../../src/services/people/people.ts';
import { seeNext } from '../../src/services/people/see-next.ts';
import { seeTask } from '../../src/services/tasks/see-tasks.ts';

const ASKED_MAX = 5;
const TITLE_SHOWN = 40;
/** An album arrives as one message a picture; more than these are no evidence any more. */
const MESSAGES_KEPT_MAX = 10;

const WORDS = { en: ['DONE'], es: ['LISTO', 'HECHO'] } as const;
const BEGINNING = new RegExp(
  `^\\s*/?(?:${[...WORDS.en, ...WORDS.es].join('|')})\\b[\\s:;,.-]*`,
  'iu',
);
/** Messages that wait for an answer to a question: their text, and which of them have pictures. */
type Kept = {
  readonly text: string;
  readonly inboxIds: readonly number[];
  /** One of them is a post of the person's own. */
  readonly hasPost: boolean;
};

const keptData = (kept: Kept, task: number | null): SessionData => ({
  text: shorten(kept.text, EVIDENCE_TEXT_MAX),
  inboxIds: kept.inboxIds.join(' '),
  hasPost: kept.hasPost,
  task,
});

const keptFrom = (data: SessionData): Kept => ({
  text: String(data.text),
  inboxIds: String(data.inboxIds).split(' ').filter(Boolean).map(Number),
  hasPost: data.hasPost === true,
});

/** The message that just came, by itself. */
const keepThis = (talk: Talk, text: string): Kept => ({
  text,
  inboxIds: [talk.message.inboxId],
  hasPost: talk.message.isPost,
});

/** More that came while the question was open. */
const keepMore = (talk: Talk, kept: Kept, text: string): Kept => ({
  text: [kept.text, text].filter(Boolean).join('\n'),
  inboxIds: [...kept.inboxIds, talk.message.inboxId].slice(0, MESSAGES_KEPT_MAX),
  hasPost: kept.hasPost || talk.message.isPost,
});

/**
 * 'DONE 3 swept' said while a question about evidence is open: the task that it names, if any, and
 * the words without the command.
 */
function saidAgain(text: string): { readonly task: number | null; readonly text: string } | null {
  if (!BEGINNING.test(text)) return null;
  const args = text.replace(BEGINNING, '');
  const named = parseNumberAndRest(args);
  return { task: named?.number ?? null, text: named?.rest ?? args.trim() };
}

/** What an answer adds: its words, and its message if that has pictures. */
const keepAnswer = (talk: Talk, kept: Kept, text: string): Kept =>
  talk.message.pictures.length === 0
    ? { ...kept, text: [kept.text, text].filter(Boolean).join('\n') }
    : keepMore(talk, kept, text);

/** An answer may bring another picture with it. */
const withAnswer = (talk: Talk, kept: Kept): Kept =>
  talk.message.pictures.length === 0 ? kept : keepMore(talk, kept, '');

/** Sends what was kept, each message with its own pictures; the last answer speaks for all. */
function sendKept(talk: Talk, kept: Kept, taskId: number): readonly Reply[] {
  const [first = talk.message.inboxId, ...others] = kept.inboxIds;
  let replies = talk.run('done', `${taskId} ${kept.text}`, first);
  for (const inboxId of others) replies = talk.run('done', String(taskId), inboxId);
  return replies;
}

/**
 * Sends several messages once their task is known. Whoever has not agreed yet is asked once for
 * all of them: each by itself would ask again, and only the last would be kept.
 */
function sendOrAsk(talk: Talk, kept: Kept, taskId: number): readonly Reply[] {
  const { context, person } = talk;
  const isFirst = !hasAgreed(person, kept.hasPost) && kept.inboxIds.length > 1;
  if (!isFirst || seeTask(context, person.id, taskId)?.claim !== 'active') {
    return sendKept(talk, kept, taskId);
  }
  talk.ask('public', keptData(kept, taskId));
  return [replyWith(askPublic(talk, kept), yesOrNo(talk))];
}

/** Words and photos become public; a post is, and what is agreed to is whose work it shows. */
const hasAgreed = (person: Talk['person'], isPost: boolean): boolean =>
  isPost ? person.publicDid !== null : person.publicEvidenceAt !== null;

const askPublic = (talk: Talk, { hasPost }: Kept): string =>
  talk.say('done.ask-public', { isPost: hasPost ? 'yes' : 'no' });

/** Why pictures of the message were refused, in one sentence; empty when none was. */
function refusedPictures(talk: Talk): string {
  const reasons = talk.message.pictures.flatMap((picture) => (picture.ok ? [] : [picture.reason]));
  const sentences = [...new Set(reasons)].map((code) => talk.refusal({ code, params: {} }));
  return sentences.join(' ');
}

function askWhich(talk: Talk, text: string): Reply {
  const { evidence } = seeNext(talk.context, talk.person);
  talk.ask('which', keptData(keepThis(talk, text), null));
  const shown = evidence.slice(-ASKED_MAX);
  const list = shown.map(({ id, title }) => `${id} ${shorten(title, TITLE_SHOWN)}`).join('\n');
  return replyWith(
    `${talk.say('done.which')}\n${list}`,
    shown.map(({ id }) => ({ label: choice(talk, 'done', id).label, send: String(id) })),
  );
}

/** Evidence of a person who did not name the task: for the only one that takes it. */
function forOnlyTask(talk: Talk, text: string): Reply | readonly Reply[] {
  const { evidence } = seeNext(talk.context, talk.person);
  const [only] = evidence;
  if (only === undefined) return replyWith(talk.say('done.none'), [choice(talk, 'tasks')]);
  return evidence.length === 1 ? submit(talk, only.id, text) : askWhich(talk, text);
}

function submit(talk: Talk, taskId: number, text: string): Reply | readonly Reply[] {
  const { context, person, message } = talk;
  const pictureIds = message.pictures.flatMap(({ id, ok }) => (ok ? [id] : []));
  const before = seeTask(context, person.id, taskId);
  const takesEvidence = before?.claim === 'active' || before?.claim === 'submitted';
  const refused = refusedPictures(talk);
  if (takesEvidence && text === '' && pictureIds.length === 0) {
    talk.ask('more', keptData({ text: '', inboxIds: [], hasPost: false }, taskId));
    return replyWith(refused || talk.refusal({ code: 'evidence-empty', params: { task: taskId } }));
  }
  if (takesEvidence && !hasAgreed(person, message.isPost)) {
    const kept = keepThis(talk, text);
    talk.ask('public', keptData(kept, taskId));
    return replyWith(askPublic(talk, kept), yesOrNo(talk));
  }
  const sent = { taskId, text, pictureIds, inboxId: message.inboxId };
  const result = submitEvidence(context, person, sent);
  if (!result.ok) return replyWith(talk.refusal(result.refusal), [choice(talk, 'tasks')]);
  if (before?.claim === 'active') tellReviewers(talk, result.value);
  const { task, pictures } = result.value;
  const thanks = talk.say('done.sent', {
    task: task.id,
    title: task.title,
    issuer: before?.issuer ?? '',
    pictures,
  });
  return replyWith(refused === '' ? thanks : `${thanks} ${talk.say('done.partly', { refused })}`);
}

/**
 * Nobody asked the reviewers just now, and a review may take days: they are told within the city's
 * contact hours.
 */
function tellReviewers(
  talk: Talk,
  sent: {
    readonly evidenceId: number;
    readonly task: { readonly id: number; readonly title: string; readonly partnerId: number };
  },
): void {
  for (const reviewer of reviewersOf(talk.context, sent.task.partnerId)) {
    if (reviewer === talk.person.id) continue;
    // Who has more waiting was told when the first of it came.
    if (countWaitingEvidence(talk.context, reviewer) > 1) continue;
    const alike = findAlike(talk.context, sent.evidenceId, 1).length > 0 ? 'yes' : 'no';
    talk.tell(
      reviewer,
      (voice) => {
        const { id, title } = sent.task;
        return replyWith(voice.say('done.told', { task: id, title, alike }), [
          choice(voice, 'review', sent.evidenceId),
        ]);
      },
      'contact-hours',
    );
  }
}

export const done: Command = {
  name: 'done',
  words: WORDS,
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
  /** In '3 bags of trash' the 3 names a task only if the person has several to choose from. */
  runBare: (talk, text) => {
    const { repliesToTask } = talk.message;
    if (repliesToTask !== undefined) return submit(talk, repliesToTask, text);
    const { evidence } = seeNext(talk.context, talk.person);
    const named = parseNumberAndRest(text);
    if (named !== undefined && evidence.length > 1) {
      const isTheirs = evidence.some(({ id }) => id === named.number);
      if (isTheirs) return submit(talk, named.number, named.rest);
    }
    return forOnlyTask(talk, text);
  },
  steps: {
    which: (talk, text, data) => {
      const number = parseNumber(text);
      if (number !== undefined) return sendOrAsk(talk, withAnswer(talk, keptFrom(data)), number);
      if (isRefusal(text)) return replyWith(talk.say('done.discarded'));
      const again = saidAgain(text);
      if (again !== null && again.task !== null) {
        return sendOrAsk(talk, keepAnswer(talk, keptFrom(data), again.text), again.task);
      }
      if (talk.message.pictures.length === 0) return null;
      talk.ask('which', keptData(keepMore(talk, keptFrom(data), again?.text ?? text), null));
      return replyWith(talk.say('done.which-kept'));
    },
    more: (talk, text, data) => {
      if (isRefusal(text)) return replyWith(talk.say('done.discarded'));
      // The whole command again: it says itself which task it is about.
      if (saidAgain(text) !== null || talk.message.pictures.length === 0) return null;
      return sendKept(talk, keepThis(talk, text), Number(data.task));
    },
    public: (talk, text, data) => {
      const kept = keptFrom(data);
      const task = Number(data.task);
      if (isRefusal(text)) return replyWith(talk.say('done.discarded'));
      if (isAgreement(text)) {
        const at = { identityId: talk.identityId, personId: talk.person.id };
        agreeToPublicEvidence(talk.context, at, askPublic(talk, kept), kept.hasPost);
        return sendKept(talk, withAnswer(talk, kept), task);
      }
      const again = saidAgain(text);
      if (again !== null && again.task !== null && again.task !== task) {
        talk.ask('public', data);
        return replyWith(talk.say('done.answer-first', { task, other: again.task }), yesOrNo(talk));
      }
      if (again !== null || talk.message.pictures.length > 0) {
        talk.ask('public', keptData(keepAnswer(talk, kept, again?.text ?? text), task));
        return replyWith(talk.say('done.public-kept'), yesOrNo(talk));
      }
      // What waits is not thrown away for a question in between: it goes on waiting.
      talk.ask('public', data);
      if (talk.isCommand(text)) return null;
      return replyWith(askPublic(talk, kept), yesOrNo(talk));
    },
  },
};
