/** What a channel may use of the city, made over the store and the keys. */
import type { Announcements, Capabilities, Memory, TalkerFacts } from '../channels/channel.ts';
import type { ChannelName } from '../conversation/message.ts';
import { withEither } from '../lib/crypto.ts';
import { contextOf } from '../services/context.ts';
import { rolesOf } from '../services/roles.ts';
import type { Base } from './base.ts';

/** Tasks whose conversations are looked through from time to time. */
const OPEN_ANNOUNCEMENTS_MAX = 200;

export const capabilitiesOf = (base: Base, name: ChannelName): Capabilities => ({
  memory: createMemory(base, name),
  announcements: createAnnouncements(base, name),
  talkerOf: (address) => talkerOf(base, name, address),
  readPicture: base.spool.get,
  createPublicFetch: base.createPublicFetch,
  ...(base.outgoing && { outgoing: base.outgoing }),
  failed: base.observer.failed,
  stateChanged: (state) => base.observer.channelChanged?.(name, state),
  warn: base.observer.warn,
});

function createMemory({ foundation, store }: Base, name: ChannelName): Memory {
  const { keys, clock } = foundation;
  const { cursors, payloads } = store.read;
  const own = (value: string): string => {
    if (!value.startsWith(`${name}-`)) throw new Error(`${value} is no name of ${name}'s own`);
    return value;
  };
  return {
    recall: (value) => cursors.get(own(value)),
    remember: (value, text) => store.commit((tx) => void tx.cursors.put(own(value), text)),
    recallSecret: (value) => {
      const sealed = cursors.get(own(value));
      return sealed ? keys.openText(sealed) : undefined;
    },
    rememberSecret: (value, secret) => {
      const sealed = secret === undefined ? '' : keys.sealText(secret);
      return store.commit((tx) => void tx.cursors.put(own(value), sealed));
    },
    payload: (token) => {
      const sealed = payloads.get(token, clock.now());
      return sealed === undefined ? undefined : keys.openText(sealed);
    },
    keepPayload: (token, value, expiresAt) =>
      store.commit((tx) => void tx.payloads.put(token, keys.sealText(value), expiresAt)),
    derive: (seed) => keys.deriveName(`channel-${name}`, seed),
  };
}

const createAnnouncements = ({ store }: Base, name: ChannelName): Announcements => ({
  open: () => store.read.announcements.open(name, OPEN_ANNOUNCEMENTS_MAX),
  addId: (externalId, alsoId) =>
    store.commit((tx) => {
      const taskId = tx.announcements.taskOf(name, externalId);
      if (taskId !== undefined) {
        tx.announcements.add({ channel: name, externalId: alsoId, taskId, shown: null });
      }
    }),
});

const talkerOf = (
  { foundation, store }: Base,
  name: ChannelName,
  address: string,
): TalkerFacts | undefined =>
  store.transact((tx) => {
    const id = withEither(foundation.keys, ({ identityLookup }) =>
      tx.identities.idOf(name, identityLookup(name, address)),
    );
    const identity = id === undefined ? undefined : tx.identities.get(id);
    const person = identity && tx.people.get(identity.personId);
    if (identity === undefined || person?.joinedAt == null) return undefined;
    const roles = rolesOf(contextOf(foundation, tx), person.id);
    return {
      language: person.language,
      organizer: roles.issuers.length > 0,
      redeemer: roles.redeemers.length > 0,
      admin: roles.admin,
      isStopped: identity.stoppedAt !== null,
    };
  });
