/**
 * Carries broadcasts on: in contact hours only, and no longer than the task can be joined. A part at
 * a time is added, so that what comes up in between counts.
 */
import type { ChannelName } from '../conversation/message.ts';
import { nextContactTime } from '../domain/calendar.ts';
import { canBeJoined } from '../domain/task.ts';
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import { continueBroadcast, type Reached } from '../outbox/broadcasting.ts';
import type { Mailer } from '../outbox/mailer.ts';
import type { Context } from '../services/context.ts';
import type { Partner } from '../store/partners.ts';
import type { Task } from '../store/tasks.ts';
import type { Job } from './jobs.ts';

const EVERY_MS = 3 * SECOND_MS;
/** A channel that sends a thousand a second has sent half of what may wait by then. */
const AGAIN_MS = SECOND_MS / 4;
/** So shortly before the contact hours end nothing is begun, since it might arrive after them. */
const LAST_CALL_MS = MINUTE_MS;

/** `channels` are those that messages can be sent on. */
export function broadcastJob(mailer: Mailer, channels: readonly ChannelName[]): Job {
  /** Where each broadcast stands, by its id. A turn that never gets to disk does not count. */
  let reached: ReadonlyMap<number, Reached> = new Map();
  let reaching = reached;
  return {
    everyMs: EVERY_MS,
    againMs: AGAIN_MS,
    wakeOn: mailer.broadcastBegun,
    run: (context) => {
      const { tx, now } = context;
      const notBefore = whenToSend(context);
      const reachedNow = new Map<number, Reached>();
      let added = 0;
      for (const broadcast of tx.broadcasts.running()) {
        const { id, taskId } = broadcast;
        const found = tx.tasks.withIssuer(taskId);
        if (found === undefined || !isWorthTelling(found, now)) {
          tx.broadcasts.drop(id);
          tx.broadcasts.end(id, now, 'task');
          continue;
        }
        if (notBefore > now) tx.broadcasts.putOff(id, notBefore);
        const part = continueBroadcast(
          { ...mailer.alertBudgets, speech: mailer.speech, channels },
          context,
          {
            ...found,
            broadcast,
            notBefore,
            reached: reached.get(id),
          },
        );
        reachedNow.set(id, part.reached);
        added += part.added;
      }
      reaching = reachedNow;
      return added > 0;
    },
    committed: async () => {
      reached = reaching;
    },
  };
}

const isWorthTelling = ({ task, issuer }: { task: Task; issuer: Partner }, now: number): boolean =>
  issuer.state === 'approved' && canBeJoined(task, now);

/** Now, or when the contact hours begin again. */
function whenToSend({ city, now }: Context): number {
  const next = nextContactTime(now, city);
  if (next > now) return next;
  const soon = now + LAST_CALL_MS;
  const later = nextContactTime(soon, city);
  return later > soon ? later : now;
}
