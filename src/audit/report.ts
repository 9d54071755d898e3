/** The report of an audit: one shape for programs, and a few lines of it for people. */
import { grouped } from '../lib/text.ts';
import type { Finding, FindingCode, Found, Note } from './findings.ts';
import type { Kind } from './kinds.ts';
import type { Changes } from './since.ts';

/** The shape of `--json`. Properties are added to it, never renamed or removed. */
export type Report = {
  readonly version: 1;
  /** Whether nothing is broken. */
  readonly ok: boolean;
  /** The first broken link, the one to look at; null when everything holds. */
  readonly first: Finding | null;
  readonly did: string;
  /** The handle that the account names; null where nobody was asked. */
  readonly handle: string | null;
  /** Where its repository lies. */
  readonly pds: string | null;
  /** The revision and the CID of the commit; empty when no commit can be read. */
  readonly rev: string;
  readonly commit: string;
  /** For `--since` later; null when the repository itself is broken. */
  readonly head: string | null;
  readonly signature: 'verified' | 'invalid' | 'unchecked';
  /** Whether the records were looked at: not when the file, the tree or a block is broken. */
  readonly complete: boolean;
  /** ISO 8601. */
  readonly checkedAt: string;
  readonly city: { readonly name: string; readonly operator: string | null } | null;
  /** How many records there are of each kind. */
  readonly records: Readonly<Partial<Record<Kind, number>>>;
  /** Records that are no part of a city, by collection: counted and left alone. */
  readonly otherRecords: Readonly<Record<string, number>>;
  /** Fields that no lexicon knows. They are allowed. */
  readonly unknownFields: number;
  /** Evidence that is a resident's own post, and how much of it could not be compared with it; null
   * when the records were not looked at. */
  readonly posts: { readonly total: number; readonly unchecked: number } | null;
  readonly totals: readonly CreditTotals[];
  readonly issuers: readonly {
    readonly uri: string;
    readonly name: string;
    readonly epochs: readonly EpochTotals[];
  }[];
  readonly redeemers: readonly {
    readonly uri: string;
    readonly name: string;
    readonly burned: readonly { readonly creditKind: string; readonly amount: number }[];
    readonly redemptions: number;
  }[];
  /** The whole city. */
  readonly epochs: readonly EpochTotals[];
  readonly findings: Found<FindingCode>;
  readonly notes: Found<string>;
  readonly since: Changes | null;
};

export type CreditTotals = {
  readonly creditKind: string;
  /** `issued` + `adjustedIn` − `adjustedOut` = `held` + `redeemed` + `expired`, or it is red. */
  readonly issued: number;
  /** Credits that people have, those on hold included. */
  readonly held: number;
  /** Credits that are set aside against codes. */
  readonly onHold: number;
  /** Credits that redeemers have. */
  readonly redeemed: number;
  readonly expired: number;
  /** `adjustedIn` less `adjustedOut`. */
  readonly adjusted: number;
  /** Corrections gave so much to people, redeemers and the expired. */
  readonly adjustedIn: number;
  /** Corrections took so much from them. */
  readonly adjustedOut: number;
};

export type EpochTotals = {
  readonly epoch: string;
  readonly creditKind: string;
  readonly issued: number;
  readonly cap: number;
};

const SHOWN = 20;
// Controls, C1 included, line breaks, and whatever turns the direction or is not seen at all:
// strangers' text on a terminal.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\u115f\u1160\u2800\u3164\uffa0]|\u034f/gu;

/** Strangers' text in one line that a terminal takes for nothing but text. */
export const printable = (text: string): string => text.replace(UNSAFE, '');

