/** Who takes deliveries as soon as the transaction that adds them is on disk. */
import type { DueDelivery, OutboxRow } from './outbox.ts';

/** The lane of a channel. */
export type Taker = {
  /** How many deliveries it could send at once, and until when it would have them (ms). */
  readonly room: () => { readonly rows: number; readonly until: number };
  /** `isUntouched` where nothing happened to these rows since they were leased. */
  readonly take: (rows: readonly DueDelivery[], isUntouched: boolean) => void;
};

type Added = Pick<OutboxRow, 'channel' | 'identityId' | 'bulk' | 'notBefore' | 'createdAt'>;

/** The lanes by their channels, and what the open transaction leased to them. */
export class Takers {
  /** Of the outbox, by its count of changes. */
  readonly #changes: () => number;
  readonly #takers = new Map<string, Taker>();
  #leased: DueDelivery[] = [];
  #leasedAt = 0;

  constructor(changes: () => number) {
    this.#changes = changes;
  }

  /** Hands what is added for a channel to its lane from now on. */
  set(channel: string, taker: Taker): void {
    this.#takers.set(channel, taker);
  }

  /** Until when each of these rows is leased (ms); undefined for one that waits to be looked for. */
  leasesFor(rows: readonly Added[]): readonly (number | undefined)[] {
    const rooms = new Map<string, { rows: number; readonly until: number }>();
    return rows.map(({ channel, identityId, bulk, notBefore, createdAt }) => {
      if (identityId === null || bulk === 1 || notBefore > createdAt) return undefined;
      const room = rooms.get(channel) ?? {
        rows: 0,
        until: 0,
        ...this.#takers.get(channel)?.room(),
      };
      rooms.set(channel, room);
      if (room.rows === 0) return undefined;
      room.rows -= 1;
      return room.until;
    });
  }

  /** These were leased, in a transaction that is not on disk yet. */
  lease(rows: readonly DueDelivery[]): void {
    this.#leased.push(...rows);
    if (this.#leased.length === rows.length) this.#leasedAt = this.#changes();
  }

  /** The transaction is on disk. */
  handOver(): void {
    if (this.#leased.length === 0) return;
    const leased = this.#leased;
    const isUntouched = this.#leasedAt === this.#changes();
    this.#leased = [];
    for (const [channel, rows] of Map.groupBy(leased, (row) => row.channel)) {
      this.#takers.get(channel)?.take(rows, isUntouched);
    }
  }

  /** The transaction, or a part of it, is undone: what it leased is not there. */
  drop(count = 0): void {
    this.#leased.length = count;
  }

  get count(): number {
    return this.#leased.length;
  }
}
