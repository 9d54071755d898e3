// Deliveries to Bluesky, as the outbox hands them over, and people on a local network.
import { AtpAgent } from '@atproto/api';
import { type Account, createAccount } from '../../src/channels/bluesky/account.ts';
import type { Delivery } from '../../src/channels/channel.ts';
import type { Reply } from '../../src/conversation/message.ts';

let deliveries = 0;

export function deliveryOf(
  text: string,
  more: Partial<Omit<Delivery, 'reply'>> & { readonly reply?: Partial<Reply> } = {},
): Delivery {
  deliveries += 1;
  return {
    id: deliveries,
    to: null,
    kind: 'reply',
    place: null,
    taskId: null,
    announced: null,
    attempt: 1,
    createdAt: Date.UTC(2026, 5, 1, 12),
    ...more,
    reply: { text, choices: [], pictures: [], ...more.reply },
  };
}

/** Somebody's session with a new account. */
export async function joinNetwork(pds: string, handle: string): Promise<AtpAgent> {
  const agent = new AtpAgent({ service: pds });
  const email = `${handle.split('.')[0]}@city-sync.test`;
  await agent.createAccount({ handle, email, password: 'a password of the tests' });
  return agent;
}

/** The account of a session, as the channel has it. */
export async function accountOf(
  agent: AtpAgent,
  chatDid = 'did:web:chat.invalid',
): Promise<Account> {
  const opened = await createAccount({
    session: {
      signIn: async () => ({ kind: 'ok', value: agent.assertDid }),
      request: (path, init) => agent.sessionManager.fetchHandler(path, init ?? {}),
    },
    chatDid,
  })();
  if (opened.kind !== 'ok') throw new Error('There is no session.');
  return opened.value;
}
