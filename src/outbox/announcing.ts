/** Announces tasks where everybody can read it, and begins the broadcast to people who asked for it. */
import type { Reply } from '../conversation/message.ts';
import type { Voice } from '../conversation/speech.ts';
import type { MailerParts, Moment } from './mailer-parts.ts';

export type Announcement = {
  readonly taskId: number;
  /** In the city's first language. */
  readonly build: (voice: Voice) => Reply;
};

/** An announcement that is shown on a channel. */
export type ShownAnnouncement = Announcement & { readonly channel: string };

export function announce(
  parts: MailerParts,
  { tx, now }: Moment,
  { taskId, build }: Announcement,
): void {
  const body = build(parts.speech(parts.firstLanguage, now));
  const row = { kind: 'announcement', taskId, body, notBefore: now, createdAt: now } as const;
  for (const channel of parts.publicPlaces) tx.outbox.add({ ...row, channel });
  const announcer = tx.tasks.get(taskId)?.createdBy;
  const total = announcer === undefined ? 0 : tx.broadcasts.subscribers(announcer, now);
  if (total === 0) return;
  tx.broadcasts.add({ taskId, total, createdAt: now });
  parts.broadcastBegun();
}

export function update(parts: MailerParts, { tx, now }: Moment, shown: ShownAnnouncement): void {
  tx.outbox.add({
    channel: shown.channel,
    kind: 'update',
    bulk: 1,
    taskId: shown.taskId,
    body: shown.build(parts.speech(parts.firstLanguage, now)),
    notBefore: now,
    createdAt: now,
  });
}
