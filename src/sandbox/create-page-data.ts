/** Makes what the sandbox's page sees of the city: its phones and its public record, live. */
import { TASK_LASTS_MS } from '../domain/task.ts';
import { isoTime } from '../lib/clock.ts';
import type { Signal } from '../lib/signal.ts';
import type { PictureCache } from '../media/picture-cache-port.ts';
import { kindOf } from '../records/kinds/index.ts';
import { recordUri } from '../records/strong-ref.ts';
import type { RecordRow } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { parseAddress } from './addresses.ts';
import type { NetworkFacts } from './network-facts.ts';
import type { ComingTask, PageData, SandboxEvent, SandboxRecord } from './page/page-data.ts';
import type { PhoneEvent, Phones } from './phones.ts';

const RECORDS_AT_ONCE = 500;
const TASKS_AT_ONCE = 200;

type PageParts = Pick<PageData, 'city' | 'timeZone' | 'people' | 'send' | 'now' | 'passTime'> & {
  readonly store: Store;
  readonly network: NetworkFacts;
  readonly phones: Phones;
  readonly pictures: PictureCache;
  /** Is given when records may have been staged or published. */
  readonly recordsMoved: Signal;
  /** Is given when the city's time was moved on. */
  readonly timePassed: Signal;
};

type State = PageParts & {
  readonly listeners: Set<(event: SandboxEvent) => void>;
  /** Up to these numbers the listeners know which records are staged and which are published. */
  stagedSeq: number;
  publishedSeq: number;
};

export function createPageData(parts: PageParts): PageData {
  const { store, network, phones } = parts;
  const { pds, plc, did, handle } = network;
  const state: State = { ...parts, listeners: new Set(), stagedSeq: 0, publishedSeq: 0 };
  phones.subscribe((event) => tellMessage(state, event));
  parts.recordsMoved.listen(() => tellRecords(state));
  parts.timePassed.listen(() => tell(state, { type: 'clock', now: isoTime(parts.now()) }));
  return {
    ...{ city: parts.city, timeZone: parts.timeZone, people: parts.people },
    ...{ send: parts.send, now: parts.now, passTime: parts.passTime },
    comingTasks: () => comingTasks(store, parts.now()),
    messages: (channel, person, after) => {
      const address = parseAddress(channel, person);
      return address.ok ? phones.messages(channel, address.value, after) : [];
    },
    picture: parts.pictures.get,
    records: (afterSeq, limit) =>
      store.read.records
        .newest(limit)
        .filter((row) => row.seq > afterSeq)
        .map((row) => recordOf(did, row)),
    record: (collection, rkey) => {
      const row = store.read.records.get(collection, rkey);
      if (row === undefined) return undefined;
      const value: unknown = JSON.parse(row.value);
      return { uri: recordUri(did, collection, rkey), cid: row.cid, value, state: row.state };
    },
    network: () => ({ pds, plc, did, handle }),
    subscribe: (listener) => subscribe(state, listener),
  };
}

const comingTasks = (store: Store, now: number): readonly ComingTask[] =>
  store.read.tasks
    .open(now, TASK_LASTS_MS, TASKS_AT_ONCE)
    .filter(({ task }) => task.isAnyTime === 0 && task.startsAt > now)
    .map(({ task }) => ({ number: task.id, startsAt: isoTime(task.startsAt) }));

const recordOf = (did: string, row: RecordRow): SandboxRecord => ({
  seq: row.seq,
  collection: row.collection,
  rkey: row.rkey,
  uri: recordUri(did, row.collection, row.rkey),
  cid: row.cid,
  operation: row.operation,
  state: row.state,
  at: isoTime(row.stagedAt),
  summary: kindOf(row.collection).summarize(JSON.parse(row.value)),
});

function tell({ listeners }: State, event: SandboxEvent): void {
  for (const listener of listeners) listener(event);
}

/** Tells a public message once for everybody on its channel, since each of them sees it. */
function tellMessage(state: State, { channel, person, message }: PhoneEvent): void {
  if (state.listeners.size === 0) return;
  const seenBy =
    person === null
      ? state.people.filter((one) => one.channel === channel).map((one) => one.person)
      : [person];
  for (const one of seenBy) tell(state, { type: 'message', channel, person: one, message });
}

/** Tells each record once when it is staged and once when it is published. */
function tellRecords(state: State): void {
  if (state.listeners.size === 0) return;
  const from = Math.min(state.stagedSeq, state.publishedSeq);
  for (const row of state.store.read.records.after(from, RECORDS_AT_ONCE)) {
    const isNew = row.seq > state.stagedSeq;
    const isPublished = row.state !== 'staged' && row.seq > state.publishedSeq;
    if (isNew) state.stagedSeq = row.seq;
    if (isPublished) state.publishedSeq = row.seq;
    if (isNew || isPublished) {
      tell(state, { type: 'record', record: recordOf(state.network.did, row) });
    }
  }
}

function subscribe(state: State, listener: (event: SandboxEvent) => void): () => void {
  const { listeners, store } = state;
  if (listeners.size === 0) {
    // Records from before anybody watched are not news.
    const [newest] = store.read.records.newest(1);
    state.stagedSeq = newest?.seq ?? 0;
    state.publishedSeq = state.stagedSeq - store.read.records.backlog().count;
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
