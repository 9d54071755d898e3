/** The problems that a channel has just now, for people who look after it. */
import type { ChannelState } from './channel.ts';

export function createProblems<About extends string>() {
  const sentences = new Map<About, string>();
  return {
    /** Notes why something does not work, in one sentence for the operator; undefined once it does. */
    set: (about: About, sentence: string | undefined): void => {
      if (sentence === undefined) sentences.delete(about);
      else sentences.set(about, sentence);
    },
    /** The state of the channel by the first of its problems. */
    status: (): ChannelState => {
      const [problem] = sentences.values();
      return problem === undefined ? { state: 'on' } : { state: 'trouble', problem };
    },
  };
}
