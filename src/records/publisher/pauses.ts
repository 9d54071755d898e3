/** Waits while nothing can be published: for records, for the budget, or for an end of trouble. */

import type { Answer } from '../../account/answer.ts';
import { type Trouble, troubleOf } from '../../account/refusal.ts';
import { systemTimers } from '../../lib/timers.ts';
import { waitBy, waitUntil } from '../../lib/wait.ts';
import { LOOK_AGAIN_MS } from './queue.ts';
import type { State } from './state.ts';

function sleep(state: State, until: number, { signal } = state.ending): Promise<void> {
  const { clock, timers = systemTimers, wait = waitBy(timers) } = state.settings;
  return waitUntil(until, { clock, wait, between: state.progress.tellIfDue }, signal);
}

/** Sleeps until something is staged, the end, or the next try of what is set aside. */
export async function rest(state: State): Promise<void> {
  const { status, queue, progress } = state;
  const until = queue.triedAgainAt();
  if (until === undefined) {
    status.setIdle();
    progress.tellEnd();
  } else {
    status.setStopped(queue.parked().join(' '), until);
  }
  if (state.isAwake || state.ending.signal.aborted) return;
  const rested = new AbortController();
  state.endRest = () => rested.abort();
  if (until !== undefined) await sleep(state, until, rested);
  else await new Promise((resolve) => rested.signal.addEventListener('abort', resolve));
}

export async function pause(state: State, reason: string, until: number): Promise<void> {
  state.status.setUnlessStopped({ state: 'waiting', reason, until });
  await sleep(state, until);
}

/** Stops, and looks again after a while unless that cannot help. */
export async function halt(state: State, trouble: Trouble, againMs: number): Promise<void> {
  const { log, clock } = state.settings;
  const { reason, isFinal } = trouble;
  const before = state.status.status();
  const isNews = before.state !== 'stopped' || before.reason !== reason;
  if (isNews) log.warn({ reason }, 'Publishing stopped.');
  const until = clock.elapsed() + againMs;
  state.status.setStopped(reason, isFinal ? undefined : until);
  if (isFinal) return;
  await sleep(state, until);
  state.isDoubtful = true;
  state.backOff.forgetLostAnswers();
}

/** Waits as long as an answer of the PDS asks for. */
export async function waitAfter(state: State, answer: Answer<unknown>): Promise<void> {
  const { clock, log } = state.settings;
  const { backOff } = state;
  if (answer.kind === 'ok') return;
  if (answer.kind === 'refused') return halt(state, troubleOf(answer), LOOK_AGAIN_MS);
  if (answer.kind === 'limited') {
    const until = Math.max(answer.until, clock.elapsed() + backOff.pauseAfterLimit());
    return pause(state, 'The PDS takes no more requests for now.', until);
  }
  state.isDoubtful = true;
  const until = clock.elapsed() + backOff.pauseAfterFailure();
  const detail = { reason: answer.message, failures: backOff.failures() };
  log.warn(detail, 'Publishing failed and is tried again.');
  await pause(state, `The last try failed: ${answer.message}`, until);
}
