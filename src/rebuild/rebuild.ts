/**
 * Makes the database of a city from its public record, and adds what a backup knows. What the
 * record says is taken as it is: whoever calls this has verified it before.
 */
import { lexStringify } from '@atproto/lex';
import type { Random } from '../lib/random.ts';
import { CITY_KEY } from '../records/kinds/city.ts';
import { COLLECTIONS } from '../records/kinds/index.ts';
import { isAboutRecords, type PrivatePage } from '../store/private-data.ts';
import type { PublicRestore } from '../store/restore.ts';
import { createChain } from './chain.ts';
import { fieldsOf, UnusableRecord } from './fields.ts';
import {
  createFiller,
  type Filler,
  type LeftOut,
  type Line,
  type RebuildSource,
} from './filler.ts';
import { inTime } from './in-time.ts';
import {
  activityRow,
  announcementRows,
  capsOf,
  claimRow,
  evidenceRow,
  offerRow,
  partnerRow,
  pictureRows,
  placeRow,
  reviewRow,
  taskRow,
} from './rows.ts';

export type Rebuilt = {
  readonly city: string;
  /** How many records of each collection there are. */
  readonly counts: ReadonlyMap<string, number>;
  /** Holds that nothing has resolved. */
  readonly openHolds: number;
  readonly leftOut: readonly LeftOut[];
  /** How many rows of each kind the backup had; empty without one. */
  readonly backup: ReadonlyMap<PrivatePage['kind'], number>;
  /** What waited to be published when the backup was made, and never was. */
  readonly lost: { readonly records: number; readonly withPictures: number };
};

/** What a backup brings, and how it gets into the database. */
export type Backup = {
  readonly pages: AsyncIterable<PrivatePage>;
  readonly apply: (page: PrivatePage) => void;
};

type CityFacts = {
  readonly name: string;
  readonly timeZone: string;
  /** Spoken to people whose own language nobody knows. */
  readonly language: string;
};

/** Fills a new database. Throws an `UnusableRecord` at the first record that cannot be restored. */
export async function rebuild(options: {
  readonly source: RebuildSource;
  readonly restore: PublicRestore;
  readonly backup?: Backup;
  readonly random: Random;
  /** A record that cannot be restored is left out and told of. */
  readonly tolerant?: boolean;
  /** Told how many records are done; each is done twice. */
  readonly progress?: (done: number) => void;
}): Promise<Rebuilt> {
  const { source, restore, backup, random, tolerant = false, progress = () => {} } = options;
  const filler = createFiller({ source, tolerant, progress });
  const city = cityOf(source);
  restore.begin(source.did, city.language);
  const known = new Map<PrivatePage['kind'], number>();
  const lost = { records: 0, withPictures: 0 };
  let openHolds: number | undefined;
  const restorePublic = (): void => {
    openHolds ??= fillPublic(filler, restore, city, random);
  };
  for await (const page of backup?.pages ?? []) {
    if (isAboutRecords(page.kind)) restorePublic();
    known.set(page.kind, (known.get(page.kind) ?? 0) + page.rows.length);
    backup?.apply(page);
    if (page.kind !== 'unpublished') continue;
    for (const row of page.rows) {
      if (restore.hasRecord(row.collection, row.rkey)) continue;
      lost.records += 1;
      lost.withPictures += row.hasPictures;
    }
  }
  restorePublic();
  restore.finish();
  const { counts, leftOut } = filler;
  return { city: city.name, counts, openHolds: openHolds ?? 0, leftOut, backup: known, lost };
}

function cityOf(source: RebuildSource): CityFacts {
  for (const record of source.records(COLLECTIONS.city)) {
    if (record.rkey !== CITY_KEY) continue;
    const { text, maybe } = fieldsOf(source.did, record);
    const [language] = (record.value['languages'] ?? []) as readonly unknown[];
    return {
      name: text('name'),
      timeZone: maybe(text, 'timeZone') ?? 'UTC',
      language: typeof language === 'string' ? language : '',
    };
  }
  throw new UnusableRecord(
    `The repository of ${source.did} is not that of a city: it has no record ${COLLECTIONS.city}/${CITY_KEY}.`,
  );
}

