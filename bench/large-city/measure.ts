/** What the measurements of a large city share. */
import { setTimeout as pause } from 'node:timers/promises';
import { whole } from '../print.ts';
import { percentile } from '../ratios.ts';
import type { Beside } from './beside.ts';
import type { RunningProgram } from './program.ts';
import type { Sizes } from './sizes.ts';
import type { Texts } from './texts.ts';
import type { LocalTwilio } from './twilio.ts';

const LOOK_EVERY_MS = 50;
/** Longer than anything here may take, so that what hangs ends with an error. */
const MINUTES_MAX = 20;

/** Prints a figure beside its aim; whether it is met is printed with it. */
export type Print = (name: string, figure: string, aim?: Aim) => void;
export type Aim = { readonly words: string; readonly isMet: boolean };

export type Measured = {
  readonly sizes: Sizes;
  readonly print: Print;
  readonly beside: Beside;
  readonly twilio: LocalTwilio;
  readonly texts: Texts;
  /** The city that runs now. */
  readonly city: () => RunningProgram;
};

/** Resolves once `isSo`, which is asked again and again. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + MINUTES_MAX * 60_000;
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error(`This took more than ${MINUTES_MAX} minutes.`);
    await pause(LOOK_EVERY_MS);
  }
}

export const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const inMs = (ms: number): string => `${whole(ms)} ms`;

/** How long something took from a start until now, by the clock and of the city's processor. */
export function stopwatch(city: RunningProgram) {
  const [startedAt, processorBefore] = [performance.now(), city.processorMs()];
  return () => {
    const [tookMs, processorMs] = [
      performance.now() - startedAt,
      city.processorMs() - processorBefore,
    ];
    return { tookMs, words: `${inSeconds(tookMs)}, ${inSeconds(processorMs)} of a processor` };
  };
}

/** Such as `p50 3 ms   p99 12 ms   at most 20 ms   of 1,000`. */
export const spread = (values: readonly number[]): string =>
  [
    `p50 ${inMs(percentile(values, 0.5))}`,
    `p99 ${inMs(percentile(values, 0.99))}`,
    `at most ${inMs(percentile(values, 1))}`,
    `of ${whole(values.length)}`,
  ].join('   ');

/** At most so many ms. */
export const atMost = (ms: number, limitMs: number, what = ''): Aim => ({
  words: `${what}at most ${limitMs < 1000 ? inMs(limitMs) : `${limitMs / 1000} s`}`,
  isMet: ms <= limitMs,
});
