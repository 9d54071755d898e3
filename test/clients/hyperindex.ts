// What a Hypercerts indexer (hyperindex, and those built like it) knows of an account.
import {
  type ClientRecord,
  fields,
  type Kind,
  list,
  NAMES,
  ofKind,
  selfOf,
  subjectOf,
  text,
} from './read.ts';

/**
 * The fields that its schema says are always there. One record without one of them empties the
 * whole answer to everybody who lists that kind.
 */
const NEEDED: Readonly<Record<Kind, readonly string[]>> = {
  profile: ['createdAt'],
  organization: ['createdAt'],
  location: ['lpVersion', 'srs', 'locationType', 'location', 'createdAt'],
  activity: ['title', 'shortDescription', 'createdAt'],
  project: ['title', 'createdAt'],
  attachment: ['title', 'createdAt'],
  evaluation: ['summary', 'createdAt'],
};

/** What it indexes of an account, and whether it finds the account by itself. */
export function seeInHyperindex(records: readonly ClientRecord[]) {
  const kinds = Object.keys(NAMES) as Kind[];
  const indexed = kinds.flatMap((kind) =>
    ofKind(records, kind).map((record) => ({ kind, record })),
  );
  return {
    /** Accounts are looked for by one of these two collections. */
    isDiscovered: selfOf(records, 'profile') !== undefined || count(records, 'activity') > 0,
    /** The name that it puts beside every record of the account. */
    name: text(selfOf(records, 'profile')?.['displayName']),
    counts: Object.fromEntries(kinds.map((kind) => [kind, count(records, kind)])) as Record<
      Kind,
      number
    >,
    /** Records that it has no schema for, such as a city's own. */
    unknown: records
      .filter((record) => !indexed.some((known) => known.record === record))
      .map(({ uri }) => uri),
    incomplete: indexed
      .filter(({ kind, record }) => NEEDED[kind].some((name) => record.value[name] === undefined))
      .map(({ record }) => record.uri),
    /** Its list by subject: an evaluation without words or without a subject is left out. */
    evaluationsOf: (uri: string): readonly string[] =>
      ofKind(records, 'evaluation')
        .filter(
          (record) => subjectOf(record) === uri && text(record.value['summary']) !== undefined,
        )
        .map((record) => record.uri),
    /** Its search by address: all attachments in whose text the address occurs anywhere. */
    attachmentsWith: (uri: string): readonly string[] =>
      ofKind(records, 'attachment')
        .filter(({ value }) => JSON.stringify(value).includes(`"${uri}"`))
        .map((record) => record.uri),
    /** Evaluators that are no accounts: their names are asked for as identifiers. */
    strangeEvaluators: ofKind(records, 'evaluation')
      .filter(({ value }) =>
        list(value['evaluators']).some(
          (one) => !(text(fields(one)['did']) ?? '').startsWith('did:'),
        ),
      )
      .map(({ uri }) => uri),
  };
}

const count = (records: readonly ClientRecord[], kind: Kind): number =>
  ofKind(records, kind).length;
