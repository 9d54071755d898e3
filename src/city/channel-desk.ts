/** What a channel gets of the rest of a city: its intake, and a few things that outlive a restart. */
import type { ChannelDesk } from '../channels/channel.ts';
import type { ChannelName } from '../conversation/message.ts';
import type { Keys } from '../lib/crypto.ts';
import { contextOf } from '../services/context.ts';
import { rolesOf } from '../services/roles.ts';
import type { Store } from '../store/store.ts';
import type { Core } from './core.ts';

/** Tasks whose conversations are looked through from time to time. */
const OPEN_ANNOUNCEMENTS_MAX = 200;

export function createChannelDesk(options: {
  readonly name: ChannelName;
  readonly store: Store;
  /** Asked for when it is needed: a channel is made before the core that sends on it. */
  readonly core: () => Pick<Core, 'foundation' | 'intake' | 'intakeAll' | 'report'>;
  readonly readPicture: (spoolKey: string) => Promise<Uint8Array | null>;
  readonly keys: Keys;
  readonly failed: (error: unknown) => void;
}): ChannelDesk {
  const { name, store, keys, core } = options;
  const now = () => core().foundation.clock.now();
  const { read } = store;
  const own = (value: string): string => {
    if (!value.startsWith(`${name}-`)) throw new Error(`${value} is no name of ${name}'s own`);
    return value;
  };
  return {
    intake: (message) => core().intake(message),
    intakeAll: (messages, remember) => core().intakeAll(messages, remember),
    report: (...facts) => core().report(...facts),
    failed: options.failed,
    known: (externalIds) => new Set(read.inbox.known(name, externalIds)),
    recall: (value) => read.cursors.get(own(value)),
    remember: (value, text) => store.commit((tx) => void tx.cursors.put(own(value), text)),
    recallSecret: (value) => {
      const sealed = read.cursors.get(own(value));
      return sealed ? keys.openText(sealed) : undefined;
    },
    rememberSecret: (value, secret) => {
      const sealed = secret === undefined ? '' : keys.sealText(secret);
      return store.commit((tx) => void tx.cursors.put(own(value), sealed));
    },
    payload: (token) => read.payloads.get(token, now()),
    keepPayload: (token, value, expiresAt) =>
      store.commit((tx) => void tx.payloads.put(token, value, expiresAt)),
    openAnnouncements: () => read.tasks.openAnnouncements(name, OPEN_ANNOUNCEMENTS_MAX),
    alsoAnnounced: (externalId, alsoId) =>
      store.commit((tx) => {
        const task = tx.tasks.announcedTask(name, externalId);
        if (task !== undefined) tx.tasks.addAnnouncement(name, alsoId, task, null);
      }),
    talkerOf: (address) =>
      store.transact((tx) => {
        const context = contextOf(core().foundation, tx);
        const id = tx.people.identityId(name, keys.identityLookup(name, address));
        const identity = id === undefined ? undefined : tx.people.identity(id);
        const person = identity && tx.people.person(identity.personId);
        if (identity === undefined || person?.joinedAt == null) return undefined;
        const roles = rolesOf(context, person.id);
        return {
          language: person.language,
          organizer: roles.issuers.length > 0,
          redeemer: roles.redeemers.length > 0,
          admin: roles.admin,
          isStopped: identity.stoppedAt !== null,
        };
      }),
    readPicture: async (spoolKey) => (await options.readPicture(spoolKey)) ?? undefined,
    derive: (seed) => keys.derive(`channel-${name}`, seed),
  };
}
