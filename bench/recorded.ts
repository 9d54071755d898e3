/**
 * The statements that better-sqlite3 is told, recorded with their parameters and replayed bare: what
 * SQLite itself takes of what a city does.
 */
import Sqlite from 'better-sqlite3';

type Shape = 'plain' | 'raw' | 'pluck';

/** A prepared statement that was told something. */
type Said = {
  readonly how: 'run' | 'get' | 'all';
  readonly text: string;
  readonly shape: Shape;
  readonly parameters: readonly unknown[];
  /** SQLite refused it, and the city went on. */
  isRefused?: true;
};

/** Settings and scripts, which nobody prepares, are told by their text alone. */
export type Step = Said | { readonly how: 'exec'; readonly text: string };

const TRANSACTIONS = ['default', 'deferred', 'immediate', 'exclusive'] as const;
const SAVEPOINT = 'recorded';

export type Recording = {
  /** In order, from the opening of the database on. */
  readonly steps: readonly Step[];
  /** Databases that are opened from now on are not recorded. */
  readonly end: () => void;
};

/**
 * Records every database that is opened from now on until `end`, so there should be one. It stands in
 * front of better-sqlite3's own methods, so that the store is opened as always.
 */
export function recordStatements(): Recording {
  const steps: Step[] = [];
  const { prepare, transaction, exec, pragma } = Sqlite.prototype;
  Object.assign(Sqlite.prototype, {
    prepare(this: Sqlite.Database, text: string) {
      return recorded(prepare.call(this, text), text, steps);
    },
    transaction(this: Sqlite.Database, work: (...args: unknown[]) => unknown) {
      return recordedTransaction(this, transaction.call(this, work), steps);
    },
    exec(this: Sqlite.Database, text: string) {
      steps.push({ how: 'exec', text });
      return exec.call(this, text);
    },
    pragma(this: Sqlite.Database, text: string, options?: Sqlite.PragmaOptions) {
      steps.push({ how: 'exec', text: `pragma ${text}` });
      return pragma.call(this, text, options);
    },
  });
  const end = () => void Object.assign(Sqlite.prototype, { prepare, transaction, exec, pragma });
  return { steps, end };
}

/** A statement that writes down each time that it is told something. */
function recorded(statement: Sqlite.Statement, text: string, steps: Step[]): Sqlite.Statement {
  let shape: Shape = 'plain';
  const { run, get, all, raw, pluck } = statement;
  const recording =
    (how: Said['how'], tell: (...parameters: unknown[]) => unknown) =>
    (...parameters: unknown[]): unknown => {
      const step: Said = { how, text, shape, parameters };
      steps.push(step);
      try {
        return tell.apply(statement, parameters);
      } catch (error) {
        step.isRefused = true;
        throw error;
      }
    };
  return Object.assign(statement, {
    run: recording('run', run),
    get: recording('get', get),
    all: recording('all', all),
    raw: (isOn = true) => {
      shape = isOn ? 'raw' : 'plain';
      return raw.call(statement, isOn);
    },
    pluck: (isOn = true) => {
      shape = isOn ? 'pluck' : 'plain';
      return pluck.call(statement, isOn);
    },
  });
}

/** better-sqlite3 begins, ends and nests transactions by statements of its own. */
function recordedTransaction(
  database: Sqlite.Database,
  transaction: Sqlite.Transaction<(...args: unknown[]) => unknown>,
  steps: Step[],
) {
  const say = (...texts: readonly string[]) => {
    for (const text of texts) steps.push({ how: 'run', text, shape: 'plain', parameters: [] });
  };
  const variant =
    (kind: (typeof TRANSACTIONS)[number]) =>
    (...args: unknown[]): unknown => {
      const isNested = database.inTransaction;
      const begin = kind === 'default' ? 'begin' : `begin ${kind}`;
      say(isNested ? `savepoint ${SAVEPOINT}` : begin);
      try {
        const value = transaction[kind](...args);
        say(isNested ? `release ${SAVEPOINT}` : 'commit');
        return value;
      } catch (error) {
        if (isNested) say(`rollback to ${SAVEPOINT}`, `release ${SAVEPOINT}`);
        else say('rollback');
        throw error;
      }
    };
  const variants = TRANSACTIONS.map((kind) => [kind, variant(kind)] as const);
  return Object.assign(variant('default'), Object.fromEntries(variants));
}

/**
 * Does all steps over in a new database at `path` and returns how long those from `from` to `to` took
 * (ms), each statement being prepared before. `look` may read the database in the end.
 */
export function replay(
  path: string,
  steps: readonly Step[],
  { from = 0, to = steps.length }: { readonly from?: number; readonly to?: number } = {},
  look: (client: Sqlite.Database) => void = () => undefined,
): number {
  const client = new Sqlite(path);
  const { prepare, play } = createPlayer(client);
  for (const step of steps.slice(0, from)) play(step);
  const timed = steps.slice(from, to);
  if (from > 0) for (const step of timed) prepare(step);
  const startedAt = performance.now();
  for (const step of timed) play(step);
  const ms = performance.now() - startedAt;
  for (const step of steps.slice(to)) play(step);
  look(client);
  client.close();
  return ms;
}

function createPlayer(client: Sqlite.Database) {
  const prepared = new Map<string, Sqlite.Statement>();
  const prepare = ({ text, shape }: Said): Sqlite.Statement => {
    const key = `${shape} ${text}`;
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const statement = client.prepare(text);
    if (shape !== 'plain') statement[shape]();
    prepared.set(key, statement);
    return statement;
  };
  const play = (step: Step): void => {
    if (step.how === 'exec') {
      client.exec(step.text);
      return;
    }
    try {
      prepare(step)[step.how](...step.parameters);
    } catch (error) {
      if (step.isRefused !== true) throw error;
    }
  };
  return {
    prepare: (step: Step) => void (step.how === 'exec' || prepare(step)),
    play,
  };
}
