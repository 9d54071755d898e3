/** Bluesky as a channel: posts and private messages come in, and replies go out as either. */
import { systemWait, type Wait } from '../../lib/wait.ts';
import type { Capabilities, TwoWayChannel } from '../channel.ts';
import { createProblems } from '../problems.ts';
import { createAccount } from './account.ts';
import { createIngress, type IngressOptions, type Problem } from './in/ingress.ts';
import { createPictureFetch } from './in/pictures.ts';
import { createSendInLine } from './out/line.ts';

export type BlueskyOptions = Omit<IngressOptions, 'inbox' | 'wait' | 'problem'> &
  Pick<Capabilities, 'createPublicFetch' | 'outgoing'> & { readonly wait?: Wait };

export function createBlueskyChannel(options: BlueskyOptions): TwoWayChannel {
  const { settings, session, wait = systemWait } = options;
  const open = createAccount({ session, chatDid: settings.chatDid });
  const problems = createProblems<Problem>(options.stateChanged);
  return {
    name: 'bluesky',
    hasPublicPlace: true,
    messagesPerSecond: null,
    below: (post) => JSON.stringify({ root: post, parent: post }),
    send: createSendInLine({ ...options, open }),
    fetchPicture: createPictureFetch(settings, options),
    status: problems.status,
    createIngress: (inbox) => createIngress({ ...options, inbox, wait, problem: problems.set }),
  };
}
