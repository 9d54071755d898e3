/** Notices requests that claim to come from a provider and carry no true proof of it. */
import { HOUR_MS, MINUTE_MS } from '../lib/clock.ts';

const BETWEEN_WARNINGS_MS = 10 * MINUTE_MS;
/** A provider whose requests were true so lately still has the right address and secret. */
const PROVEN_MS = HOUR_MS;

export type Refusals = ReturnType<typeof createRefusals>;

/**
 * Counts what is refused for a wrong signature or secret, and says so to the operator: in the log at
 * the first and then every ten minutes at most, and as a problem until a true request comes. Who
 * only knocks without any proof is not counted: anybody can, and it says nothing about the settings.
 */
export function createRefusals(options: {
  readonly now: () => number;
  /** Which settings may be wrong, as a question to the operator. */
  readonly question: string;
  readonly warn: (sentence: string) => void;
  readonly problem: (sentence: string | undefined) => void;
}) {
  const { now, question, warn, problem } = options;
  let count = 0;
  let unsaid = 0;
  let warnedAt = Number.NEGATIVE_INFINITY;
  let provenAt = Number.NEGATIVE_INFINITY;
  let isProblem = false;
  return {
    /** For the state of the channel: how many were refused since the start, if any were. */
    facts: () => (count === 0 ? {} : { webhooksRefused: count }),
    refused: (): void => {
      count += 1;
      unsaid += 1;
      const sentence = (number: number) =>
        `${number === 1 ? '1 webhook was' : `${number} webhooks were`} refused: ${question}`;
      if (now() - provenAt >= PROVEN_MS) {
        isProblem = true;
        problem(sentence(count));
      }
      if (now() - warnedAt < BETWEEN_WARNINGS_MS) return;
      warn(sentence(unsaid));
      warnedAt = now();
      unsaid = 0;
    },
    /** A true request came. */
    accepted: (): void => {
      provenAt = now();
      if (!isProblem) return;
      isProblem = false;
      problem(undefined);
    },
  };
}
