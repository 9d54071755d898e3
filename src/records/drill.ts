/** What came of the last drill of coming back, as the database keeps it. */
import * as z from 'zod';
import type { Tx } from '../store/store.ts';

const NAME = 'drill';
const DUE = 'drill-due-at';

const Outcome = z.object({
  /** The city can come back. */
  ok: z.boolean(),
  /** When it was made (ms). */
  at: z.number(),
  /** Why it cannot. */
  sentence: z.string().nullable(),
  /** What would be lost: the private data of so many seconds, in so many rows, and records. */
  seconds: z.number(),
  rows: z.number(),
  records: z.number(),
  tookSeconds: z.number(),
});

export type DrillOutcome = Readonly<z.infer<typeof Outcome>>;

/** Reads what a drill says of itself; undefined for anything else. */
export function readDrill(text: string): DrillOutcome | undefined {
  try {
    return Outcome.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The last drill; undefined before the first. */
export const lastDrill = (cursors: Pick<Tx['cursors'], 'get'>): DrillOutcome | undefined =>
  readDrill(cursors.get(NAME) ?? '');

export const keepDrill = ({ put }: Pick<Tx['cursors'], 'put'>, outcome: DrillOutcome): void =>
  put(NAME, JSON.stringify(outcome));

/** When the next drill is due (ms); undefined while nobody has said. */
export const drillDueAt = ({ get }: Pick<Tx['cursors'], 'get'>): number | undefined => {
  const at = get(DUE);
  return at === undefined ? undefined : Number(at);
};

export const setDrillDue = ({ put }: Pick<Tx['cursors'], 'put'>, at: number): void =>
  put(DUE, String(at));
