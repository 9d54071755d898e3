/** The problems that a channel has just now, for people who look after it. */
import type { ChannelState } from './channel.ts';

export type Problems<About extends string> = {
  /** Notes why something does not work, in one sentence for the operator; undefined once it does. */
  readonly set: (about: About, sentence: string | undefined) => void;
  /** The state of the channel by the first of its problems. */
  readonly status: () => ChannelState;
};

export function createProblems<About extends string>(): Problems<About> {
  const sentences = new Map<About, string>();
  return {
    set: (about, sentence) => {
      if (sentence === undefined) sentences.delete(about);
      else sentences.set(about, sentence);
    },
    status: () => {
      const [problem] = sentences.values();
      return problem === undefined ? { state: 'on' } : { state: 'trouble', problem };
    },
  };
}
