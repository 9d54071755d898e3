/** The sandbox's phones: the last messages of each person, kept in memory only. */
import type { ChannelName } from '../conversation/message.ts';
import type { SandboxMessage } from './page/page-data.ts';

/** Where the page finds a picture of the spool. */
export const pictureUrl = (spoolKey: string): string => `/sandbox/pictures/${spoolKey}`;

export type PhoneEvent = {
  readonly channel: ChannelName;
  /** Null for the channel's public place, which everybody there sees. */
  readonly person: string | null;
  readonly message: SandboxMessage;
};

export type Phones = {
  readonly add: (event: PhoneEvent) => void;
  /** One person's messages and the public ones after `after`, in order; all where it is unknown. */
  readonly messages: (channel: ChannelName, person: string, after?: string) => SandboxMessage[];
  readonly subscribe: (listener: (event: PhoneEvent) => void) => () => void;
};

const MESSAGES_KEPT = 200;
const PHONES_KEPT = 5000;
const PUBLIC = '';

export function createPhones(): Phones {
  const phones = new Map<string, SandboxMessage[]>();
  const listeners = new Set<(event: PhoneEvent) => void>();

  const phoneOf = (key: string): SandboxMessage[] => {
    const known = phones.get(key);
    if (known !== undefined) return known;
    if (phones.size >= PHONES_KEPT) {
      const [oldest] = phones.keys();
      if (oldest !== undefined) phones.delete(oldest);
    }
    const fresh: SandboxMessage[] = [];
    phones.set(key, fresh);
    return fresh;
  };

  return {
    add: (event) => {
      const phone = phoneOf(`${event.channel} ${event.person ?? PUBLIC}`);
      phone.push(event.message);
      if (phone.length > 2 * MESSAGES_KEPT) phone.splice(0, phone.length - MESSAGES_KEPT);
      for (const listener of listeners) listener(event);
    },
    messages: (channel, person, after) => {
      const own = phones.get(`${channel} ${person}`) ?? [];
      const open = phones.get(`${channel} ${PUBLIC}`) ?? [];
      // Ids are TIDs and sort by time.
      const all = open.length === 0 ? own : [...own, ...open].sort(byId);
      const at = after === undefined ? -1 : all.findIndex((message) => message.id === after);
      return all.slice(at + 1);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const byId = (one: SandboxMessage, other: SandboxMessage): number =>
  one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
