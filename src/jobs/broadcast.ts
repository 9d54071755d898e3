/**
 * Carries announcements to everybody who asked for them: a part at a time, so that the outbox stays
 * small and what comes up in between is heeded; each person once, also after a crash; in contact
 * hours only; no longer than the task can be joined.
 */
import { announcement } from '../conversation/announcement.ts';
import type { ChannelName } from '../conversation/message.ts';
import { nextContactTime } from '../domain/calendar.ts';
import { canBeJoined } from '../domain/task.ts';
import type { Language } from '../languages/texts.ts';
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { needsWayOut, withWayOut } from '../outbox/opt-out-hint.ts';
import { type Context, contextOf } from '../services/context.ts';
import type { Broadcast } from '../store/broadcasts.ts';
import type { Partner } from '../store/partners.ts';
import type { Task } from '../store/tasks.ts';
import type { Job, JobParts } from './jobs.ts';

const EVERY_MS = 3 * SECOND_MS;
/** How many messages that nobody sits in front of may wait on a channel at once. */
const WAITING_MAX = 500;
/** What is about to be sent when the contact hours end still arrives within them. */
const LAST_CALL_MS = MINUTE_MS;

export function broadcastJob(parts: Omit<JobParts, 'spool'>): Job {
  const { foundation, mailer, channels } = parts;
  /**
   * Up to which identity people were seen to, by broadcast and channel. Only a shortcut: who has
   * been told is in the outbox. What a turn finds out counts once it is on disk.
   */
  let reached: ReadonlyMap<string, number> = new Map();
  let reaching: ReadonlyMap<string, number> = reached;
  const keyOf = (broadcast: Broadcast, channel: string) => `${broadcast.id} ${channel}`;

  /** Puts the next part of a channel in the outbox; how many, and whether that was the last. */
  const addPart = (
    context: Context,
    broadcast: Broadcast,
    task: Task,
    bodyFor: ReturnType<typeof createBodies>,
    channel: ChannelName,
  ): { readonly added: number; readonly last: number; readonly isLast: boolean } => {
    const { tx, now } = context;
    const after = reached.get(keyOf(broadcast, channel)) ?? broadcast.lastIdentityId;
    const room = WAITING_MAX - tx.outbox.bulkWaiting(channel);
    if (room <= 0) return { added: 0, last: after, isLast: false };
    const found = tx.broadcasts.recipients(
      broadcast,
      { channel, channels },
      task.createdBy,
      after,
      room,
    );
    const notBefore = whenToSend(context);
    for (const recipient of found) {
      const isWayOut = needsWayOut(recipient, now);
      if (isWayOut) tx.people.setWayOut(recipient.identityId, now);
      tx.outbox.add({
        channel,
        identityId: recipient.identityId,
        kind: 'broadcast',
        bulk: 1,
        taskId: task.id,
        broadcastId: broadcast.id,
        body: bodyFor(recipient.language, isWayOut),
        notBefore,
        createdAt: now,
      });
    }
    return {
      added: found.length,
      last: found.at(-1)?.identityId ?? after,
      isLast: found.length < room,
    };
  };

  const goOn = (
    context: Context,
    broadcast: Broadcast,
    { task, issuer }: { readonly task: Task; readonly issuer: Partner },
    cursors: Map<string, number>,
  ): boolean => {
    const { tx, now } = context;
    const bodyFor = createBodies(mailer, task, issuer.name, now);
    const parts = channels.map((channel) => {
      const part = addPart(context, broadcast, task, bodyFor, channel);
      cursors.set(keyOf(broadcast, channel), part.last);
      return part;
    });
    const added = parts.reduce((sum, part) => sum + part.added, 0);
    // Everybody before the slowest channel's next person has been seen to.
    const open = parts.filter((part) => !part.isLast).map(({ last }) => last);
    const last = Math.min(...(open.length > 0 ? open : parts.map((part) => part.last)));
    tx.broadcasts.advance(broadcast.id, last, added);
    if (open.length === 0 && tx.broadcasts.unsentOf(broadcast.id) === 0) {
      tx.broadcasts.end(broadcast.id, 'done', now);
    }
    return added > 0;
  };

  return {
    name: 'broadcast',
    everyMs: EVERY_MS,
    wakeOn: mailer.broadcastBegun,
    run: (tx) => {
      const context = contextOf(foundation, tx);
      const cursors = new Map<string, number>();
      let hasAdded = false;
      for (const broadcast of tx.broadcasts.running()) {
        const found = tx.tasks.withIssuer(broadcast.taskId);
        if (found === undefined || !isWorthTelling(found, context.now)) {
          tx.broadcasts.drop(broadcast.id);
          tx.broadcasts.end(broadcast.id, 'halted', context.now);
          continue;
        }
        tx.broadcasts.putOff(broadcast.id, whenToSend(context));
        hasAdded = goOn(context, broadcast, found, cursors) || hasAdded;
      }
      reaching = cursors;
      return hasAdded;
    },
    committed: async () => {
      reached = reaching;
    },
  };
}

const isWorthTelling = ({ task, issuer }: { task: Task; issuer: Partner }, now: number): boolean =>
  issuer.state === 'approved' && canBeJoined(task, now);

/** Now, or when the contact hours begin again: some time before they end none is begun. */
function whenToSend({ city, now }: Context): number {
  const next = nextContactTime(now, city);
  if (next > now) return next;
  const soon = now + LAST_CALL_MS;
  const later = nextContactTime(soon, city);
  return later > soon ? later : now;
}

/** The text in each language, with and without the way out: each is made once. */
function createBodies(mailer: Mailer, task: Task, issuer: string, now: number) {
  const made = new Map<string, string>();
  return (language: Language, isWayOut: boolean): string => {
    const key = `${language} ${isWayOut}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const voice = mailer.speech(language, now);
    const { isPublic: _isPublic, ...reply } = announcement(voice, task, issuer, now);
    const body = JSON.stringify(isWayOut ? withWayOut(reply, voice) : reply);
    made.set(key, body);
    return body;
  };
}
