/**
 * What a tool for those who run a city is. It reads and changes the city by way of a `Machine`, so it
 * works on the machine of the city and, through a worker's door, in the city itself.
 */
import { ConfigError } from '../config/config.ts';
import type { City } from '../domain/city.ts';
import type { Keys } from '../lib/crypto.ts';
import type { Context } from '../services/context.ts';
import type { Database } from '../store/database.ts';
import type { Tx } from '../store/store.ts';

/** The city that a tool is about. Each part throws a sentence for what is missing or wrong. */
export type Machine = {
  readonly city: () => City;
  /** What operators know the database by. */
  readonly database: string;
  /** The keys of the city's secret. */
  readonly keys: () => Keys;
  /** Does something in one transaction, as the city does. */
  readonly transact: <T>(work: (context: Context) => T) => T;
  /** Does something in one transaction that nobody else may have a part in. */
  readonly alone: <T>(work: (tx: Tx) => T) => T;
  /** The database as it stands, to be read. */
  readonly read: () => Database;
};

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/** What somebody has written after the name of a tool, as far as its options tell. */
export type Words = {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
};

/** Whether all that a tool looked at was as it should be. */
export type Verdict = 'right' | 'wrong';

export type Tool = {
  /** As in `npm run name`. */
  readonly name: string;
  readonly usage: string;
  readonly options: Options;
  /** Says its text bit by bit. Throws a `ConfigError` for what is not understood or cannot be. */
  readonly run: (words: Words, machine: Machine) => Generator<string, Verdict>;
};

/** Reads an option that is a text. */
export const textOf = ({ values }: Words, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

export const misunderstood = ({ usage }: Pick<Tool, 'usage'>): ConfigError =>
  new ConfigError(`That is not understood.\n\n${usage}`);

/** The sentence of an error that is for people; undefined for what is a fault of the program. */
export const sentenceFor = (error: unknown): string | undefined =>
  error instanceof ConfigError ? error.message : undefined;
