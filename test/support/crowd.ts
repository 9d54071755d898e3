// Many people at once before one core: the real inbox, commands, ledger and outbox over a database
// on disk, and a channel that remembers what it was given. The clock stands until it is set.

import { commands } from '../../commands/index.ts';
import type { Channel } from '../../src/channels/channel.ts';
import type { Command } from '../../src/conversation/command.ts';
import type { CheckPicture } from '../../src/inbox/check-pictures.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { TUESDAY, UNLIMITED } from './city.ts';
import { standingClock } from './clock.ts';
import { rememberingChannel, testCity } from './test-city.ts';

type Sent = {
  readonly id?: string;
  readonly pictures?: readonly Uint8Array[];
  /** What the channel knows pictures by that it has to fetch. */
  readonly sources?: readonly string[];
};

export async function openCrowd(
  options: {
    /** Commands beside the city's own. */
    readonly commands?: readonly Command[];
    /** Stands around the real look at a picture. */
    readonly look?: (check: CheckPicture) => CheckPicture;
    /** What the channel offers besides sending. */
    readonly channel?: Pick<Channel, 'fetchPicture' | 'releasePicture'>;
    /** Whether there is room for pictures; as the disk has it where it is left out. */
    readonly hasRoom?: () => boolean;
  } = {},
) {
  const { commands: more = [] } = options;
  const clock = standingClock(TUESDAY);
  const { channel, sent, sentTo } = rememberingChannel(options.channel);
  const city = testCity({
    clock,
    city: UNLIMITED,
    channels: () => [channel],
    commands: [...commands, ...more],
    // Further commands are said by their names.
    languages: LANGUAGES.map((language) => ({
      ...language,
      words: { ...language.words, ...Object.fromEntries(more.map(({ name }) => [name, [name]])) },
    })),
    ...(options.look && { look: options.look }),
    ...(options.hasRoom && { hasRoom: options.hasRoom }),
  });
  const { core } = city;
  city.seed();
  await city.start();
  await core.idle();

  let messages = 0;
  /** Hands a message over, under an id of its own unless one is given. */
  const post = async (
    from: string,
    text: string,
    { id, pictures = [], sources = [] }: Sent = {},
  ) => {
    messages += 1;
    const externalId = id ?? `crowd-${messages}`;
    const kept = await city.keep(pictures);
    return city.receive({
      externalId,
      sender: from,
      text,
      pictures: [...kept, ...sources.map((source) => ({ source }))],
    });
  };

  return {
    store: city.store,
    spool: city.spool,
    ...{ clock, core, sent, post },
    errors: city.errors,
    heard: sentTo,
    /** Says something, and hears everything that came back once nothing is left to do. */
    ask: async (from: string, text: string, sent?: Sent): Promise<string> => {
      const before = sentTo(from).length;
      await post(from, text, sent);
      await core.idle();
      return sentTo(from).slice(before).join('\n');
    },
    /** New people who take part. */
    people: async (count: number): Promise<string[]> => {
      const numbers = Array.from(
        { length: count },
        (_, at) => `+1510556${String(messages + at).padStart(4, '0')}`,
      );
      for (const text of ['HI', 'OK']) {
        await Promise.all(numbers.map((number) => post(number, text)));
        await core.idle();
      }
      return numbers;
    },
    close: city.stop,
  };
}

export type Crowd = Awaited<ReturnType<typeof openCrowd>>;
