/** What it costs to find the next messages in the inbox, and to understand one. */
import type { Amounts } from '../amounts.ts';
import { measureLooks } from '../looks.ts';
import { percent, print, whole } from '../print.ts';
import { measureUnderstanding } from '../understanding.ts';
import type { Section } from './section.ts';

export function showReading({ piledUp, understood }: Amounts): Section {
  const looks = { alone: measureLooks(1), piled: measureLooks(piledUp) };
  print(
    `q  a look at the inbox with ${whole(piledUp)} of one sender waiting: ${whole(looks.piled)} µs (with one: ${whole(looks.alone)} µs)`,
  );
  const { medianMs, worstMs } = measureUnderstanding(understood);
  print(
    `r  a message of mixed words is understood in ${medianMs.toFixed(3)} ms (median of ${whole(understood)}), at most ${worstMs.toFixed(1)} ms`,
  );
  return {
    aims: [
      `q takes ${percent(looks.piled, looks.alone)} of a look with one waiting (aim: under 150 %)`,
    ],
  };
}
