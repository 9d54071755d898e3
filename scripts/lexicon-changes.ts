/**
 * What a new version of a lexicon breaks. Records are spread over the network and cannot be
 * written anew, so that old ones must fit the new lexicon and new ones the old. Source: the
 * ATProto specification, Lexicon Evolution.
 */

/** A lexicon document, as its file has it. */
export type Lexicon = {
  readonly lexicon: number;
  readonly id: string;
  readonly description?: string;
  readonly defs: Readonly<Record<string, Part>>;
};

type Part = { readonly [key: string]: unknown };

/** Says what is new, or says the same in other words: nobody's record becomes wrong by it. */
const FREE = ['description'];

/** One line for each change that breaks something; none when `after` can follow `before`. */
export function brokenBy(before: readonly Lexicon[], after: readonly Lexicon[]): string[] {
  return before.flatMap((old) => {
    const now = after.find(({ id }) => id === old.id);
    const lines =
      now === undefined
        ? ['the lexicon was removed']
        : namedParts(old.defs, now.defs, 'defs', 'definition', old.id);
    return lines.map((line) => `${fileOf(old.id)}: ${line}`);
  });
}

/** Where a lexicon lies, from its NSID. */
const fileOf = (nsid: string): string => `lexicons/${nsid.replaceAll('.', '/')}.json`;

/** Definitions or properties: none may go, new ones may come. */
function namedParts(old: Part, now: Part, at: string, what: string, nsid: string): string[] {
  return Object.entries(old).flatMap(([name, part]) => {
    const path = `${at}.${name}`;
    const found = now[name];
    if (found === undefined) return [`${path}: the ${what} was removed`];
    return changes(part as Part, found as Part, path, nsid);
  });
}

function changes(old: Part, now: Part, at: string, nsid: string): string[] {
  if (old['type'] !== now['type']) return [`${at}: type ${was(old['type'], now['type'])}`];
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...keys]
    .filter((key) => !FREE.includes(key))
    .flatMap((key) => change(key, old[key], now[key], at, nsid));
}

function change(key: string, old: unknown, now: unknown, at: string, nsid: string): string[] {
  switch (key) {
    case 'properties':
      return namedParts((old ?? {}) as Part, (now ?? {}) as Part, at, 'property', nsid);
    case 'record':
    case 'items':
      if (old === undefined || now === undefined) break;
      return changes(old as Part, now as Part, key === 'items' ? `${at}[]` : at, nsid);
    case 'required':
    case 'nullable':
      return [
        ...without(now, old).map((name) => `${at}.${name}: became ${key}`),
        ...without(old, now).map((name) => `${at}.${name}: is no longer ${key}`),
      ];
    case 'knownValues':
      // New values may come: who does not know one keeps the string.
      return without(old, now).map((value) => `${at}: the known value ${value} was removed`);
    case 'refs':
      return without(whole(old, nsid), whole(now, nsid)).map((ref) => `${at}: ${ref} was removed`);
    case 'ref':
      if (String(whole([old], nsid)) === String(whole([now], nsid))) return [];
      break;
    case 'closed':
      if ((old ?? false) === (now ?? false)) return [];
  }
  return JSON.stringify(old) === JSON.stringify(now) ? [] : [`${at}: ${key} ${was(old, now)}`];
}

/** What is in the first list and not in the second. */
function without(from: unknown, other: unknown): string[] {
  const others = (other ?? []) as readonly unknown[];
  return ((from ?? []) as readonly string[]).filter((value) => !others.includes(value));
}

/** References with the name of the lexicon in each: `#cap` says the same as `….epoch#cap`. */
const whole = (refs: unknown, nsid: string): string[] =>
  ((refs ?? []) as readonly unknown[]).map((ref) =>
    String(ref).startsWith('#') ? `${nsid}${ref}` : String(ref),
  );

const was = (old: unknown, now: unknown): string => `was ${shown(old)}, is ${shown(now)}`;
const shown = (value: unknown): string =>
  value === undefined ? 'not given' : JSON.stringify(value);
