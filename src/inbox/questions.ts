/**
 * Questions that wait for an answer, with the data that their commands keep in them, sealed. A photo
 * whose task is not known yet waits in a question as well; it outlives that question when another one
 * is asked, until its hour is over.
 */
import type { SessionData, Talk } from '../conversation/command.ts';
import type { Question } from '../conversation/router.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import type { Context } from '../services/context.ts';
import type { Session } from '../store/sessions.ts';

/** What was sent and waits for the words that tell where it belongs, as the question kept it. */
type Kept = { readonly data: SessionData; readonly until: number };

/** As it is sealed: a question that keeps something has it in its own data. */
type Stored = { readonly kept?: Partial<Kept> & Pick<Kept, 'until'> };

/** Stands where no question is open and something is kept. */
const NO_QUESTION: Question = { command: 'done', step: 'kept' };

const isQuestion = ({ command, step }: Question): boolean =>
  command !== NO_QUESTION.command || step !== NO_QUESTION.step;

/** The questions at one address while one of its messages is answered. */
export type Questions = {
  /** The one that was open when the message was sent. */
  readonly open: Question | undefined;
  /** What that one kept for its command. */
  readonly data: () => SessionData;
  /** Does something that was sent before wait? */
  readonly isKeeping: () => boolean;
  /** Opens a question in the place of the open one; what waits goes on waiting. */
  readonly ask: (question: Question, data: SessionData) => void;
  /** Ends the open question, with what it keeps itself; what else waits goes on waiting. */
  readonly end: () => void;
  /** Takes what waits, which then waits no longer. */
  readonly takeKept: () => SessionData | undefined;
};

/** `keeps` tells whether a question keeps what was sent. */
export function questionsAt(
  context: Context,
  { identityId, session }: { readonly identityId: number; readonly session: Session | null },
  keeps: (question: Question) => boolean,
): Questions {
  const { tx, now, sentAt, city } = context;
  const before = session === null ? undefined : openStored(context, session);
  const isLive = session !== null && session.expiresAt > sentAt;
  let kept = isLive ? before?.kept : undefined;
  const end = (): void => {
    if (kept === undefined) tx.sessions.end(identityId);
    else put(context, { ...NO_QUESTION, identityId, expiresAt: kept.until }, { kept });
  };
  const ask: Questions['ask'] = ({ command, step }, data) => {
    const expiresAt = now + city.policies.sessionMinutes * MINUTE_MS;
    const isKeeper = keeps({ command, step });
    if (isKeeper) kept = { data, until: expiresAt };
    const stored = isKeeper ? { kept: { until: expiresAt } } : kept && { kept };
    put(context, { command, step, identityId, expiresAt }, { ...data, ...stored });
  };
  return {
    open: isLive && isQuestion(session) ? session : undefined,
    data: () => before?.data ?? {},
    isKeeping: () => kept !== undefined,
    ask,
    end: () => {
      if (before?.isKeeper === true) kept = undefined;
      end();
    },
    takeKept: () => {
      const taken = kept?.data;
      if (taken === undefined) return undefined;
      kept = undefined;
      const open = tx.sessions.get(identityId);
      if (open === undefined) return taken;
      if (keeps(open) || !isQuestion(open)) end();
      else put(context, open, openStored(context, open).data);
      return taken;
    },
  };
}

/** Asks a question at another address, where none is open; false where one is. */
export function askElsewhere(
  context: Context,
  ...[identityId, { data, ...asked }]: Parameters<Talk['askAt']>
): boolean {
  const { tx, now } = context;
  const open = tx.sessions.get(identityId);
  const isLive = open !== undefined && open.expiresAt > now;
  if (isLive && isQuestion(open)) return false;
  const kept = isLive ? openStored(context, open).kept : undefined;
  put(context, { ...asked, identityId }, { ...data, ...(kept && { kept }) });
  return true;
}

function put(
  { tx, keys }: Context,
  { identityId, command, step, expiresAt }: Omit<Session, 'data'>,
  stored: Stored & Readonly<Record<string, unknown>>,
): void {
  const data = keys.sealText(JSON.stringify(stored));
  tx.sessions.put({ identityId, command, step, expiresAt, data });
}

function openStored({ keys, now }: Context, { data: sealed }: Session) {
  const { kept, ...data } = JSON.parse(keys.openText(sealed)) as SessionData & Stored;
  return {
    data: data as SessionData,
    isKeeper: kept !== undefined && kept.data === undefined,
    kept: kept !== undefined && kept.until > now ? { data, ...kept } : undefined,
  };
}
