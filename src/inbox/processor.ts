/**
 * Works through the inbox: each message of a person in order of arrival, all of it or none of it,
 * many messages to one commit.
 */
import type { Command } from '../conversation/command.ts';
import type { Reply } from '../conversation/message.ts';
import { createRouter, type Router } from '../conversation/router.ts';
import { publicly, replyWith } from '../conversation/speech.ts';
import type { Matcher } from '../conversation/words.ts';
import { SECOND_MS } from '../lib/clock.ts';
import { createLoop, type Loop } from '../lib/loop.ts';
import type { Observe } from '../lib/steps.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import type { WaitingMessage } from '../store/inbox.ts';
import type { Store, Tx } from '../store/store.ts';
import { findReady } from './ready.ts';
import { answersTo } from './talk.ts';

const ATTEMPTS_MAX = 3;
const RETRY_PAUSES_MS = [SECOND_MS, 5 * SECOND_MS] as const;

type ProcessorParts = {
  readonly store: Store;
  readonly foundation: Foundation;
  readonly matcher: Matcher;
  readonly mailer: Mailer;
  readonly observe: Observe;
  /** Is told when a message could not be processed, for the log. */
  readonly failed: (error: unknown) => void;
  /** Is told when something was decided that is to be sent and published. */
  readonly processed: () => void;
};

type Processor = ProcessorParts & { readonly router: Router };
type Work = { readonly tx: Tx; readonly now: number; readonly row: WaitingMessage };

export function createProcessor(
  parts: ProcessorParts & { readonly commands: readonly Command[] },
): Loop {
  const processor = { ...parts, router: createRouter(parts.commands, parts.matcher) };
  const { failed, foundation } = parts;
  const { now } = foundation.clock;
  return createLoop({ turn: (loop) => takeTurn(processor, loop), failed, now });
}

async function takeTurn(processor: Processor, loop: Loop): Promise<boolean> {
  const { store, foundation, observe } = processor;
  const { rows, retryAt } = findReady(store, processor.matcher.read, foundation.clock.now());
  if (retryAt !== undefined) loop.wakeAt(retryAt);
  if (rows.length === 0) return false;
  await store.commit(() => processAll(processor, rows));
  observe('messages.processed', { count: rows.length });
  processor.processed();
  return true;
}

/** Processes each message by itself; all that they decided gets to disk together. */
function processAll(processor: Processor, rows: readonly WaitingMessage[]): void {
  const { store, foundation } = processor;
  store.transactEach(
    rows.map((row) => (tx: Tx) => processOne(processor, tx, row)),
    (tx, outcomes) => {
      const now = foundation.clock.now();
      const done: number[] = [];
      rows.forEach((row, at) => {
        const outcome = outcomes[at];
        if (outcome?.ok === true) done.push(row.id);
        else fail(processor, { tx, now, row }, outcome?.error);
      });
      tx.inbox.markDone(done, now);
    },
  );
}

function processOne(processor: Processor, tx: Tx, waiting: WaitingMessage): void {
  const row = refresh(tx, waiting);
  const context = contextOf(processor.foundation, tx);
  answer(processor, { tx, now: context.now, row }, answersTo(processor, context, row));
}

/** Reads again whose address it is: an earlier message of the same commit may have linked it. */
function refresh(tx: Tx, row: WaitingMessage): WaitingMessage {
  const personId = tx.identities.get(row.identityId)?.personId;
  if (personId === undefined || personId === row.person.id) return row;
  const person = tx.people.get(personId);
  if (person === undefined) throw new Error('refresh: an address of nobody');
  return { ...row, person, session: null };
}

function answer({ mailer, matcher }: Processor, work: Work, replies: readonly Reply[]): void {
  const { row } = work;
  const { payload, receivedAt, stoppedAt } = row;
  // A message from before STOP counts, but is not answered any more.
  const isSilent =
    stoppedAt !== null &&
    receivedAt < stoppedAt &&
    matcher.read.legalWord(payload.text) !== 'start';
  if (replies.length === 0 || isSilent) return;
  const { thread, isPublic } = payload;
  const to = {
    channel: row.channel,
    identityId: row.identityId,
    inboxId: row.id,
    place: isPublic === true ? row.place : null,
    thread: thread ?? null,
  };
  mailer.answer(work, { to, language: row.person.language, replies });
}

/** Tries a message again after a pause; after the last attempt it is parked, and its person told. */
function fail(processor: Processor, work: Work, error: unknown): void {
  const { mailer, observe } = processor;
  const { tx, now, row } = work;
  processor.failed(error);
  const about = { count: 1, channel: row.channel };
  const name = error instanceof Error ? error.name : 'unknown';
  if (row.attempts + 1 < ATTEMPTS_MAX) {
    const retryAt = now + (RETRY_PAUSES_MS[row.attempts] ?? SECOND_MS);
    tx.inbox.markFailed(row.id, { state: 'received', error: name, retryAt });
    observe('message.retried', about);
    return;
  }
  tx.inbox.markFailed(row.id, { state: 'parked', error: name, retryAt: now });
  observe('message.parked', about);
  if (row.stoppedAt !== null) return;
  const { say } = mailer.speech(row.person.language, now);
  answer(processor, work, [publicly(replyWith(say('failed.parked')))]);
}
