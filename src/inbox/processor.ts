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
import type { Timers } from '../lib/timers.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { spend, take } from '../services/budgets/spend.ts';
import { Uses } from '../services/budgets/uses.ts';
import {
  type BudgetRefusal,
  type Context,
  contextOf,
  type Foundation,
  type StuckAt,
} from '../services/context.ts';
import type { WaitingMessage } from '../store/inbox.ts';
import type { Store, Tx } from '../store/store.ts';
import { admit } from './admission.ts';
import { stopMovesBy } from './old-address.ts';
import { createSearched, findReady, type Searched } from './ready.ts';
import { answersTo, type Understood } from './talk.ts';
import { isUnsaid } from './unsaid.ts';
import { withTurn } from './with-turn.ts';

const ATTEMPTS_MAX = 3;
const RETRY_PAUSES_MS = [SECOND_MS, 5 * SECOND_MS] as const;

type ProcessorParts = {
  readonly store: Store;
  readonly foundation: Foundation;
  readonly matcher: Matcher;
  readonly mailer: Mailer;
  readonly observe: Observe;
  /** Is told what each message was understood as. */
  readonly understood?: Understood | undefined;
  /** Judges stored times again where the city's time has moved, before they are looked at. */
  readonly settleTimes?: () => Promise<void>;
  /** Is told when a message could not be processed, for the log. */
  readonly failed: (error: unknown) => void;
  /** Is told when a message waits for pictures: they may be wanted only since its sender agreed. */
  readonly wantsPictures: () => void;
  /** Is told when something was decided that is to be sent and published. */
  readonly processed: () => void;
  readonly timers?: Timers | undefined;
};

type Processor = ProcessorParts & { readonly router: Router; readonly searched: Searched };

export type ProcessorLoop = Pick<Loop, 'wake' | 'idle' | 'stop'> & {
  /** Messages are about to be stored: those that are new share one commit with what they come to. */
  readonly expect: () => void;
  /** One was stored, in a transaction that is not on disk yet. */
  readonly stored: () => void;
};

const FAILED_PAUSE_MS = SECOND_MS;

export function createProcessor(
  parts: ProcessorParts & { readonly commands: readonly Command[] },
): ProcessorLoop {
  const router = createRouter(parts.commands, parts.matcher);
  const processor = { ...parts, router, searched: createSearched() };
  const { failed, timers } = parts;
  let isStored = false;
  const takeStored = (): boolean => {
    const before = isStored;
    isStored = false;
    return before;
  };
  const waiting = createLoop({ turn: (loop) => takeTurn(processor, loop), failed, timers });
  const arriving = createLoop({
    timers,
    turn: async () => {
      if (await takeTurn(processor, waiting, takeStored)) waiting.wake();
      return false;
    },
    failed: (error) => {
      failed(error);
      waiting.wakeAfter(FAILED_PAUSE_MS);
    },
  });
  return {
    wake: waiting.wake,
    expect: arriving.wake,
    stored: () => {
      isStored = true;
    },
    idle: async () => {
      await arriving.idle();
      await waiting.idle();
    },
    stop: async () => {
      await arriving.stop();
      await waiting.stop();
    },
  };
}

/**
 * Looks for messages and processes them in one transaction, the last of its commit: what is stored at
 * the same time is among them. It does not look unless it `isWanted` by then.
 */
async function takeTurn(
  processor: Processor,
  later: Pick<Loop, 'wakeAfter'>,
  isWanted: () => boolean = () => true,
): Promise<boolean> {
  const { store, foundation, observe } = processor;
  await processor.settleTimes?.();
  // It may run twice, the first time undone.
  let isLooking = false;
  const look = () => {
    isLooking ||= isWanted();
    return isLooking ? processReady(processor) : undefined;
  };
  const turn = await store.commit(look, 'last');
  if (turn === undefined) return false;
  for (const [identityId, upTo] of turn.searched) processor.searched.set(identityId, upTo);
  if (turn.retryAt !== undefined) later.wakeAfter(turn.retryAt - foundation.clock.now());
  if (turn.wantsPictures) processor.wantsPictures();
  if (turn.done === undefined) return false;
  const { messages, refused, unsaid, stuck } = turn.done;
  observe('messages.processed', { count: messages });
  for (const { budget, count } of refused) observe('budget.refused', { count, budget });
  for (const channel of unsaid) observe('message.unsaid', { count: 1, channel });
  for (const { language, question } of stuck) {
    observe('message.misunderstood', { count: 1, language, ...(question && { question }) });
  }
  processor.processed();
  return turn.isMore;
}

/** Whether `isMore` can be processed at once; what was `searched` counts once it is on disk. */
function processReady(processor: Processor) {
  const { store, foundation, matcher } = processor;
  const search = { store, reader: matcher.read, before: processor.searched };
  const { rows, isAll, ...ready } = findReady(search, foundation.clock.now());
  const done = rows.length === 0 ? undefined : processAll(processor, rows);
  const isMore = !isAll || done?.isMore === true;
  return { ...ready, done, isMore };
}

