/** Bluesky as a channel: posts and private messages come in, and replies go out as either. */
import type { Session } from '../../account/session.ts';
import type { Clock } from '../../lib/clock.ts';
import { systemWait, type Wait } from '../../lib/wait.ts';
import { type ChannelDesk, ChannelError, type RunningChannel } from '../channel.ts';
import { createProblems } from '../problems.ts';
import { createAccount } from './account.ts';
import { signInSentence } from './errors.ts';
import { createIngress, type Problem } from './in/ingress.ts';
import { createPictureFetch } from './in/pictures.ts';
import { createSendInLine } from './out/line.ts';
import type { BlueskySettings } from './settings.ts';

export function createBlueskyChannel(options: {
  readonly settings: BlueskySettings;
  readonly session: Session;
  readonly desk: ChannelDesk;
  readonly clock: Clock;
  readonly wait?: Wait;
  /** For tests, whose servers are on this machine: asks for strangers' pictures. */
  readonly fetchPublic?: typeof fetch;
}): RunningChannel {
  const { settings, session, desk, clock, wait = systemWait } = options;
  const open = createAccount({ session, chatDid: settings.chatDid });
  const problems = createProblems<Problem>();
  const ingress = createIngress({ settings, session, desk, clock, wait, problem: problems.set });
  return {
    name: 'bluesky',
    hasPublicPlace: true,
    messagesPerSecond: null,
    send: createSendInLine({ open, settings, desk, clock }),
    fetchPicture: createPictureFetch({
      plcUrl: settings.plcUrl,
      service: settings.service,
      ...(options.fetchPublic === undefined ? {} : { fetch: options.fetchPublic }),
    }),
    start: async () => {
      const opened = await open();
      // Where nobody answers, or for a while, it goes on trying.
      if (opened.kind === 'refused') throw new ChannelError(signInSentence(opened));
      ingress.start();
    },
    stop: ingress.stop,
    status: problems.status,
  };
}