/** A report for programs, in which a terminal finds nothing but text either. */
export const reportJson = (report: Report): string =>
  JSON.stringify(report, null, 2).replace(UNSAFE, (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(
          '',
        ),
  );

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** The report for people, line by line. */
export function reportLines(report: Report): readonly string[] {
  const lines = [
    title(report),
    '',
    `Account    ${[report.did, report.handle].filter(Boolean).join('  ')}`,
    ...(report.pds === null ? [] : [`Server     ${report.pds}`]),
    ...(report.rev === '' ? [] : [`Revision   ${report.rev}, commit ${report.commit}`]),
    `Signature  ${SIGNATURES[report.signature]}`,
    ...(report.complete ? contents(report) : []),
    ...changes(report),
    ...broken(report),
    ...notes(report),
    ...(report.head === null ? [] : ['', `Head       ${report.head}`]),
  ];
  return lines.map(printable);
}

const SIGNATURES = {
  verified: 'verified with the key of the account',
  invalid: 'NOT THE ACCOUNT’S',
  unchecked: 'NOT CHECKED: nobody was asked for the key. This proves nothing about who wrote it.',
} as const;

function title({ ok, city, findings, signature, posts }: Report): string {
  const name = city?.name ?? 'This repository';
  if (!ok) {
    const links = findings.count === 1 ? 'link' : 'links';
    return `✗ ${name}: ${grouped(findings.count)} broken ${links}`;
  }
  const but = signature === 'verified' ? '' : ', as far as can be said without its signature';
  const left = posts?.unchecked ?? 0;
  const many = left === 1 ? 'one post was' : `${grouped(left)} posts were`;
  const unseen = left === 0 ? '' : `; ${many} not checked`;
  return `✓ ${name}: everything holds${but}${unseen}`;
}

function contents(report: Report): string[] {
  const records = Object.entries(report.records).map(
    ([kind, count]) => `${kind} ${grouped(count)}`,
  );
  const others = Object.values(report.otherRecords).reduce((sum, count) => sum + count, 0);
  return [
    `Records    ${records.join(', ')}`,
    ...(others === 0 ? [] : [`           ${grouped(others)} of other kinds, left alone`]),
    ...(report.unknownFields === 0
      ? []
      : [`           ${grouped(report.unknownFields)} fields that no lexicon knows, left alone`]),
    ...report.totals.flatMap(totals),
    ...partners(report),
  ];
}

const totals = (total: CreditTotals): string[] => [
  '',
  `${total.creditKind} credits`,
  `  issued   ${grouped(total.issued)}`,
  `  held     ${grouped(total.held)} by people, ${grouped(total.onHold)} of them on hold`,
  `  redeemed ${grouped(total.redeemed)}`,
  `  expired  ${grouped(total.expired)}`,
  `  adjusted ${grouped(total.adjustedIn)} in, ${grouped(total.adjustedOut)} out`,
  `  ${sums(total)}`,
];

/** Says in figures what has to be equal. */
function sums({ issued, held, redeemed, expired, adjustedIn, adjustedOut }: CreditTotals): string {
  const came = issued + adjustedIn - adjustedOut;
  const is = came === held + redeemed + expired ? '=' : '≠';
  const there = `${grouped(held)} + ${grouped(redeemed)} + ${grouped(expired)}`;
  return `sum      ${grouped(issued)} + ${grouped(adjustedIn)} − ${grouped(adjustedOut)} ${is} ${there}`;
}

function partners({ issuers, redeemers, epochs }: Report): string[] {
  const issued = ({ epoch, creditKind, issued: amount, cap }: EpochTotals) =>
    `${grouped(amount)} of ${grouped(cap)} ${creditKind} in ${epoch}`;
  return [
    ...(issuers.length === 0 ? [] : ['', 'Issuers, and their caps']),
    ...issuers.map(
      ({ name, epochs: own }) => `  ${name}: ${own.map(issued).join(', ') || 'nothing'}`,
    ),
    ...epochs.map((epoch) => `  The whole city: ${issued(epoch)}`),
    ...(redeemers.length === 0 ? [] : ['', 'Redeemers']),
    ...redeemers.map(({ name, burned, redemptions }) => {
      const credits = burned.map(({ amount, creditKind }) => `${grouped(amount)} ${creditKind}`);
      return `  ${name}: ${credits.join(', ') || 'nothing'} burned, ${grouped(redemptions)} redemptions`;
    }),
  ];
}

function changes({ since }: Report): string[] {
  if (since === null) return [];
  const told = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${kind} ${grouped(count)}`)
      .join(', ') || 'nothing';
  return [
    '',
    `Since ${since.rev ?? 'then'}`,
    `  added    ${told(since.added)}`,
    `  replaced ${told(since.changed)}`,
    ...(since.unclear.length === 0
      ? []
      : [
          `  unclear  ${since.unclear.join(', ')}: some came in between, so others may be replaced`,
        ]),
  ];
}

function broken({ findings, first, complete }: Report): string[] {
  if (first === null) return [];
  return [
    '',
    'Broken, first to last',
    ...firstOf(findings, ({ code, sentence }) => `${code}: ${sentence}`),
    ...(complete ? [] : ['', 'The ledger was not replayed: not all of it is there.']),
  ];
}

const notes = ({ notes: found }: Report): string[] =>
  found.count === 0 ? [] : ['', 'To know', ...firstOf(found, ({ sentence }) => sentence)];

/** The first ones with their addresses, and how many more there are. */
const firstOf = ({ count, list }: Found<string>, say: (one: Note) => string): string[] => [
  ...list.slice(0, SHOWN).flatMap((one) => [`  ${one.uri}`, `    ${say(one)}`]),
  ...(count > SHOWN ? [`  and ${grouped(count - SHOWN)} more`] : []),
];
