// A desk in memory, for tests of a channel by itself: what it stored, and what it keeps.
import { createHmac } from 'node:crypto';
import type {
  Capabilities,
  Inbox,
  Ingress,
  Memory,
  TalkerFacts,
  TwoWayChannel,
} from '../../src/channels/channel.ts';
import { createChatNames } from '../../src/channels/telegram/ids.ts';
import type { InboundMessage } from '../../src/conversation/message.ts';
import { createPublicFetch } from '../../src/media/public-fetch.ts';

const derive = (seed: string): Uint8Array => createHmac('sha256', 'a key').update(seed).digest();

/** What this desk's ids call a chat. */
export const nameOf = createChatNames(derive);

/** A channel and its way in, as one. */
export type RunningChannel = TwoWayChannel & Ingress;

export const withIngress = (channel: TwoWayChannel, inbox: Inbox): RunningChannel => ({
  ...channel,
  ...channel.createIngress(inbox),
});

export function memoryChannelDesk(now: () => number) {
  const stored = new Map<string, InboundMessage>();
  const values = new Map<string, string>();
  const secrets = new Map<string, string>();
  const payloads = new Map<string, { readonly value: string; readonly expiresAt: number }>();
  const announced = new Map<string, number>();
  const talkers = new Map<string, TalkerFacts>();
  const errors: unknown[] = [];
  const warnings: string[] = [];
  const lost = new Set<string>();
  let brokenFor = 0;

  const keep = (message: InboundMessage): boolean => {
    const isNew = !stored.has(message.externalId);
    if (isNew) stored.set(message.externalId, message);
    return isNew;
  };
  const fail = () => {
    if (brokenFor === 0) return;
    brokenFor -= 1;
    throw new Error('The disk is full.');
  };

  const inbox: Inbox = {
    receive: async (message) => {
      fail();
      return { isNew: keep(message), id: stored.size };
    },
    receiveAll: async (messages, remember = {}) => {
      fail();
      for (const [name, value] of Object.entries(remember)) values.set(name, value);
      return messages.filter(keep).length;
    },
    report: async () => true,
    known: (_, ids) => new Set(ids.filter((id) => stored.has(id))),
  };
  const memory: Memory = {
    recall: (name) => values.get(name),
    remember: async (name, value) => {
      values.set(name, value);
    },
    recallSecret: (name) => secrets.get(name),
    rememberSecret: async (name, value) => {
      fail();
      if (value === undefined) secrets.delete(name);
      else secrets.set(name, value);
    },
    payload: (token) => {
      const kept = payloads.get(token);
      return kept === undefined || kept.expiresAt <= now() ? undefined : kept.value;
    },
    keepPayload: async (token, value, expiresAt) => {
      payloads.set(token, { value, expiresAt });
    },
    derive,
  };
  const capabilities: Capabilities = {
    memory,
    announcements: {
      open: () => [...announced.keys()],
      addId: async (id, also) => {
        const task = announced.get(id);
        if (task !== undefined) announced.set(also, task);
      },
    },
    talkerOf: (address) => talkers.get(address),
    readPicture: async (key) => (lost.has(key) ? undefined : new TextEncoder().encode(key)),
    createPublicFetch,
    failed: (error) => {
      errors.push(error);
    },
    warn: (sentence) => {
      warnings.push(sentence);
    },
  };

  return {
    inbox,
    memory,
    capabilities,
    errors,
    warnings,
    /** A picture that is no longer in the spool. */
    lose: (key: string) => lost.add(key),
    announced,
    talkers,
    /** What is kept in the clear, beside the messages. */
    clear: () => [...values, ...[...payloads].map(([token, { value }]) => [token, value])],
    messages: (): readonly InboundMessage[] => [...stored.values()],
    /** The next so many writes fail. */
    breakFor: (writes: number) => {
      brokenFor = writes;
    },
  };
}

export const TELEGRAM_WORDS = {
  greeting: 'HOLA',
  optIn: 'INICIAR',
  announce: 'ANUNCIAR',
  here: 'AQUÍ',
  buttonOfOther: 'Este botón es de otra persona.',
  buttonTooOld: 'Este botón ya es viejo.',
  buttonTaken: 'Recibido.',
  openChat: 'Abrir el chat',
  postUnclear: 'No sé quién lo escribió.',
} as const;

export const TELEGRAM_TEXTS = {
  first: 'es',
  announceWords: new Map([
    ['tarea', 'es'],
    ['anunciar', 'es'],
    ['task', 'en'],
    ['announce', 'en'],
  ]),
  words: {
    es: TELEGRAM_WORDS,
    en: { ...TELEGRAM_WORDS, greeting: 'HI', optIn: 'START', announce: 'ANNOUNCE', here: 'HERE' },
  },
  menu: {
    en: [
      { who: 'resident', command: 'tasks', description: 'open tasks' },
      { who: 'organizer', command: 'announce', description: 'publish a task' },
    ],
    es: [
      { who: 'resident', command: 'tareas', description: 'tareas abiertas' },
      { who: 'organizer', command: 'anunciar', description: 'publicar una tarea' },
    ],
  },
} as const;

export const TALKER: TalkerFacts = {
  language: 'es',
  organizer: false,
  redeemer: false,
  admin: false,
  isStopped: false,
};
