// A sandbox data that lives in memory: real messages, real events, answers from a small script.
import { createHash } from 'node:crypto';
import { DAY_MS, isoTime } from '../../src/lib/clock.ts';
import type {
  PageData,
  SandboxEvent,
  SandboxInbound,
  SandboxMessage,
  SandboxPerson,
  SandboxRecord,
} from '../../src/sandbox/page/page-data.ts';
import { loopScript } from './loop-script.ts';

export const CITY_DID = 'did:plc:z72i7hdynmk6r22z27h6tvur';

export const RESIDENT = '+15105550101';
export const ORGANIZER = '+15105550110';
export const REDEEMER = '+15105550120';
const ADMIN = '+15105550100';
export const ON_TELEGRAM = '7000102';
export const ON_BLUESKY = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz';

const PEOPLE: readonly SandboxPerson[] = [
  {
    channel: 'sms',
    person: ADMIN,
    name: 'Grace Obi',
    role: 'admin',
  },
  {
    channel: 'sms',
    person: RESIDENT,
    name: 'Ana Torres',
    role: 'resident',
  },
  {
    channel: 'telegram',
    person: ON_TELEGRAM,
    name: 'Ben Okafor',
    role: 'resident',
  },
  {
    channel: 'bluesky',
    person: ON_BLUESKY,
    name: 'Chloe Park',
    role: 'resident',
  },
  {
    channel: 'sms',
    person: ORGANIZER,
    name: 'Codornices Creek Friends',
    role: 'organizer',
  },
  {
    channel: 'sms',
    person: REDEEMER,
    name: 'Northside Café',
    role: 'redeemer',
  },
];

type StagedRecord = {
  readonly collection: string;
  readonly summary: string;
  readonly value: Readonly<Record<string, unknown>>;
};

/** What the script may do: answer people and write records. */
export type Stage = {
  readonly say: (
    to: string,
    text: string,
    more?: Partial<Pick<SandboxMessage, 'choices' | 'public'>>,
  ) => void;
  /** Returns the at:// address and the CID, as a strongRef. */
  readonly record: (record: StagedRecord) => { readonly uri: string; readonly cid: string };
};

export type MemoryPageData = PageData & {
  /** How many listen. */
  readonly listeners: () => number;
  readonly stage: Stage;
  /** What was taken in, bytes and all. */
  readonly received: readonly SandboxInbound[];
  /** A record as the PDS would answer it, once published. */
  readonly published: (collection: string, rkey: string) => unknown;
};

export type MemoryPageDataOptions = {
  readonly pds?: string;
  /** When records are published; at once where it is left out. */
  readonly publishAfter?: Promise<void>;
  readonly now?: () => number;
  /** What becomes due while time goes by; the test ends it. */
  readonly doDue?: (ms: number) => Promise<void>;
};

/** Task 2 of the script starts so long (ms) after the city was opened. */
const TASK_STARTS_AFTER_MS = 3 * DAY_MS;

const keyOf = (channel: string, person: string) => `${channel} ${person}`;

