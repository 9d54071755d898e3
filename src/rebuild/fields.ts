/** Reads the fields of records that a rebuild needs, and names the record that lacks one. */

/** A record as a repository has it. */
export type SourceRecord = {
  readonly collection: string;
  readonly rkey: string;
  readonly cid: string;
  readonly value: Readonly<Record<string, unknown>>;
};

/** A record that a database cannot be made from. Its message is a sentence for people. */
export class UnusableRecord extends Error {
  override readonly name = 'UnusableRecord';
}

/** Reads a record field by field. Each throws an `UnusableRecord` when the field is not there. */
export type Fields = {
  readonly text: (name: string) => string;
  readonly whole: (name: string) => number;
  /** One of the words that this program knows. */
  readonly word: <T extends string>(name: string, known: readonly T[]) => T;
  /** A time in ms. */
  readonly time: (name: string) => number;
  /** The record key of what a strong reference refers to. */
  readonly ref: (name: string) => string;
  /** As the others, null for a field that is absent. */
  readonly maybe: <T>(read: (name: string) => T, name: string) => T | null;
};

/** The record key at the end of an `at://` address. */
export const rkeyOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

export const uriOf = (did: string, { collection, rkey }: SourceRecord): string =>
  `at://${did}/${collection}/${rkey}`;

export function fieldsOf(did: string, record: SourceRecord): Fields {
  const fail = (name: string, why: string): never => {
    throw new UnusableRecord(`The field "${name}" of ${uriOf(did, record)} ${why}.`);
  };
  const text = (name: string): string => {
    const value = record.value[name];
    return typeof value === 'string' ? value : fail(name, 'is not a text');
  };
  return {
    text,
    whole: (name) => {
      const value = record.value[name];
      return Number.isSafeInteger(value) ? (value as number) : fail(name, 'is not a number');
    },
    word: (name, known) => {
      const value = text(name);
      const found = known.find((one) => one === value);
      return found ?? fail(name, 'has a word that this version does not know');
    },
    time: (name) => {
      const time = Date.parse(text(name));
      return Number.isNaN(time) ? fail(name, 'is not a time') : time;
    },
    ref: (name) => {
      const { uri } = (record.value[name] ?? {}) as { readonly uri?: unknown };
      return typeof uri === 'string' ? rkeyOf(uri) : fail(name, 'refers to nothing');
    },
    maybe: (read, name) => (record.value[name] === undefined ? null : read(name)),
  };
}
