/** Compares who may act, and how a partner stood, with what a record said before: both only grow. */

type Value = Readonly<Record<string, unknown>>;

const listOf = (told: unknown): readonly Value[] => (Array.isArray(told) ? told : []);

const timeIn = (told: unknown): number => (typeof told === 'string' ? Date.parse(told) : Infinity);

/** A role by what never changes of it; the times of one may be judged again once a clock was wrong. */
const roleOf = ({ participant, role, by }: Value): string => `${participant} ${role} ${by}`;

/** One that had ended stays ended: it is there with the same end. */
const endedRoleOf = (told: Value): string => `${roleOf(told)} ${told['endsAt']}`;

const standingOf = ({ status, by, reason }: Value): string => JSON.stringify([status, by, reason]);

/** Something that was told of before, and is not any more; each counts once. */
function missing(
  was: readonly Value[],
  is: readonly Value[],
  nameOf: (told: Value) => string,
): Value | undefined {
  const there = new Map<string, number>();
  for (const told of is) there.set(nameOf(told), (there.get(nameOf(told)) ?? 0) + 1);
  return was.find((told) => {
    const left = there.get(nameOf(told)) ?? 0;
    there.set(nameOf(told), left - 1);
    return left <= 0;
  });
}

/**
 * Says what was taken out of a record of a partner or of the city that has come in the place of
 * another, which was of `then` (ms); undefined when nothing was.
 */
export function rolesFault(was: Value, is: Value, then: number): string | undefined {
  for (const list of ['admins', 'delegations']) {
    const [before, now] = [listOf(was[list]), listOf(is[list])];
    const gone =
      missing(before, now, roleOf) ??
      missing(
        before.filter(({ endsAt }) => timeIn(endsAt) <= then),
        now,
        endedRoleOf,
      );
    if (gone !== undefined) {
      return `it tells otherwise of ${gone['participant']}, who was ${gone['role']}`;
    }
  }
  const now = listOf(is['history']);
  const other = listOf(was['history']).find(
    (told, at) => now[at] === undefined || standingOf(told) !== standingOf(now[at]),
  );
  return other === undefined ? undefined : `its history tells otherwise of "${other['status']}"`;
}
