/**
 * Takes an invitation's line apart: `counter Corner Bakery until dec 20`, `issuer Creek Friends; red no
 * insurance yet`. What follows a semicolon is how a new partner is taken on, and why.
 */
import type { Onboarding, PartnerRole } from '../domain/authority.ts';
import type { Talk } from './command.ts';

const KINDS = ['issuer', 'redeemer'] as const;
const ROLES = ['owner', 'manager', 'reviewer', 'counter'] as const satisfies readonly PartnerRole[];
const CLASSES = ['green', 'yellow', 'red'] as const satisfies readonly Onboarding[];
/** The last minute of a day, so that the day itself counts. */
const END_OF_DAY = '11:59 pm';

type Line = Pick<Talk, 'read' | 'readWhen'>;

export type WantedInvite =
  | 'admin'
  | {
      readonly kind: (typeof KINDS)[number] | undefined;
      readonly role: PartnerRole | undefined;
      readonly name: string;
      /** The name without its first word, where that may say which half of an organization is meant. */
      readonly half: { readonly kind: (typeof KINDS)[number]; readonly name: string } | undefined;
      readonly onboarding: Onboarding;
      readonly reason: string;
      /** In ms; undefined for no end. */
      readonly endsAt: number | undefined;
    };

/** Reads the line; undefined where it is written in another way. */
export function readInvite(line: Line, args: string): WantedInvite | undefined {
  const { read } = line;
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/su.exec(args) ?? [];
  if (read.is('admin', first)) return 'admin';
  const kind = KINDS.find((each) => read.is(each, first));
  const role = ROLES.find((each) => read.is(each, first));
  if (kind === undefined && role === undefined) return undefined;
  const ending = cutEnding(line, rest);
  if (ending === undefined) return undefined;
  const cut = cutClass(line, ending.rest);
  const half = role === undefined ? undefined : cutKind(line, cut.name);
  return { kind, role, ...cut, half, endsAt: ending.endsAt };
}

/** Cuts off `business` or `organizer`; undefined where a name begins in another way. */
function cutKind({ read }: Line, text: string) {
  const [, first = '', name = ''] = /^(\S+)\s+(.*)$/su.exec(text) ?? [];
  const kind = KINDS.find((each) => read.is(each, first));
  return kind === undefined ? undefined : { kind, name };
}

/** Cuts off `until` and a day; undefined where a day follows that nobody can read. */
function cutEnding(
  line: Line,
  text: string,
): { readonly rest: string; readonly endsAt: number | undefined } | undefined {
  const words = text.split(/\s+/u);
  const at = words.findLastIndex((word) => line.read.is('until', word));
  if (at < 1) return { rest: text, endsAt: undefined };
  const day = words.slice(at + 1).join(' ');
  const rest = words.slice(0, at).join(' ');
  const read = [`${day} ${END_OF_DAY}`, day].map(line.readWhen).find(({ ok }) => ok);
  if (read?.ok === true) return { rest, endsAt: read.value.startMs };
  // In a reason the word means nothing.
  return /[;؛；]/u.test(rest) ? { rest: text, endsAt: undefined } : undefined;
}

/** Cuts off how a new partner is taken on: after a semicolon, or as the last word for yellow and green. */
function cutClass({ read }: Line, text: string) {
  const [name = '', after = ''] = text.split(/\s*[;؛；]\s*/u);
  const [, word = '', reason = ''] = /^([^\s:,]*)[\s:,]*(.*)$/su.exec(after) ?? [];
  const told = CLASSES.find((each) => read.is(each, word));
  if (told !== undefined) return { name, onboarding: told, reason };
  const words = text.split(/\s+/u);
  const last = words.at(-1) ?? '';
  const said = CLASSES.find((each) => each !== 'red' && read.is(each, last));
  if (said === undefined || words.length < 2) {
    return { name: text, onboarding: 'green', reason: '' } as const;
  }
  return { name: words.slice(0, -1).join(' '), onboarding: said, reason: '' };
}
