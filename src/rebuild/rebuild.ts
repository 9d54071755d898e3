/**
 * Makes the database of a city from its public record, and adds what a backup knows. What the
 * record says is taken as it is: whoever calls this has verified it before.
 */
import { lexStringify } from '@atproto/lex-json';
import type { Random } from '../lib/random.ts';
import { CITY_KEY } from '../records/kinds/city.ts';
import { CITY_WORK_KEY } from '../records/kinds/city-work.ts';
import { COLLECTIONS } from '../records/kinds/index.ts';
import { isAboutRecords, type PrivatePage } from '../store/private-data.ts';
import type { PublicRestore } from '../store/restore.ts';
import { type Chain, follow } from './chain.ts';
import { fieldsOf, UnusableRecord } from './fields.ts';
import {
  each,
  type Filler,
  fill,
  inBatches,
  type LeftOut,
  type Line,
  linesOf,
  put,
  type RebuildSource,
  type Row,
} from './filler.ts';
import { inTime } from './in-time.ts';
import {
  activityRow,
  capsOf,
  delegationRows,
  evaluationRows,
  evidenceRow,
  isEvidence,
  isFormerReview,
  offerRow,
  partnerRow,
  pictureRows,
  placeRow,
  reviewRow,
  standingRows,
} from './rows.ts';
import { announcementRows, claimRow, seriesRows, taskRow } from './task-rows.ts';

export type Rebuilt = {
  readonly city: string;
  /** How many records of each collection there are. */
  readonly counts: ReadonlyMap<string, number>;
  /** Holds that nothing has resolved. */
  readonly openHolds: number;
  readonly leftOut: readonly LeftOut[];
  /** How many rows of each kind the backup had; empty without one. */
  readonly backup: ReadonlyMap<PrivatePage['kind'], number>;
  /** Records that waited to be published when the backup was made, and never were; open invitations. */
  readonly lost: {
    readonly records: number;
    readonly withPictures: number;
    readonly invites: number;
  };
};

/** A backup brings its pages, and puts each into the database. */
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

/** One rebuild. */
type Rebuild = {
  readonly filler: Filler;
  readonly restore: PublicRestore;
  readonly city: CityFacts;
  readonly random: Random;
};