/** Processes each message by itself; all that they decided gets to disk together. */
function processAll(processor: Processor, rows: readonly WaitingMessage[]) {
  const { store, foundation } = processor;
  const uses = new Uses();
  const done: number[] = [];
  const refused: BudgetRefusal[] = [];
  const unsaid: string[] = [];
  const stuck: StuckAt[] = [];
  let isMore = false;
  const before = store.read.inbox.changes();
  store.transactEach(
    rows.map((row, at) => (tx: Tx) => {
      if (at === 0) {
        uses.clear();
        for (const one of rows) know(tx, one);
      }
      return processOne(processor, contextOf(foundation, tx, { sentAt: row.sentAt, uses }), row);
    }),
    (tx, outcomes) => {
      const now = foundation.clock.now();
      // What was said may have put messages back that were set aside.
      isMore = store.read.inbox.changes() !== before;
      rows.forEach((row, at) => {
        const outcome = outcomes[at];
        if (outcome?.ok !== true) {
          // It is tried again, or makes room for those behind it.
          isMore = true;
          fail(processor, contextOf(foundation, tx, { sentAt: row.sentAt, uses }), {
            row,
            error: outcome?.error,
          });
          return;
        }
        done.push(row.id, ...outcome.value.alsoDone);
        refused.push(...outcome.value.refused);
        if (outcome.value.isUnsaid === true) unsaid.push(row.channel);
        stuck.push(...outcome.value.stuck);
      });
      isMore = tx.inbox.markDone(done, now) || isMore;
      uses.save(tx, foundation.city, now);
    },
  );
  return { messages: done.length, refused, unsaid, stuck, isMore };
}

/** What was found with a message is not asked for again, unless one before it changed it. */
function know({ sessions, followUps, inbox }: Tx, row: WaitingMessage): void {
  sessions.know(row.identityId, row.session);
  followUps.knowThere(row.identityId, row.hasFollowUp === 1);
  inbox.knowOrigin(row);
}

type Processed = {
  /** Messages that wait behind this one and are turned away with it. */
  readonly alsoDone: readonly number[];
  readonly refused: readonly BudgetRefusal[];
  /** Nobody said it: nothing came of it. */
  readonly isUnsaid?: true;
  readonly stuck: readonly StuckAt[];
};

function processOne(processor: Processor, context: Context, waiting: WaitingMessage): Processed {
  const { tx, uses, refused, stuck } = context;
  uses.know(`person:${waiting.person.id}`, waiting.uses);
  if (isUnsaid(waiting.payload, processor.matcher.read)) {
    return { alsoDone: [], refused, stuck, isUnsaid: true };
  }
  const row = refresh(tx, waiting);
  if (row.returnedAt !== null) context.unproven.add(row.person.id);
  stopMovesBy(processor, context, row);
  const admission = admit(processor, context, row);
  if (!admission.ok) {
    const { replies, alsoDone } = admission;
    answer(processor, context, row, replies);
    return { alsoDone, refused, stuck };
  }
  if (row.payload.pictures > 0 && row.person.joinedAt === null) {
    tx.pictures.refuseUnfetched(row.id, 'picture-before-consent');
  }
  const replies = answersTo(processor, context, row);
  // What a budget refuses is said once, and not every time.
  const isSaid = refused.some(({ isFirst }) => !isFirst);
  if (!admission.isSilent && !isSaid) answer(processor, context, row, replies);
  return { alsoDone: [], refused, stuck };
}

/** Reads again whose address it is: an earlier message of the same commit may have linked it. */
function refresh(tx: Tx, row: WaitingMessage): WaitingMessage {
  const personId = tx.identities.personAt(row.identityId);
  if (personId === undefined || personId === row.person.id) return row;
  const person = tx.people.get(personId);
  if (person === undefined) throw new Error('refresh: an address of nobody');
  return { ...row, person, session: null };
}

function answer(
  { mailer, matcher, foundation }: Processor,
  context: Context,
  row: WaitingMessage,
  replies: readonly Reply[],
): void {
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
    thread: thread === undefined ? null : foundation.keys.secretLookup('post', thread),
  };
  const { person } = row;
  const said = withTurn(mailer, context, row, replies);
  if (person.joinedAt !== null) take(context, 'answers', person.id, replies.length);
  if (mailer.answer(context, { to, language: person.language, replies: said })) return;
  // The city has no texts left for today: that is said once.
  context.refused.push({ budget: 'segments', isFirst: false, count: 1 });
  if (person.joinedAt === null || !spend(context, 'textsOut', person.id).ok) return;
  const { say } = mailer.speech(person.language, context.now);
  const words = { ...replyWith(say('limit.texts-out')), isEssential: true } as const;
  mailer.answer(context, { to, language: person.language, replies: [words] });
}

/** Tries a message again after a pause; after the last attempt it is parked, and its person told. */
function fail(
  processor: Processor,
  context: Context,
  { row, error }: { readonly row: WaitingMessage; readonly error: unknown },
): void {
  const { mailer, observe } = processor;
  const { tx, now } = context;
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
  answer(processor, context, row, [publicly(replyWith(say('failed.parked')))]);
}
