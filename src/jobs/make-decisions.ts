/**
 * Makes the decisions about evidence that were held at the desk, once nobody can take them back: by the
 * commands that reviewers say. What cannot be made is told to the reviewer.
 */
import { replyWith } from '../conversation/speech.ts';
import { stepAtDesk } from '../inbox/desk.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Context } from '../services/context.ts';
import type { HeldDecision } from '../store/held-decisions.ts';
import type { Job } from './jobs.ts';

const BATCH = 20;

type Parts = Parameters<typeof stepAtDesk>[0];

export const makeDecisionsJob = (parts: Parts): Job => ({
  everyMs: 2 * SECOND_MS,
  againMs: SECOND_MS,
  run: (context) => {
    const due = context.tx.heldDecisions.due(context.now, BATCH);
    for (const held of due) {
      context.tx.heldDecisions.end(held.id);
      make(parts, context, held);
    }
    return due.length > 0;
  },
});

function make(parts: Parts, context: Context, held: HeldDecision): void {
  const { tx, keys } = context;
  const { personId, identityId, evidenceId, decision: command } = held;
  const person = tx.people.get(personId);
  const identity = tx.identities.get(identityId);
  const isTheirs = identity?.personId === personId && identity.returnedAt === null;
  if (person === undefined || identity === undefined || !isTheirs) return;
  const { channel } = identity;
  const words = keys.openText(held.words);
  // Said in one line, a note that begins with a number would name more evidence.
  const [reply] = stepAtDesk(
    parts,
    context,
    { person, channel, identityId },
    {
      ...{ command, step: 'several', text: String(evidenceId) },
      data: { numbers: String(evidenceId), rest: words, restOfFirst: words, isChoice: false },
    },
  );
  if (tx.evidence.get(evidenceId)?.state !== 'pending' || reply === undefined) return;
  parts.mailer.tellAt(context, {
    identityId,
    build: ({ say }) =>
      replyWith(say('login.decision-open', { evidence: evidenceId, text: reply.text })),
  });
}