/** Fills a new database. Throws an `UnusableRecord` at the first record that cannot be restored. */
export async function rebuild(options: {
  readonly source: RebuildSource;
  readonly restore: PublicRestore;
  readonly backup?: Backup;
  readonly random: Random;
  /** When this is (ms). */
  readonly at: number;
  /** A record that cannot be restored is left out and told of. */
  readonly tolerant?: boolean;
  /** Is told how many records are done; each is done twice. */
  readonly progress?: (done: number) => void;
}): Promise<Rebuilt> {
  const { source, restore, backup, random, tolerant = false, progress = () => {} } = options;
  const leftOut: LeftOut[] = [];
  const counts = new Map<string, number>();
  const filler = { source, isTolerant: tolerant, progress, leftOut, counts, done: 0 };
  const city = cityOf(source);
  restore.begin(source.did, city.language);
  const known = new Map<PrivatePage['kind'], number>();
  const lost = { records: 0, withPictures: 0, invites: 0 };
  let openHolds: number | undefined;
  const restorePublic = (): void => {
    openHolds ??= fillPublic({ filler, restore, city, random });
  };
  for await (const page of backup?.pages ?? []) {
    if (isAboutRecords(page.kind)) restorePublic();
    known.set(page.kind, (known.get(page.kind) ?? 0) + page.rows.length);
    backup?.apply(page);
    if (page.kind === 'invites') {
      lost.invites += page.rows.filter(({ usedAt }) => usedAt === null).length;
    }
    if (page.kind !== 'unpublished') continue;
    for (const row of page.rows) {
      if (restore.hasRecord(row.collection, row.rkey)) continue;
      lost.records += 1;
      if (row.hasPictures === 1) lost.withPictures += 1;
    }
  }
  restorePublic();
  restore.finish(options.at);
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

/** Restores all that the public record tells; answers how many holds nothing has resolved. */
function fillPublic(run: Rebuild): number {
  const { filler, restore, city } = run;
  fillRecords(filler, restore);
  fillPartners(run);
  fill(filler, COLLECTIONS.location, { into: restore.places, rowOf: placeRow });
  each(filler, COLLECTIONS.task, (records) => {
    restore.series(records.flatMap((record) => seriesRows(filler.source.did, record)));
    put(filler, restore.tasks, linesOf(filler, records, taskRow));
    restore.announcements(records.flatMap(announcementRows));
  });
  fill(filler, COLLECTIONS.offer, { into: restore.offers, rowOf: offerRow });
  each(filler, COLLECTIONS.claim, (records) => {
    const lines = linesOf(filler, records, claimRow);
    const whoAndWhen = lines.map(({ row }) => [row[3] ?? null, city.language, row[5] ?? null]);
    restore.persons(whoAndWhen);
    put(filler, restore.claims, lines);
  });
  fillEvidence(filler, restore);
  each(filler, COLLECTIONS.evaluation, (records) => {
    const former = records.filter(isFormerReview);
    put(filler, restore.reviews, linesOf(filler, former, reviewRow));
  });
  fill(filler, COLLECTIONS.review, { into: restore.reviews, rowOf: reviewRow });
  const openHolds = fillLedger(run);
  each(filler, COLLECTIONS.redemption, () => {});
  each(filler, COLLECTIONS.activity, (records) => {
    const ofTasks = records.filter(({ rkey }) => rkey !== CITY_WORK_KEY);
    put(filler, restore.activities, linesOf(filler, ofTasks, activityRow));
  });
  restore.evaluations([...filler.source.records(COLLECTIONS.evaluation)].flatMap(evaluationRows));
  for (const kind of ['project', 'profile', 'organization'] as const) {
    each(filler, COLLECTIONS[kind], () => {});
  }
  return openHolds;
}

/** Partners, where they stood, and who acts for them and for the city. */
function fillPartners({ filler, restore, city }: Rebuild): void {
  const { source } = filler;
  const delegations: Row[] = [];
  for (const record of source.records(COLLECTIONS.city)) {
    if (record.rkey === CITY_KEY) delegations.push(...delegationRows(null, record));
  }
  each(filler, COLLECTIONS.partner, (records) => {
    put(filler, restore.partners, linesOf(filler, records, partnerRow));
    restore.standings(records.flatMap(standingRows));
    delegations.push(...records.flatMap((record) => delegationRows(record.rkey, record)));
  });
  // The oldest comes first: whoever acts for several partners begins with that one.
  const sorted = delegations.toSorted((one, other) => Number(one[3]) - Number(other[3]));
  restore.persons(sorted.map((row) => [row[1] ?? null, city.language, row[3] ?? null]));
  restore.delegations(sorted);
  restore.endRoles();
}

/** The records themselves, as published. */
function fillRecords(filler: Filler, restore: PublicRestore): void {
  let seq = 0;
  inBatches(filler, inTime(filler.source), (batch) => {
    const rows = batch.map(({ record, at }) => {
      seq += 1;
      const { collection, rkey, cid, value } = record;
      return [seq, collection, rkey, cid, lexStringify(value as never), at];
    });
    restore.records(rows);
  });
}

function fillEvidence(filler: Filler, restore: PublicRestore): void {
  let picture = 0;
  each(filler, COLLECTIONS.evidence, (records) => {
    const lines = linesOf(filler, records.filter(isEvidence), evidenceRow);
    put(filler, restore.evidence, lines);
    const pictures: Line[] = [];
    const places: Line[] = [];
    for (const { record } of lines) {
      for (const row of pictureRows(record)) {
        picture += 1;
        pictures.push({ record, row: [...row, picture] });
        places.push({ record, row: [record.rkey, picture] });
      }
    }
    put(filler, restore.pictures, pictures);
    put(filler, restore.evidencePictures, places);
  });
}

function fillLedger({ filler, restore, city, random }: Rebuild): number {
  const { timeZone, language } = city;
  const { did } = filler.source;
  const epochs = [...filler.source.records(COLLECTIONS.epoch)].map((record) => {
    const { time } = fieldsOf(did, record);
    return { name: record.rkey, startsAt: time('startsAt'), endsAt: time('endsAt') };
  });
  const chain: Chain = {
    ...{ did, timeZone, epochs, random },
    open: new Map(),
    released: new Map(),
    burned: new Map(),
    issued: new Map(),
    holds: 0,
  };
  each(filler, COLLECTIONS.transfer, (records) => {
    const links = records.map((record) => ({ record, ...follow(chain, record) }));
    restore.accounts(links.flatMap(({ accounts }) => accounts));
    put(
      filler,
      restore.transfers,
      links.map(({ record, transfer: row }) => ({ record, row })),
    );
    const redemptions = links.flatMap(({ record, redemption: row }) =>
      row === undefined ? [] : [{ record, row }],
    );
    // Whoever spends credits has a claim; where that is lost, the credits must not be.
    restore.persons(redemptions.map(({ row }) => [row[3] ?? null, language, row[8] ?? null]));
    put(filler, restore.redemptions, redemptions);
    restore.resolutions(links.flatMap(({ resolution }) => (resolution ? [resolution] : [])));
  });
  each(filler, COLLECTIONS.epoch, (records) => {
    const lines = records.flatMap((record) => {
      const sums = chain.issued.get(record.rkey) ?? new Map<string, number>();
      const all = [...sums.values()].reduce((sum, amount) => sum + amount, 0);
      return capsOf(record).map(({ issuer, amount, source }) => {
        const issued = issuer === null ? all : (sums.get(issuer) ?? 0);
        return { record, row: [issuer, record.rkey, amount, issued, ...source] };
      });
    });
    put(filler, restore.caps, lines);
  });
  return chain.open.size;
}
