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

/** The record key at the end of an `at://` address. */
export const rkeyOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

export const uriOf = (did: string, { collection, rkey }: SourceRecord): string =>
  `at://${did}/${collection}/${rkey}`;

/** The address in a strong reference; undefined for anything else. */
export function uriIn(ref: unknown): string | undefined {
  const { uri } = (ref ?? {}) as { readonly uri?: unknown };
  return typeof uri === 'string' ? uri : undefined;
}

/** Reads a record field by field. Each throws an `UnusableRecord` when the field is not there. */
export function fieldsOf(did: string, record: SourceRecord) {
  const fail = (name: string, why: string): never => {
    throw new UnusableRecord(`The field "${name}" of ${uriOf(did, record)} ${why}.`);
  };
  const text = (name: string): string => {
    const value = record.value[name];
    return typeof value === 'string' ? value : fail(name, 'is not a text');
  };
  return {
    text,
    whole: (name: string): number => {
      const value = record.value[name];
      return Number.isSafeInteger(value) ? (value as number) : fail(name, 'is not a number');
    },
    /** One of the words that this program knows. */
    word: <T extends string>(name: string, known: readonly T[]): T => {
      const value = text(name);
      const found = known.find((one) => one === value);
      return found ?? fail(name, 'has a word that this version does not know');
    },
    /** A time in ms. */
    time: (name: string): number => {
      const time = Date.parse(text(name));
      return Number.isNaN(time) ? fail(name, 'is not a time') : time;
    },
    /** The record key of what a strong reference refers to. */
    ref: (name: string): string => {
      const uri = uriIn(record.value[name]);
      return uri === undefined ? fail(name, 'refers to nothing') : rkeyOf(uri);
    },
    /** As the others, null for a field that is absent. */
    maybe: <T>(read: (name: string) => T, name: string): T | null =>
      record.value[name] === undefined ? null : read(name),
  };
}

/** A time in ms; null for anything else. */
export const timeIn = (told: unknown): number | null =>
  typeof told === 'string' ? Date.parse(told) : null;
/** A text; null for anything else. */
export const textIn = (told: unknown): string | null => (typeof told === 'string' ? told : null);
/** A list; an empty one for anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
