/** A task as it is announced in a channel's public place. */
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
};

export const announcement = (speech: Voice, task: AnnouncedTask, issuer: string): Reply =>
  replyWith(
    speech.say('announcement.text', {
      title: task.title,
      issuer,
      when: speech.when(task.startsAt, task.endsAt),
      place: task.place,
      credits: speech.credits(task.credits),
      slots: task.slots,
      join: `${speech.word('join')} ${task.id}`,
    }),
    [
      { label: speech.say('announcement.join'), send: `${speech.word('join')} ${task.id}` },
      { label: speech.say('announcement.details'), send: `${speech.word('task')} ${task.id}` },
    ],
  );
