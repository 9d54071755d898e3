/** Tells everybody concerned that the city suspended an organization, or lets it act again. */
import type { Talk } from './command.ts';
import { replyWith, type Voice } from './speech.ts';

type Concerned = {
  readonly name: string;
  /** Empty for none. */
  readonly reason: string;
  readonly people: readonly number[];
  readonly joined: readonly {
    readonly personId: number;
    readonly taskId: number;
    readonly title: string;
  }[];
  readonly admins: readonly number[];
};

/** Tells those who act for it, those who joined its tasks, and the other admins; how many people. */
export function tellOfStanding(
  talk: Talk,
  what: 'suspend' | 'resume',
  { name, reason, people, joined, admins }: Concerned,
): number {
  const { contact } = talk.context.city;
  const { id, participantId } = talk.person;
  const told = new Set<number>();
  for (const personId of people) {
    if (personId === id) continue;
    told.add(personId);
    const build = (voice: Voice) => replyWith(voice.say(`${what}.told`, { name, reason, contact }));
    talk.tell({ personId, when: 'at-once', build });
  }
  for (const { personId, taskId: task, title } of joined) {
    if (personId === id) continue;
    told.add(personId);
    const build = (voice: Voice) =>
      replyWith(voice.say(`${what}.joined`, { task, title, contact }));
    talk.tell({ personId, when: 'contact-hours', task, build });
  }
  for (const personId of admins) {
    if (personId === id || told.has(personId)) continue;
    told.add(personId);
    const build = (voice: Voice) =>
      replyWith(voice.say(`${what}.told-admins`, { participantId, name, reason }));
    talk.tell({ personId, when: 'contact-hours', build });
  }
  return told.size;
}
