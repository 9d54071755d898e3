/**
 * Carries announcements to everybody who asked for them: a part at a time, so that the outbox stays
 * small and a broadcast can be stopped; each person once, also after a crash.
 */
import { announcement } from '../conversation/announcement.ts';
import type { ChannelName, Reply } from '../conversation/message.ts';
import type { Language } from '../languages/texts.ts';
import type { Broadcast } from '../store/broadcasts.ts';
import type { Partner } from '../store/partners.ts';
import type { Task } from '../store/tasks.ts';
import { alertRoom, type MailerParts, type Moment } from './deliveries.ts';
import { addOptOutHint, needsOptOutHint, takeOptOutHint } from './opt-out-hint.ts';

/** How many messages that nobody sits in front of may wait on a channel at once. */
const WAITING_MAX = 500;

/** A broadcast that goes on now. */
export type RunningBroadcast = {
  readonly broadcast: Broadcast;
  readonly task: Task;
  readonly issuer: Partner;
  /** The earliest time (ms) to send the messages that are added now. */
  readonly notBefore: number;
  /** As the last part answered it; a shortcut, since the outbox knows who has been told. */
  readonly reached: Reached | undefined;
};

/** The last identity that was seen to on each channel, or `EVERYBODY`. */
export type Reached = ReadonlyMap<string, number>;
/** Nobody is left: a look for them would go through all subscribers, again and again. */
const EVERYBODY = Number.POSITIVE_INFINITY;

type Parts = Pick<MailerParts, 'speech' | 'spendText' | 'alertsPerDay' | 'asksFor'> & {
  /** The channels that messages can be sent on. */
  readonly channels: readonly ChannelName[];
};

type Work = Parts & Moment & RunningBroadcast & { readonly bodies: Map<string, Reply> };

/**
 * Puts the next part for each channel in the outbox, and ends the broadcast once all of it was sent.
 * Answers how many messages it added, and whom it reached, which counts once it is on disk.
 */
export function continueBroadcast(
  parts: Parts,
  at: Moment,
  running: RunningBroadcast,
): { readonly added: number; readonly reached: Reached } {
  const { tx, now } = at;
  const { id } = running.broadcast;
  const work = { ...parts, ...running, tx, now, bodies: new Map<string, Reply>() };
  const done = parts.channels.map((channel) => addPart(work, channel));
  const added = done.reduce((sum, part) => sum + part.added, 0);
  // Everybody before the slowest channel's next person has been seen to.
  const open = done.filter((part) => !part.isLast);
  const last = Math.min(...(open.length > 0 ? open : done).map((part) => part.last));
  tx.broadcasts.advance(id, last, added);
  if (open.length === 0 && tx.broadcasts.unsentOf(id) === 0) tx.broadcasts.end(id, now);
  const reached = new Map(done.map((one) => [one.channel, one.isLast ? EVERYBODY : one.last]));
  return { added, reached };
}

/** Adds as much for one channel as there is room for. */
function addPart(work: Work, channel: ChannelName) {
  const { tx, now, broadcast, task, channels } = work;
  const after = work.reached?.get(channel) ?? broadcast.lastIdentityId;
  if (after === EVERYBODY) {
    return { channel, added: 0, last: broadcast.lastIdentityId, isLast: true };
  }
  const room = WAITING_MAX - tx.outbox.bulkWaiting(channel);
  if (room <= 0) return { channel, added: 0, last: after, isLast: false };
  const sendingDay = { tx, now: Math.max(now, work.notBefore) };
  const asked = {
    ...{ channel, channels, after, limit: room },
    exceptPersonId: task.createdBy,
    ...alertRoom(work, work, work),
  };
  const found = tx.broadcasts.recipients(broadcast, asked);
  let last = after;
  let added = 0;
  for (const recipient of found) {
    const body = bodyIn(work, recipient.language, needsOptOutHint(work, recipient));
    // What a day has no texts left for goes out on the next one.
    if (channel === 'sms' && !work.spendText(sendingDay, body.text, 'alert')) break;
    takeOptOutHint(work, recipient);
    tx.outbox.add({
      channel,
      identityId: recipient.identityId,
      kind: 'broadcast',
      bulk: 1,
      taskId: task.id,
      broadcastId: broadcast.id,
      body,
      notBefore: work.notBefore,
      createdAt: now,
    });
    last = recipient.identityId;
    added += 1;
  }
  return { channel, added, last, isLast: added === found.length && added < room };
}

/** Gives the text in a language, with the opt-out hint or without: each is made once. */
function bodyIn(work: Work, language: Language, needsHint: boolean): Reply {
  const { bodies, task, issuer, now } = work;
  const key = `${language} ${needsHint}`;
  const known = bodies.get(key);
  if (known !== undefined) return known;
  const voice = work.speech(language, now);
  const { isPublic: _isPublic, ...reply } = announcement(voice, task, issuer.name, now);
  const body = needsHint ? addOptOutHint(reply, voice) : reply;
  bodies.set(key, body);
  return body;
}
