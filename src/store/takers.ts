/** Who takes deliveries as soon as the transaction that adds them is on disk. */
import type { DueDelivery, OutboxRow } from './outbox.ts';

type Room = { readonly rows: number; readonly each: number; readonly until: number };

/** The lane of a channel. */
export type Taker = {
  /** How many deliveries it could send at once, `each` to one recipient, and until when it has them (ms). */
  readonly room: () => Room;
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
    const rooms = new Map<string, Room & { left: number }>();
    const given = new Map<number, number>();
    return rows.map(({ channel, identityId, bulk, notBefore, createdAt }) => {
      if (identityId === null || bulk === 1 || notBefore > createdAt) return undefined;
      const room = rooms.get(channel) ?? this.#roomOf(channel);
      rooms.set(channel, room);
      const before = given.get(identityId) ?? 0;
      if (room.left <= 0 || before >= room.each) return undefined;
      room.left -= 1;
      given.set(identityId, before + 1);
      return room.until;
    });
  }

  /** What was leased in this transaction before has taken its room. */
  #roomOf(channel: string): Room & { left: number } {
    const room = this.#takers.get(channel)?.room() ?? { rows: 0, each: 0, until: 0 };
    const taken = this.#leased.filter((row) => row.channel === channel).length;
    return { ...room, left: room.rows - taken };
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
