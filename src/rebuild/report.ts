/** Says in the end what was restored from where, and what is absent. */
import { isoTime } from '../lib/clock.ts';
import { grouped } from '../lib/text.ts';
import type { RestoredFacts } from '../store/restore.ts';
import type { LeftOut } from './filler.ts';
import type { Rebuilt } from './rebuild.ts';

export type RebuildReport = {
  readonly path: string;
  readonly did: string;
  /** The revision of the repository. */
  readonly rev: string;
  readonly rebuilt: Rebuilt;
  readonly facts: RestoredFacts;
  /** The last link of the chain; undefined for a ledger without any. */
  readonly head: { readonly position: number; readonly cid: string } | undefined;
  /** Credits by kind of account: what came in less what went out. */
  readonly totals: readonly { readonly kind: string; readonly credits: number }[];
  readonly backup: { readonly path: string; readonly at: number } | undefined;
  /** Whether the commit is signed with the key of the account. */
  readonly isSigned: boolean;
  /** How many findings of the audit were overlooked, as asked. */
  readonly overlooked: number;
  /** The repository ends in the middle of a decision. */
  readonly isUnfinished: boolean;
};

const SHOWN = 20;

/** `1 person has`, `2 people have`. */
const count = (value: number, one: string, many: string): string =>
  value === 1 ? `1 ${one}` : `${grouped(value)} ${many}`;

/** The report for people, line by line. */
export function rebuildLines(report: RebuildReport): readonly string[] {
  const { path, did, rev, rebuilt, totals, head } = report;
  const records = [...rebuilt.counts].flatMap(([collection, found]) =>
    found === 0 ? [] : [`${collection.split('.').at(-1)} ${grouped(found)}`],
  );
  return [
    `✓ ${path} is the database of ${rebuilt.city} again`,
    '',
    `From the public record of ${did}, revision ${rev}`,
    `  records  ${records.join(', ')}`,
    `  credits  ${totals.map(({ kind, credits }) => `${kind} ${grouped(credits)}`).join(', ')}`,
    ...(head === undefined
      ? []
      : [`  chain    ${grouped(head.position)} transfers, head ${head.cid}`]),
    '',
    ...fromBackup(report),
    '',
    'Absent',
    ...absent(report).map((line) => `  ${line}`),
    ...leftOut(rebuilt.leftOut),
  ];
}

function fromBackup({ backup, facts }: RebuildReport): string[] {
  if (backup === undefined) return ['From a backup: nothing. None was given.'];
  const { reachable, stopped, consents, roles, codes, photos } = facts;
  return [
    `From the backup ${backup.path}, made ${isoTime(backup.at)}`,
    `  ${count(reachable, 'person', 'people')} with an address; ${grouped(stopped)} said STOP`,
    `  ${count(consents, 'agreement', 'agreements')}, ${count(roles, 'role', 'roles')}, ${count(codes, 'live code', 'live codes')}`,
    ...(photos > 0
      ? [
          `  ${count(photos, 'photo', 'photos')} that the city looks for on its server, and gives it again`,
        ]
      : []),
  ];
}

/** Each a sentence: what is not there, and what that means. */
function absent(report: RebuildReport): string[] {
  const { facts, rebuilt, backup, isUnfinished, overlooked } = report;
  const strangers = facts.people - facts.reachable;
  const codesLost = facts.holds - facts.codes;
  const { records, withPictures, invites } = rebuilt.lost;
  const pictures = withPictures > 0 ? `, ${grouped(withPictures)} of them with pictures` : '';
  const lines: readonly (readonly [boolean, string])[] = [
    [!report.isSigned, 'A signature that proves who wrote the public record: IT MAY BE ANYBODY’S.'],
    [
      strangers > 0,
      `${count(strangers, 'person of the public record has', 'people of the public record have')} no address here: they cannot be reached, and are new people when they write again.`,
    ],
    [
      facts.unanswered > 0,
      `Answers to ${count(facts.unanswered, 'message', 'messages')} that waited when the backup was made. Nothing that was sent before this restore is answered; /healthz tells when each was sent.`,
    ],
    [
      facts.forgotten > 0,
      'People who were forgotten since: what the backup still had of them was left out.',
    ],
    [
      facts.reachable > 0,
      'Whoever has an address gets nothing unasked until they write and agree again.',
    ],
    [
      codesLost > 0,
      `${count(codesLost, 'live code is', 'live codes are')} lost: the credits go back to their holders as soon as the city runs.`,
    ],
    [backup === undefined, 'Nobody has a role: invite the admin, who invites the partners again.'],
    [backup === undefined, 'What people agreed to, and who said STOP.'],
    [
      invites > 0,
      `${count(invites, 'open invitation is', 'open invitations are')} void, since somebody may have used or taken back what the backup still had: invite again.`,
    ],
    [
      facts.announcersUnknown + facts.reviewersUnknown > 0,
      `Who announced ${count(facts.announcersUnknown, 'task', 'tasks')}, and who decided ${count(facts.reviewersUnknown, 'review', 'reviews')}.`,
    ],
    [
      facts.looksUnknown > 0,
      `What ${count(facts.looksUnknown, 'picture looks', 'pictures look')} like: nearly the same one sent again is not noticed, the same one is.`,
    ],
    [
      records > 0,
      `${count(records, 'record', 'records')} that waited when the backup was made never reached the repository${pictures}: what they said did not happen.`,
    ],
    [
      true,
      'Messages in and out, open questions, and pictures that waited: what was not published yet is lost.',
    ],
    [isUnfinished, 'The last decision was published in part: the city finishes it when it starts.'],
    [
      overlooked > 0,
      `${count(overlooked, 'broken link', 'broken links')} of the audit, as you asked.`,
    ],
  ];
  return lines.flatMap(([isSo, line]) => (isSo ? [line] : []));
}

function leftOut(records: readonly LeftOut[]): string[] {
  if (records.length === 0) return [];
  const more = records.length - SHOWN;
  return [
    '',
    `Left out: ${count(records.length, 'record', 'records')}`,
    ...records.slice(0, SHOWN).flatMap(({ uri, why }) => [`  ${uri}`, `    ${why}`]),
    ...(more > 0 ? [`  and ${grouped(more)} more`] : []),
  ];
}
