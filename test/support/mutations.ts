// What strangers may make of a value in JSON: any part of it in the place of any other, or gone.
import fc from 'fast-check';

type Path = readonly (string | number)[];

/** The way to every part of a value, the whole of it first. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, part]) => pathsIn(part, [...path, key]))];
}

const isGroup = (value: unknown): boolean => typeof value === 'object' && value !== null;

const partAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], value);

function withPart(value: unknown, [key, ...rest]: Path, part: unknown): unknown {
  if (key === undefined) return part;
  if (Array.isArray(value)) {
    return value.map((one, at) => (at === key ? withPart(one, rest, part) : one));
  }
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [key]: withPart((value as Record<string, unknown>)[key], rest, part) };
}

const part = fc.oneof(
  fc.anything({ maxDepth: 2, withNullPrototype: true }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom<unknown>('', '__proto__', -1, 0, 1e308, Number.NaN, null, undefined, [], {}),
  fc.constant('x'.repeat(10_000)),
);

type Parts = readonly (readonly [at: number, part: unknown])[];

const changed = (
  original: unknown,
  parts: Parts,
  change: (from: unknown, to: unknown) => unknown,
) =>
  parts.reduce<unknown>((value, [at, to]) => {
    const paths = pathsIn(value);
    const path = paths[at % paths.length] ?? [];
    return withPart(value, path, change(partAt(value, path), to));
  }, original);

const mutations = (
  originals: readonly unknown[],
  change: (from: unknown, to: unknown) => unknown,
): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...originals),
      fc.array(fc.tuple(fc.nat(), part), { minLength: 1, maxLength: 4 }),
    )
    .map(([original, parts]) => changed(original, parts, change));

/** Each of `originals` with up to four parts replaced by anything. */
export const mutationsOf = (originals: readonly unknown[]): fc.Arbitrary<unknown> =>
  mutations(originals, (_, to) => to);

/**
 * The same where a provider that checks types stands between: a part stays of its type, or is gone.
 */
export const soundMutationsOf = (originals: readonly unknown[]): fc.Arbitrary<unknown> =>
  mutations(originals, (from, to) =>
    typeof from === typeof to && !isGroup(from) ? to : undefined,
  );
