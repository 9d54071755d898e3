/**
 * The local Twilio in a process of its own, so that it takes no time of the city's or of whoever
 * measures. Its parent asks for what it was sent.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startTwilio } from '../../test/support/twilio-server.ts';

/** A text as Twilio took it over, and when (ms). */
type Taken = { readonly to: string; readonly body: string; readonly at: number };

/** With the number of the first text that is wanted; how many there are is all that is told without. */
type Asked = { readonly from?: number };
type News = { readonly url: string } | { readonly count: number; readonly taken: readonly Taken[] };

export type LocalTwilio = {
  readonly url: string;
  /** How many texts it took over so far. */
  readonly count: () => Promise<number>;
  /** The texts from one on, by its number from 0. */
  readonly takenFrom: (from: number) => Promise<readonly Taken[]>;
  readonly end: () => Promise<void>;
};

export async function startLocalTwilio(): Promise<LocalTwilio> {
  const child = fork(fileURLToPath(import.meta.url), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
    serialization: 'advanced',
  });
  const newsOf = async (): Promise<News> => (await once(child, 'message'))[0] as News;
  const first = await newsOf();
  if (!('url' in first)) throw new Error('Twilio did not tell its address.');
  // One question at a time: answers come in the order of the questions.
  let last: Promise<unknown> = Promise.resolve();
  const ask = (asked: Asked) => {
    const answer = last.then(() => {
      child.send(asked);
      return newsOf();
    });
    last = answer;
    return answer;
  };
  return {
    url: first.url,
    count: async () => {
      const news = await ask({});
      return 'count' in news ? news.count : 0;
    },
    takenFrom: async (from) => {
      const news = await ask({ from });
      return 'taken' in news ? news.taken : [];
    },
    end: () => endOf(child),
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const twilio = await startTwilio();
  const tell = (news: News) => process.send?.(news);
  process.on('message', ({ from }: Asked) => {
    const { messages } = twilio;
    const taken = from === undefined ? [] : messages.slice(from);
    tell({ count: messages.length, taken: taken.map(({ to, body, at }) => ({ to, body, at })) });
  });
  process.once('disconnect', () => process.exit());
  tell({ url: twilio.url });
}
