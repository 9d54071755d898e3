/** The problems that a channel has just now, for people who look after it. */
import type { ChannelState } from './channel.ts';

/**
 * `changed` is told when the state is another than before, or something else is the first of the
 * problems; that the same one has other words is no news.
 */
export function createProblems<About extends string>(
  changed: (state: ChannelState) => void = () => undefined,
) {
  const sentences = new Map<About, string>();
  const first = (): About | undefined => sentences.keys().next().value;
  const status = (): ChannelState => {
    const problem = sentences.values().next().value;
    return problem === undefined ? { state: 'on' } : { state: 'trouble', problem };
  };
  return {
    /** Notes why something does not work, in one sentence for the operator; undefined once it does. */
    set: (about: About, sentence: string | undefined): void => {
      const before = first();
      if (sentence === undefined) sentences.delete(about);
      else sentences.set(about, sentence);
      if (first() !== before) changed(status());
    },
    /** The state of the channel by the first of its problems. */
    status,
  };
}
