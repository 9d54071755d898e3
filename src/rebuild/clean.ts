/**
 * Cleans what a backup has: people who were forgotten after it was made do not come back with it, and
 * messages come back by their digests alone.
 */

import type { Keys } from '../lib/crypto.ts';
import { messageDigest, participantDigest } from '../lib/digests.ts';
import type { Forgotten } from '../store/forgetting.ts';
import { forgottenOf, type PrivatePage } from '../store/private-data.ts';

type Row = Readonly<Record<string, string | number | null>>;

/** What somebody did for others stays, under an id that is nobody's. */
const PUBLIC_KINDS: ReadonlySet<string> = new Set(['reviewers', 'announcers']);

/** Answers pages without those who are forgotten. `also` are known besides those of the backup. */
export function createPageCleaner(keys: Pick<Keys, 'secretLookup'>, also: readonly Forgotten[]) {
  const known = new Map<string, number>();
  /** When those who are forgotten were so, by the channel and the lookup of each of their addresses. */
  const addresses = new Map<string, number>();
  const learn = ({ digest, at }: Forgotten): void => {
    known.set(digest, Math.max(at, known.get(digest) ?? 0));
  };
  for (const one of also) learn(one);

  const forgottenAt = (row: Row): number | undefined => {
    const { participantId, channel, lookup } = row;
    if (typeof participantId === 'string') {
      return known.get(participantDigest(keys, participantId));
    }
    return addresses.get(`${channel} ${lookup}`);
  };

  const clean = (kind: string, row: Row): Row[] => {
    if (kind === 'invites') {
      const by = row['usedBy'];
      const isForgotten = typeof by === 'string' && known.has(participantDigest(keys, by));
      return [isForgotten ? { ...row, usedBy: null } : row];
    }
    const at = PUBLIC_KINDS.has(kind) ? undefined : forgottenAt(row);
    if (at === undefined) return [row];
    if (kind === 'identities') addresses.set(`${row['channel']} ${row['lookup']}`, at);
    // Who acted for whom is known; they do not any more.
    return kind === 'delegations' ? [{ ...row, revokedAt: row['revokedAt'] ?? at }] : [];
  };

  return (page: PrivatePage): PrivatePage => {
    for (const one of forgottenOf(page)) learn(one);
    const rows: readonly Row[] =
      page.kind === 'received'
        ? page.rows.map((row) => ({ ...row, externalId: digestOf(keys, row), isDigest: 1 }))
        : page.rows;
    return {
      ...page,
      rows: rows.flatMap((row) => clean(page.kind, row)),
    } as unknown as PrivatePage;
  };
}

const digestOf = (
  keys: Pick<Keys, 'secretLookup'>,
  { channel, externalId, isDigest }: Row,
): string =>
  isDigest === 1 ? String(externalId) : messageDigest(keys, String(channel), String(externalId));
