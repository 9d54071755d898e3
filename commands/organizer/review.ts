import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Choice } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { shorten } from '../../src/lib/text.ts';
import { findAlike } from '../../src/services/evidence/find-alike.ts';
import { seeWaitingEvidence } from '../../src/services/evidence/see-waiting-evidence.ts';
import { seeWaitingOnTask } from '../../src/services/evidence/see-waiting-on-task.ts';

/** Nobody needs to know of more. */
const COUNTED_MAX = 100;
/** So much fits beside the facts; the public record has the whole. */
const TEXT_SHOWN = 150;
/** Less fits beside a warning about pictures that were seen before. */
const TEXT_SHOWN_BESIDE = 60;
const ALIKE_SHOWN = 2;
/** So many are approved together. */
const LISTED_MAX = 20;

/** Where several wait on a task, all of them can be approved together. */
function chooseAll(talk: Talk, task: number): readonly Choice[] {
  const found = seeWaitingOnTask(talk.context, talk.person.id, { taskId: task, limit: LISTED_MAX });
  const count = found?.evidence.length ?? 0;
  if (count < 2) return [];
  const send = `${talk.word('approve')} ${talk.word('all')} ${task}`;
  return [{ label: talk.say('review.all', { count, task }), send }];
}

export const review: Command = {
  name: 'review',
  who: 'organizer',
  right: 'reviews',
  summary: 'review.summary',
  run: (talk, args) => {
    const waiting = seeWaitingEvidence(talk.context, talk.person, COUNTED_MAX);
    const wanted = talk.read.number(args);
    const next = waiting.find(({ evidence }) => evidence.id === wanted) ?? waiting[0];
    if (next === undefined) return replyWith(talk.say('review.none'), [choice(talk, 'announce')]);
    const { evidence, participantId, taskId, title, pictures } = next;
    const alike = findAlike(talk.context, evidence.id, ALIKE_SHOWN).map((other) =>
      talk.say('review.alike', {
        likeness: other.likeness,
        evidence: other.evidenceId,
        task: other.taskId,
        at: other.submittedAt,
        person: other.isSamePerson ? 'same' : 'other',
        participantId: other.participantId,
      }),
    );
    const text = talk.say('review.next', {
      evidence: evidence.id,
      participantId,
      task: taskId,
      title,
      at: talk.when(evidence.submittedAt),
      pictures: pictures.length,
      hasText: evidence.text === '' ? 'no' : 'yes',
      text: shorten(evidence.text, alike.length === 0 ? TEXT_SHOWN : TEXT_SHOWN_BESIDE),
      others: waiting.length - 1,
    });
    return {
      text: [text, ...alike].join('\n'),
      choices: [
        ...[choice(talk, 'approve', evidence.id), choice(talk, 'reject', evidence.id)],
        ...chooseAll(talk, taskId),
      ],
      pictures: pictures.map(({ spoolKey }) => spoolKey),
      // For phones that show no photos.
      link: { path: `/evidence/${evidence.id}`, title, description: text },
    };
  },
};
