import { MINUTE_MS } from '../../lib/clock.ts';
import { isPlaceholder } from '../../lib/placeholder-did.ts';
import type { Context } from '../context.ts';
import { digestOf } from './keep-proof.ts';

export type ProofLine = {
  readonly task: number;
  readonly title: string;
  readonly place: string;
  /** In ms: when it began, or for a task without a fixed time when the evidence was sent. */
  readonly at: number;
  /** What the task lasted; undefined for one without a fixed time or an end, whose hours nobody knows. */
  readonly minutes: number | undefined;
  readonly credits: number;
  readonly issuer: string;
  /** The record of the person's part; undefined while the city has no repository. */
  readonly uri: string | undefined;
};

export type SeenProof = {
  readonly participantId: string;
  readonly isPublic: boolean;
  /** What was verified, the newest first. */
  readonly lines: readonly ProofLine[];
};

/** What a page shows to whoever has its token: verified work and nothing else. Undefined for others. */
export function seeProof(context: Context, token: string): SeenProof | undefined {
  const { tx } = context;
  const proof = tx.proofs.byDigest(digestOf(token));
  const person = proof && tx.people.get(proof.personId);
  if (proof === undefined || person === undefined) return undefined;
  const lines = tx.claims
    .of(person.id)
    .filter(({ claim }) => claim.state === 'verified')
    .map((found) => lineOf(context, found))
    .sort((one, other) => other.at - one.at);
  return { participantId: person.participantId, isPublic: proof.isPublic === 1, lines };
}

type Found = ReturnType<Context['tx']['claims']['of']>[number];

function lineOf({ tx, records, did }: Context, { claim, task }: Found): ProofLine {
  const isTimed = task.isAnyTime !== 1 && task.endsAt !== null;
  const sent = claim.steps.findLast(({ state }) => state === 'submitted')?.at;
  return {
    ...{ task: task.id, title: task.title, place: task.place, credits: task.credits },
    at: task.isAnyTime === 1 ? (sent ?? claim.createdAt) : task.startsAt,
    minutes: isTimed ? Math.round(((task.endsAt ?? 0) - task.startsAt) / MINUTE_MS) : undefined,
    issuer: tx.partners.get(task.partnerId)?.name ?? '',
    uri: isPlaceholder(did) ? undefined : records.uri('claim', claim.rkey),
  };
}
