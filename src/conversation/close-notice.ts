/** What people hear when a task is closed that they joined or stood by for. */
import { choice } from './choices.ts';
import { type Notice, replyWith } from './speech.ts';

/** `task` is the closed task; `personId` needs to come no longer. */
export const closeNotice = (
  personId: number,
  task: { readonly id: number; readonly title: string },
): Notice => ({
  personId,
  when: 'contact-hours',
  task: task.id,
  build: (voice) =>
    replyWith(voice.say('close.told', { task: task.id, title: task.title }), [
      choice(voice, 'tasks'),
    ]),
});
