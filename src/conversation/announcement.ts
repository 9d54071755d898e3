/** A task as it is announced in a channel's public place. */
import { taskEnd } from '../domain/task.ts';
import type { Reply } from './message.ts';
import { replyWith, type Voice } from './speech.ts';

/** The facts that an announcement tells; times in ms. */
export type AnnouncedTask = {
  readonly id: number;
  readonly title: string;
  readonly place: string;
  readonly credits: number;
  readonly slots: number;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly isAnyTime: number;
  /** The number of spots that are taken. */
  readonly taken: number;
  readonly state: 'open' | 'closed' | 'called-off';
  /** How often it was changed. */
  readonly sequence: number;
  /** Why it was called off; empty where it was not. */
  readonly reason: string;
};

/** The state of a task for those who look at its announcement later. */
type Standing = 'new' | 'open' | 'full' | 'closed' | 'off' | 'over';

function standingOf(task: AnnouncedTask, now: number): Standing {
  if (task.state === 'called-off') return 'off';
  if (task.state === 'closed') return 'closed';
  if (taskEnd(task) <= now) return 'over';
  if (task.taken >= task.slots) return 'full';
  return task.taken === 0 ? 'new' : 'open';
}

const isLast = (standing: Standing): boolean =>
  standing === 'closed' || standing === 'off' || standing === 'over';

/** The digest of a task that nobody has joined yet. */
export const FIRST_DIGEST = 'new 0';

/** The part of an announcement that changes, in short; one that begins with `last` stays. */
export function announcementDigest(task: AnnouncedTask, now: number): string {
  const standing = standingOf(task, now);
  const changed = task.sequence === 0 ? '' : ` ${task.sequence}`;
  return isLast(standing) ? `last ${standing}` : `${standing} ${task.taken}${changed}`;
}

/** The announcement of a task as it stands at `now` (ms). */
export function announcement(
  speech: Voice,
  task: AnnouncedTask,
  issuer: string,
  now: number,
): Reply {
  const standing = standingOf(task, now);
  const isOpen = !isLast(standing);
  const join = `${speech.word('join')} ${task.id}`;
  const when = speech.taskTime(task);
  return {
    ...replyWith(
      speech.say('announcement.text', {
        title: task.title,
        issuer,
        when,
        place: task.place,
        credits: speech.credits(task.credits),
        slots: task.slots,
        free: Math.max(0, task.slots - task.taken),
        standing,
        reason: task.reason,
        join: `${speech.word('join')} ${speech.number(task.id)}`,
      }),
      [
        ...(isOpen ? [{ label: speech.say('announcement.join'), send: join }] : []),
        {
          label: speech.say('announcement.details'),
          send: `${speech.word('task')} ${task.id}`,
        },
      ],
    ),
    isPublic: true,
    link: {
      path: `/tasks/${task.id}`,
      title: task.title,
      description: `${when}, ${task.place}`,
    },
  };
}
