/**
 * Works through the inbox: each message of a person in order of arrival, all of it or none of it,
 * many messages to one commit.
 */
import type { Command } from '../conversation/command.ts';
import type { ChannelName, Reply } from '../conversation/message.ts';
import { createRouter } from '../conversation/router.ts';
import { publicly, replyWith } from '../conversation/speech.ts';
import type { Matcher } from '../conversation/words.ts';
import { SECOND_MS } from '../lib/clock.ts';
import { createLoop, type Loop } from '../lib/loop.ts';
import type { Observe } from '../lib/steps.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import type { WaitingMessage } from '../store/inbox.ts';
import type { Store, Tx } from '../store/store.ts';
import { answersTo } from './talk.ts';

const PAGE = 128;
/** How many messages share one commit. */
const BATCH_MAX = 64;
/** How far behind a message that waits one looks for STOP. */
const BEHIND_MAX = 50;
const ATTEMPTS_MAX = 3;
const RETRY_PAUSES_MS = [SECOND_MS, 5 * SECOND_MS] as const;

export type ProcessorOptions = {
  readonly store: Store;
  readonly foundation: Foundation;
  readonly commands: readonly Command[];
  readonly matcher: Matcher;
  readonly mailer: Mailer;
  readonly observe: Observe;
  /** A message could not be processed: for the log. */
  readonly failed: (error: unknown) => void;
  /** Something was decided that is to be sent and published. */
  readonly processed: () => void;
};

/** An earlier message of the same commit may have joined this address with another person. */
function asOfNow(tx: Tx, row: WaitingMessage): WaitingMessage {
  const personId = tx.identities.get(row.identityId)?.personId;
  if (personId === undefined || personId === row.person.id) return row;
  const person = tx.people.get(personId);
  if (person === undefined) throw new Error('asOfNow: an address of nobody');
  return { ...row, person, session: null };
}

export function createProcessor(options: ProcessorOptions): Loop {
  const { store, foundation, commands, matcher, mailer, observe } = options;
  const parts = { router: createRouter(commands, matcher), mailer };

  const hasRawPictures = (row: WaitingMessage): boolean =>
    row.payload.pictures !== 0 &&
    store.read.pictures.of(row.id).some(({ state }) => state === 'remote' || state === 'raw');

  /** Opting out comes before everything: it does not wait for a picture that is slow to come. */
  const stopBehind = (row: WaitingMessage): WaitingMessage | undefined =>
    store.read.inbox.behind(row.identityId, row.id, BEHIND_MAX).find(({ payload }) => {
      return payload.answered === 'stop' || matcher.read.legalWord(payload.text) === 'stop';
    });

  /** The messages that can be processed now, one for each person. */
  const ready = (now: number): WaitingMessage[] => {
    const rows: WaitingMessage[] = [];
    const busy = new Set<number>();
    let after = 0;
    for (;;) {
      const page = store.read.inbox.waiting(after, PAGE);
      for (const row of page) {
        if (busy.has(row.person.id)) continue;
        // What waits for its next attempt, or for its pictures, holds up its own person only.
        busy.add(row.person.id);
        const next = row.retryAt > now || hasRawPictures(row) ? stopBehind(row) : row;
        if (row.retryAt > now) loop.wakeAt(row.retryAt);
        if (next !== undefined) rows.push(next);
        if (rows.length === BATCH_MAX) return rows;
      }
      const last = page.at(-1);
      if (page.length < PAGE || last === undefined) return rows;
      after = last.id;
    }
  };

  const answer = (tx: Tx, row: WaitingMessage, replies: readonly Reply[], now: number): void => {
    const { text, thread, isPublic } = row.payload;
    const to = {
      channel: row.channel as ChannelName,
      identityId: row.identityId,
      inboxId: row.id,
      place: isPublic === true ? row.place : null,
      thread: thread ?? null,
    };
    // What was said before STOP counts, and is not answered any more.
    const isSilent =
      row.stoppedAt !== null &&
      row.receivedAt < row.stoppedAt &&
      matcher.read.legalWord(text) !== 'start';
    if (replies.length > 0 && !isSilent)
      mailer.answer({ tx, now }, { to, language: row.person.language, replies });
  };

  const fail = (tx: Tx, row: WaitingMessage, error: unknown): void => {
    options.failed(error);
    const now = foundation.clock.now();
    const name = error instanceof Error ? error.name : 'unknown';
    if (row.attempts + 1 < ATTEMPTS_MAX) {
      const retryAt = now + (RETRY_PAUSES_MS[row.attempts] ?? SECOND_MS);
      tx.inbox.markFailed(row.id, { state: 'received', error: name, retryAt });
      observe('message.retried', { count: 1, channel: row.channel });
      return;
    }
    tx.inbox.markFailed(row.id, { state: 'parked', error: name, retryAt: now });
    observe('message.parked', { count: 1, channel: row.channel });
    if (row.stoppedAt !== null) return;
    const speech = mailer.speech(row.person.language, now);
    answer(tx, row, [publicly(replyWith(speech.say('failed.parked')))], now);
  };

  /** Each message by itself; what was decided about all of them is on disk together. */
  const process = (rows: readonly WaitingMessage[]): void =>
    store.transactEach(
      rows.map((waiting) => (tx: Tx) => {
        const row = asOfNow(tx, waiting);
        const context = contextOf(foundation, tx);
        answer(tx, row, answersTo(parts, context, row), context.now);
      }),
      (tx, outcomes) => {
        const done: number[] = [];
        rows.forEach((row, at) => {
          const outcome = outcomes[at];
          if (outcome?.ok === true) done.push(row.id);
          else fail(tx, row, outcome?.error);
        });
        tx.inbox.markDone(done, foundation.clock.now());
      },
    );

  const turn = async (): Promise<boolean> => {
    const rows = ready(foundation.clock.now());
    if (rows.length === 0) return false;
    await store.commit(() => process(rows));
    observe('messages.processed', { count: rows.length });
    options.processed();
    return true;
  };

  const loop = createLoop({ turn, failed: options.failed, now: foundation.clock.now });
  return loop;
}