export function memoryPageData(options: MemoryPageDataOptions = {}): MemoryPageData {
  const { pds = 'http://localhost:2583', publishAfter, now: machineNow = Date.now } = options;
  const { doDue = async () => undefined } = options;
  let aheadMs = 0;
  const now = () => machineNow() + aheadMs;
  const startsAt = now() + TASK_STARTS_AFTER_MS;
  const listeners = new Set<(event: SandboxEvent) => void>();
  const histories = new Map<string, SandboxMessage[]>();
  const pictures = new Map<string, Uint8Array>();
  const records: SandboxRecord[] = [];
  const values = new Map<string, unknown>();
  const received: SandboxInbound[] = [];
  let messageCount = 0;

  const tell = (event: SandboxEvent) => {
    for (const listener of listeners) listener(event);
  };
  const at = () => new Date(now()).toISOString();

  const keep = (channel: SandboxPerson['channel'], person: string, message: SandboxMessage) => {
    const key = keyOf(channel, person);
    const history = histories.get(key) ?? [];
    history.push(message);
    histories.set(key, history);
    tell({ type: 'message', channel, person, message });
  };

  const nextId = () => {
    messageCount += 1;
    return `m${messageCount}`;
  };

  const publish = (seq: number) => {
    const staged = records[seq - 1];
    if (staged === undefined) throw new Error(`No record ${seq}`);
    const record: SandboxRecord = { ...staged, state: 'published' };
    records[seq - 1] = record;
    tell({ type: 'record', record });
  };

  const stage: Stage = {
    say: (to, text, more = {}) => {
      const person = PEOPLE.find((each) => each.person === to);
      if (person === undefined) throw new Error(`Nobody has ${to}`);
      const plain = /^[\n\r -~éñÑü¿¡]*$/.test(text);
      const sms = {
        segments: Math.ceil(text.length / (plain ? 160 : 70)),
        encoding: plain ? 'GSM-7' : 'UCS-2',
      } as const;
      keep(person.channel, to, {
        id: nextId(),
        direction: 'out',
        text,
        choices: [],
        at: at(),
        ...(person.channel === 'sms' ? sms : {}),
        ...more,
      });
    },
    record: ({ collection, summary, value }) => {
      const seq = records.length + 1;
      const rkey = `3lw${(seq + 1000).toString(32)}k2s2x${seq.toString(32).padStart(3, '2')}`;
      const uri = `at://${CITY_DID}/${collection}/${rkey}`;
      const whole = { $type: collection, ...value, createdAt: at() };
      const cid = `bafyrei${createHash('sha256').update(JSON.stringify(whole)).digest('hex').slice(0, 52)}`;
      values.set(`${collection}/${rkey}`, whole);
      const record: SandboxRecord = {
        seq,
        collection,
        rkey,
        uri,
        cid,
        operation: 'create',
        state: 'staged',
        at: at(),
        summary,
      };
      records.push(record);
      tell({ type: 'record', record });
      if (publishAfter === undefined) setTimeout(publish, 0, seq);
      else void publishAfter.then(() => publish(seq));
      return { uri, cid };
    },
  };

  const answer = loopScript(stage);

  const find = (collection: string, rkey: string) =>
    records.findLast((each) => each.collection === collection && each.rkey === rkey);

  return {
    ...{ city: 'Berkeley', timeZone: 'America/Los_Angeles' },
    people: PEOPLE,
    send: async (inbound) => {
      if (inbound.text === 'REFUSE ME') return { refused: 'The script refuses that.' };
      received.push(inbound);
      const id = nextId();
      const urls = inbound.media.map((file, index) => {
        pictures.set(`${id}-${index}`, file.bytes);
        return `/sandbox/pictures/${id}-${index}`;
      });
      keep(inbound.channel, inbound.from, {
        id,
        direction: 'in',
        text: inbound.text,
        choices: [],
        at: at(),
        ...(urls.length === 0 ? {} : { pictures: urls }),
        ...(inbound.replyTo === undefined ? {} : { replyTo: inbound.replyTo }),
      });
      setTimeout(answer, 0, inbound);
      return { id };
    },
    messages: (channel, person, after) => {
      const history = histories.get(keyOf(channel, person)) ?? [];
      return history.slice(history.findIndex(({ id }) => id === after) + 1);
    },
    picture: (key) => pictures.get(key),
    records: (afterSeq, limit) => records.slice(afterSeq).toReversed().slice(0, limit),
    record: (collection, rkey) => {
      const record = find(collection, rkey);
      if (record === undefined) return undefined;
      const { uri, cid, state } = record;
      return { uri, cid, state, value: values.get(`${collection}/${rkey}`) };
    },
    network: () => ({ pds, plc: 'http://localhost:2582', did: CITY_DID, handle: 'berkeley.test' }),
    now,
    passTime: async (ms) => {
      aheadMs += ms;
      await doDue(ms);
      tell({ type: 'clock', now: at() });
    },
    comingTasks: () => (startsAt > now() ? [{ number: 2, startsAt: isoTime(startsAt) }] : []),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    listeners: () => listeners.size,
    stage,
    received,
    published: (collection, rkey) => {
      const record = find(collection, rkey);
      if (record?.state !== 'published') return undefined;
      return { uri: record.uri, cid: record.cid, value: values.get(`${collection}/${rkey}`) };
    },
  };
}