/** Everything that the public record tells; how many holds nothing has resolved. */
function fillPublic(
  filler: Filler,
  restore: PublicRestore,
  city: CityFacts,
  random: Random,
): number {
  fillRecords(filler, restore);
  filler.fill(COLLECTIONS.partner, restore.partners, partnerRow);
  filler.fill(COLLECTIONS.location, restore.places, placeRow);
  filler.each(COLLECTIONS.task, (records) => {
    filler.put(restore.tasks, filler.linesOf(records, taskRow));
    restore.announcements(records.flatMap(announcementRows));
  });
  filler.fill(COLLECTIONS.offer, restore.offers, offerRow);
  filler.each(COLLECTIONS.claim, (records) => {
    const lines = filler.linesOf(records, claimRow);
    const whoAndWhen = lines.map(({ row }) => [row[3] ?? null, city.language, row[5] ?? null]);
    restore.persons(whoAndWhen);
    filler.put(restore.claims, lines);
  });
  fillEvidence(filler, restore);
  filler.fill(COLLECTIONS.review, restore.reviews, reviewRow);
  const openHolds = fillLedger(filler, restore, city, random);
  filler.each(COLLECTIONS.redemption, () => {});
  filler.fill(COLLECTIONS.activity, restore.activities, activityRow);
  return openHolds;
}

/** The records themselves, as published. */
function fillRecords(filler: Filler, restore: PublicRestore): void {
  let seq = 0;
  filler.inBatches(inTime(filler.did, filler.source.records), (batch) => {
    const rows = batch.map(({ record, at }) => {
      seq += 1;
      return [
        seq,
        record.collection,
        record.rkey,
        record.cid,
        lexStringify(record.value as never),
        at,
      ];
    });
    restore.records(rows);
  });
}

function fillEvidence(filler: Filler, restore: PublicRestore): void {
  let picture = 0;
  filler.each(COLLECTIONS.evidence, (records) => {
    const lines = filler.linesOf(records, evidenceRow);
    filler.put(restore.evidence, lines);
    const pictures: Line[] = [];
    const places: Line[] = [];
    for (const { record } of lines) {
      for (const row of pictureRows(record)) {
        picture += 1;
        pictures.push({ record, row: [...row, picture] });
        places.push({ record, row: [record.rkey, picture] });
      }
    }
    filler.put(restore.pictures, pictures);
    filler.put(restore.evidencePictures, places);
  });
}

function fillLedger(
  filler: Filler,
  restore: PublicRestore,
  { timeZone, language }: CityFacts,
  random: Random,
): number {
  const epochs = [...filler.source.records(COLLECTIONS.epoch)].map((record) => {
    const { time } = fieldsOf(filler.did, record);
    return { name: record.rkey, startsAt: time('startsAt'), endsAt: time('endsAt') };
  });
  const chain = createChain({ did: filler.did, timeZone, epochs, random });
  filler.each(COLLECTIONS.transfer, (records) => {
    const links = records.map((record) => ({ record, ...chain.follow(record) }));
    restore.accounts(links.flatMap(({ accounts }) => accounts));
    filler.put(
      restore.transfers,
      links.map(({ record, transfer: row }) => ({ record, row })),
    );
    const redemptions = links.flatMap(({ record, redemption: row }) =>
      row === undefined ? [] : [{ record, row }],
    );
    // Whoever spends credits has a claim; where that is lost, the credits must not be.
    restore.persons(redemptions.map(({ row }) => [row[3] ?? null, language, row[8] ?? null]));
    filler.put(restore.redemptions, redemptions);
    restore.resolutions(links.flatMap(({ resolution }) => (resolution ? [resolution] : [])));
  });
  const issued = chain.issued();
  filler.each(COLLECTIONS.epoch, (records) => {
    const lines = records.flatMap((record) => {
      const sums = issued.get(record.rkey) ?? new Map<string, number>();
      const all = [...sums.values()].reduce((sum, amount) => sum + amount, 0);
      return capsOf(record).map(({ issuer, amount }) => ({
        record,
        row: [issuer, record.rkey, amount, issuer === null ? all : (sums.get(issuer) ?? 0)],
      }));
    });
    filler.put(restore.caps, lines);
  });
  return chain.open();
}
