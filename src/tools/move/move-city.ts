/**
 * Moves a city: it stands still, everything is copied and compared, and it goes on in its new place.
 * When anything fails it goes on where it was.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { ConfigError } from '../../config/config.ts';
import { grouped } from '../../lib/text.ts';
import type { ReadPage, Table, TablePage } from '../../store/tables.ts';
import type { Filling, Home, NewHome, PlaceFacts } from './place.ts';

export type Moved = {
  readonly tables: number;
  readonly rows: number;
  readonly pictures: number;
  /** The last transfer; undefined where no credits have moved yet. */
  readonly head: { readonly position: number; readonly cid: string } | undefined;
};

type Tell = (step: 'copy' | 'compare', rows: number, of: number) => void;

/**
 * Rejects with a sentence for people. Until the old place was left the city goes on there; afterwards it
 * never does by itself, since it may live in the new one already.
 */
export async function moveCity(
  from: Home,
  to: NewHome,
  { move, tell }: { readonly move: string; readonly tell: Tell },
): Promise<Moved> {
  refuse(from, to, await from.facts(), await to.facts());
  let hasLeft = false;
  try {
    await from.freeze(move);
    return await to.fill(async (filling) => {
      const moved = await copyAll(from, filling, tell);
      hasLeft = true;
      await from.leave(move);
      return moved;
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (hasLeft) throw new ConfigError(inDoubt(from, to, why), { cause: error });
    await from.thaw(move).catch((cause: unknown) => {
      throw new ConfigError(`${why}\n${from.name} stands still. ${from.wayBack}`, { cause });
    });
    throw error;
  }
}

const inDoubt = (from: Home, to: NewHome, why: string): string =>
  `${why}\nEverything was copied, and ${from.name} was left. Look whether the city lives in ${to.name}. If it is nowhere: ${from.wayBack}`;

function refuse(from: Home, to: NewHome, here: PlaceFacts, there: PlaceFacts): void {
  if (here.isEmpty) throw new ConfigError(`There is no city in ${from.name} yet.`);
  if (!there.isEmpty) throw new ConfigError(`There is a city in ${to.name} already.`);
  if (here.shape !== there.shape) {
    throw new ConfigError(
      `${from.name} and ${to.name} are of different versions: bring both to the same one first.`,
    );
  }
  const { previousKeyId: previous } = here;
  if (previous !== null && previous !== there.previousKeyId) {
    throw new ConfigError(
      `${from.name} has a SECRET_KEY_PREVIOUS that ${to.name} has not: codes from before need it.`,
    );
  }
  if (here.keyId !== there.keyId) {
    throw new ConfigError(
      `${from.name} and ${to.name} have different SECRET_KEYs: phone numbers are sealed with it, so it moves along.`,
    );
  }
}

async function copyAll(from: Home, to: Filling, tell: Tell): Promise<Moved> {
  const tables = await from.tables();
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  let head: Moved['head'];
  let copied = 0;
  const digests = new Map<string, string>();
  for (const table of tables) {
    const digest = await digestOf(from, table, async (page) => {
      await to.write({ table: page.table, rows: page.rows });
      head = headOf(page) ?? head;
      copied += page.rows.length;
      tell('copy', copied, total);
    });
    digests.set(table.name, digest);
  }
  const pictures = await copyPictures(from, to);
  await compare(to, { tables, digests, total, tell });
  return { tables: tables.length, rows: copied, pictures, head };
}

/** One that is gone was lost before: what needs it says so wherever the city lives. */
async function copyPictures(from: Home, to: Filling): Promise<number> {
  let copied = 0;
  for (const key of await from.pictures()) {
    const bytes = await from.picture(key);
    if (bytes === undefined) continue;
    await to.putPicture(key, bytes);
    copied += 1;
  }
  return copied;
}

/** Reads everything back, and compares it row by row. */
async function compare(
  to: Filling,
  written: {
    readonly tables: readonly Table[];
    readonly digests: ReadonlyMap<string, string>;
    readonly total: number;
    readonly tell: Tell;
  },
): Promise<void> {
  const { tables, digests, total, tell } = written;
  const there = new Map((await to.tables()).map(({ name, rows }) => [name, rows]));
  let compared = 0;
  for (const table of tables) {
    const count = there.get(table.name);
    if (count !== table.rows) {
      throw new ConfigError(
        `${table.name} has ${grouped(table.rows)} rows, and ${grouped(count ?? 0)} arrived.`,
      );
    }
    const digest = await digestOf(to, table, async ({ rows }) => {
      compared += rows.length;
      tell('compare', compared, total);
    });
    if (digest !== digests.get(table.name)) throw new ConfigError(otherwise(table.name));
  }
}

/** Balances are added up anew from the transfers, so theirs tells that they were wrong before. */
const otherwise = (table: string): string =>
  table === 'accounts'
    ? 'The balances are not what the transfers add up to: `npm run books` says which, and mends them.'
    : `What arrived of ${table} is not what was sent.`;

/** A digest of all rows of a table, in their order. `seen` gets each page. */
async function digestOf(
  place: Pick<Filling, 'read'>,
  { name }: Table,
  seen: (page: TablePage) => Promise<void>,
): Promise<string> {
  const hash = sha256.create();
  let after: ReadPage['next'] | undefined;
  for (;;) {
    const page = await place.read(name, after ?? undefined);
    if (page.next === null) return bytesToHex(hash.digest());
    after = page.next;
    for (const row of page.rows) hash.update(utf8ToBytes(`${JSON.stringify(row)}\n`));
    await seen(page);
  }
}

function headOf({ table, rows }: TablePage): Moved['head'] {
  const last = table === 'transfers' ? rows.at(-1) : undefined;
  return last && { position: Number(last['position']), cid: String(last['cid']) };
}
