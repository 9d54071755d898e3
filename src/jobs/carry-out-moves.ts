/**
 * Moves accounts to new addresses once their time has come. What was said comes first: an old address
 * may have stopped it while the city did not run.
 */
import { movedReply } from '../conversation/move-replies.ts';
import { replyWith } from '../conversation/speech.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { carryOutMove } from '../services/people/carry-out-move.ts';
import { seeAddress } from '../services/people/see-address.ts';
import type { Job } from './jobs.ts';

const BATCH = 50;

/** `isCaughtUp` tells whether channels have nothing left from before the start. */
export const carryOutMovesJob = (
  mailer: Pick<Mailer, 'tellAt'>,
  isCaughtUp: () => boolean,
): Job => ({
  everyMs: MINUTE_MS,
  run: (context) => {
    if (!isCaughtUp()) return false;
    const { tx, now } = context;
    const due = tx.moves.due(Math.min(now, tx.inbox.waitingSince() ?? now), BATCH);
    for (const move of due) {
      const to = seeAddress(context, move.identityId);
      const moved = carryOutMove(context, move, {
        leaving: (identityId) =>
          mailer.tellAt(context, {
            identityId,
            build: (voice) => replyWith(voice.say('move.away', to)),
          }),
      });
      const code = moved.ok ? moved.code : undefined;
      mailer.tellAt(context, {
        identityId: moved.to,
        build: (voice) => movedReply(voice, code),
      });
    }
    return due.length > 0;
  },
});
