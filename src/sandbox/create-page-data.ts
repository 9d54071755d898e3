/** What the sandbox's page sees of the city: its phones and its public record, live. */

import { isoTime } from '../lib/clock.ts';
import type { Signal } from '../lib/signal.ts';
import { kindOf } from '../records/kinds/index.ts';
import { recordUri } from '../records/strong-ref.ts';
import type { RecordRow } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { SandboxIngress } from './ingress.ts';
import type { NetworkFacts } from './network.ts';
import type {
  PageData,
  SandboxEvent,
  SandboxMessage,
  SandboxPerson,
  SandboxRecord,
} from './page/page-data.ts';
import { parseAddress } from './parse.ts';
import type { PhoneMessage, Phones } from './phones.ts';
import type { PictureCache } from './picture-cache.ts';

const RECORDS_AT_ONCE = 500;

export function createPageData(options: {
  readonly store: Store;
  readonly city: string;
  readonly people: readonly SandboxPerson[];
  readonly network: NetworkFacts;
  readonly phones: Phones;
  readonly ingress: SandboxIngress;
  readonly cache: PictureCache;
  /** Is given when records may have been staged or published. */
  readonly recordsMoved: Signal;
}): PageData {
  const { store, network, phones } = options;
  const { did } = network;
  const listeners = new Set<(event: SandboxEvent) => void>();
  let stagedSeq = 0;
  let publishedSeq = 0;

  const recordOf = (row: RecordRow): SandboxRecord => ({
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

  const messageOf = ({ pictures, ...message }: PhoneMessage): SandboxMessage => ({
    ...message,
    ...(pictures === undefined
      ? {}
      : { pictures: pictures.map((key) => `/sandbox/pictures/${key}`) }),
  });

  phones.subscribe(({ channel, person, message }) => {
    if (listeners.size === 0) return;
    // What is public is seen by everybody on the channel.
    const seenBy =
      person === null
        ? options.people.filter((one) => one.channel === channel).map((one) => one.person)
        : [person];
    for (const one of seenBy) {
      const event = { type: 'message', channel, person: one, message: messageOf(message) } as const;
      for (const listener of listeners) listener(event);
    }
  });

  /** Tells each record once when it is staged and once when it is published. */
  options.recordsMoved.listen(() => {
    if (listeners.size === 0) return;
    const from = Math.min(stagedSeq, publishedSeq);
    for (const row of store.read.records.after(from, RECORDS_AT_ONCE)) {
      const isNew = row.seq > stagedSeq;
      const isPublished = row.state === 'published' && row.seq > publishedSeq;
      if (isNew) stagedSeq = row.seq;
      if (isPublished) publishedSeq = row.seq;
      if (isNew || isPublished) {
        for (const listener of listeners) listener({ type: 'record', record: recordOf(row) });
      }
    }
  });

  return {
    city: options.city,
    people: options.people,
    send: options.ingress,
    messages: (channel, person, after) => {
      const address = parseAddress(channel, person);
      return address.ok ? phones.messages(channel, address.value, after).map(messageOf) : [];
    },
    picture: options.cache.get,
    records: (afterSeq, limit) =>
      store.read.records
        .newest(limit)
        .filter((row) => row.seq > afterSeq)
        .map(recordOf),
    record: (collection, rkey) => {
      const row = store.read.records.get(collection, rkey);
      return (
        row && {
          uri: recordUri(did, collection, rkey),
          cid: row.cid,
          value: JSON.parse(row.value) as unknown,
          state: row.state,
        }
      );
    },
    network: () => ({ pds: network.pds, plc: network.plc, did, handle: network.handle }),
    subscribe: (listener) => {
      if (listeners.size === 0) {
        // What was there before anybody watched is not news.
        const [newest] = store.read.records.newest(1);
        stagedSeq = newest?.seq ?? 0;
        publishedSeq = stagedSeq - store.read.records.backlog().count;
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
