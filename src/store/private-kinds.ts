/**
 * The kinds of private data, which the public record does not tell: where a backup finds each, and
 * how it gets back into a rebuilt database. Rows name what they belong to by public names (participant
 * ids, record keys, CIDs), since a rebuilt database has other numbers. Cities keep files with these
 * names of kinds and fields, so the names stay.
 */
import { DAY_MS } from '../lib/clock.ts';
import { NOBODY } from './nobody.ts';

/** No provider repeats a message later than that. */
const REPEATED_MS_MAX = 8 * DAY_MS;

/** A field of a backup: the column that it is of, how it is read, and how it is written. */
type Field = { readonly column: string; readonly read: string; readonly write: string };

export type PrivateKind = {
  readonly table: string;
  /** A column that is taken as it is, or how the field is read and written. */
  readonly fields: Readonly<Record<string, string | Field>>;
  /** The rows that a backup has; all of them where this is left out. */
  readonly where?: string;
  /** Fields that a backup has and a rebuilt database does not take. */
  readonly untaken?: readonly string[];
  /** Brings the rows back. Where it is left out they are inserted; where it is null, nothing is done. */
  readonly restore?: string | null;
  /** `or ignore` or `or replace`, where the public record may have the row already. */
  readonly conflict?: string;
  /** The clause for a row that is there already. */
  readonly upsert?: string;
  /** A field, and the table where its record has to be: other rows are left out. */
  readonly known?: readonly [field: string, table: string];
  /** It can only be put in once the public record is. */
  readonly isAboutRecords?: true;
};

/** A row of another table, by the name that it keeps there. */
const refersTo = (table: string, name: string) => (column: string) => ({
  column,
  read: `(select ${name} from ${table} where ${table}.id = ${column})`,
  write: `(select id from ${table} where ${name} = $)`,
});
const person = refersTo('persons', 'participant_id');
const partner = refersTo('partners', 'rkey');
const task = refersTo('tasks', 'rkey');
/** An address, by its channel and its HMAC. */
const address = refersTo('identities', "(channel || ' ' || lookup)");
/** Bytes, which stay sealed as they are. */
const bytes = (column: string) => ({ column, read: `hex(${column})`, write: 'unhex($)' });
/** A field that is not one column; its kind has a statement that brings it back. */
const computed = (read: string) => ({ column: '', read, write: '' });

/** A backup has them in this order, and a rebuilt database takes them in it. */
export const PRIVATE_KINDS = {
  /** The first, since all that follows is cleaned by it (`rebuild/clean.ts`). */
  forgotten: {
    table: 'forgotten',
    fields: { digest: 'digest', forgottenAt: 'at', stoppedAt: 'stopped_at' },
    upsert: `on conflict (digest) do update set at = excluded.at,
      stopped_at = excluded.stopped_at where excluded.at >= forgotten.at`,
  },
  /** Nobody is taken to have joined: see `privateRestore`. */
  persons: {
    table: 'persons',
    fields: {
      participantId: 'participant_id',
      language: 'language',
      languageChosen: 'language_chosen',
      joinedAt: 'joined_at',
      publicEvidenceAt: 'public_evidence_at',
      publicDid: 'public_did',
      noticeChannel: 'notice_channel',
      createdAt: 'created_at',
    },
    where: `participant_id <> '${NOBODY}'`,
    untaken: ['joinedAt'],
    upsert: `on conflict (participant_id) do update set language = excluded.language,
      language_chosen = excluded.language_chosen, created_at = excluded.created_at,
      public_evidence_at = excluded.public_evidence_at, public_did = excluded.public_did,
      notice_channel = excluded.notice_channel`,
  },
  identities: {
    table: 'identities',
    fields: {
      participantId: person('person_id'),
      channel: 'channel',
      lookup: 'lookup',
      keyId: 'key_id',
      ciphertext: bytes('ciphertext'),
      stoppedAt: 'stopped_at',
      alertsAt: 'alerts_at',
      alertsFilter: 'alerts_filter',
      unreachableAt: 'unreachable_at',
      wayOutAt: 'way_out_at',
      heardAt: 'heard_at',
      returnedAt: 'returned_at',
      createdAt: 'created_at',
    },
    where: `channel <> '${NOBODY}'`,
  },
  /**
   * The ids of messages, for as long as a provider may repeat them. They come back as nobody's, and by
   * digests alone: `rebuild/clean.ts` makes those that are not yet.
   */
  received: {
    table: 'inbox',
    fields: {
      channel: 'channel',
      externalId: 'external_id',
      isDigest: computed(
        `(select identities.channel = '${NOBODY}' from identities where identities.id = identity_id)`,
      ),
      sentAt: computed('coalesce(sent_at, received_at)'),
      state: 'state',
    },
    // Not the largest time, which would be looked for in every row.
    where: `received_at > (select received_at from inbox order by id desc limit 1)
      - ${REPEATED_MS_MAX}`,
    restore: `insert or ignore into inbox
        (channel, external_id, identity_id, state, received_at, processed_at)
      select $channel, $externalId, (select id from identities where channel = '${NOBODY}'),
        'done', $sentAt, $sentAt from @rows order by given.key`,
  },
  /** Moves under way are left out: nobody would hear of them, since nobody has agreed to messages. */
  recoveryCodes: {
    table: 'recovery_codes',
    fields: { participantId: person('person_id'), lookup: 'lookup', createdAt: 'created_at' },
  },
  /** The two people of an address, and whose turn it is. */
  sharedPhones: {
    table: 'shared_phones',
    fields: { address: address('identity_id'), turn: 'turn', participantId: person('person_id') },
  },
  /** Which accounts may be one person's. The older one comes first, whatever its number is now. */
  accountPairs: {
    table: 'account_pairs',
    fields: {
      one: person('person_id'),
      other: person('other_id'),
      basis: 'basis',
      times: 'times',
      verdict: 'verdict',
      reason: 'reason',
      decidedBy: person('decided_by'),
      decidedAt: 'decided_at',
      createdAt: 'created_at',
    },
    restore: `insert or ignore into account_pairs (person_id, other_id, basis, times, verdict,
        reason, decided_by, decided_at, created_at)
      select min(one.id, other.id), max(one.id, other.id), $basis, $times, $verdict, $reason,
        (select id from persons where participant_id = $decidedBy), $decidedAt, $createdAt
      from @rows join persons as one on one.participant_id = $one
        join persons as other on other.participant_id = $other`,
  },
  consents: {
    table: 'consents',
    fields: {
      channel: computed('(select channel from identities where identities.id = identity_id)'),
      lookup: computed('(select lookup from identities where identities.id = identity_id)'),
      kind: 'kind',
      wording: 'wording',
      agreedAt: 'at',
    },
    restore: `insert into consents (identity_id, kind, wording, at)
      select (select id from identities where channel = $channel and lookup = $lookup),
        $kind, $wording, $agreedAt from @rows order by given.key`,
  },
  codeFailures: {
    table: 'code_failures',
    fields: { participantId: person('person_id'), failedAt: 'at' },
  },
  reviewers: {
    table: 'reviews',
    fields: { review: 'rkey', participantId: person('reviewer_id') },
    restore: `insert into temp.reviewers (rkey, participant_id)
      select $review, $participantId from @rows`,
  },
  /** A record that was never published leaves a gap in the numbers. */
  evidenceNumbers: {
    table: 'evidence',
    fields: { evidence: 'rkey', number: 'id' },
    restore: 'insert into temp.numbers (rkey, number) select $evidence, $number from @rows',
  },
  cursors: {
    table: 'cursors',
    fields: { name: 'name', value: 'value' },
    conflict: 'or replace',
  },
  delegations: {
    table: 'delegations',
    fields: {
      participantId: person('person_id'),
      partner: partner('partner_id'),
      role: 'role',
      createdAt: 'created_at',
      expiresAt: 'expires_at',
      revokedAt: 'revoked_at',
      givenBy: 'given_by',
      chosenAt: 'chosen_at',
    },
    // Where the public record says who acts for a partner, it is newer: the backup adds which partner
    // was chosen, and nobody. The second person of a business was a reviewer in backups from before
    // there were counters.
    restore: `insert or ignore into delegations (person_id, partner_id, role, created_at,
        expires_at, revoked_at, given_by, chosen_at)
      select (select id from persons where participant_id = $participantId),
        (select id from partners where rkey = $partner),
        case when $role = 'reviewer' and exists
          (select 1 from partners where rkey = $partner and kind = 'redeemer')
          then 'counter' else $role end,
        $createdAt, $expiresAt, $revokedAt, $givenBy, $chosenAt
      from @rows
      where ($partner is null or exists (select 1 from partners where rkey = $partner))
        and (not exists (select 1 from temp.told where partner is $partner)
          or $revokedAt is null and exists (select 1 from delegations
            join persons on persons.id = person_id where participant_id = $participantId
              and partner_id = (select id from partners where rkey = $partner)
              and revoked_at is null))
      order by given.key
      on conflict (person_id, partner_id) where revoked_at is null
        do update set chosen_at = excluded.chosen_at`,
    isAboutRecords: true,
  },
  /**
   * An open one may have been taken up or taken back since, which no record tells: it is void, and a
   * used one stays used.
   */
  invites: {
    table: 'invites',
    fields: {
      lookup: 'lookup',
      role: 'role',
      partner: partner('partner_id'),
      createdAt: 'created_at',
      expiresAt: 'expires_at',
      usedAt: 'used_at',
      usedBy: person('used_by'),
      invitedBy: person('invited_by'),
      endsAt: 'ends_at',
    },
    restore: `insert into invites (lookup, role, partner_id, created_at, expires_at, used_at, used_by,
        invited_by, ends_at)
      select $lookup, $role, (select id from partners where rkey = $partner), $createdAt,
        $expiresAt, $usedAt, (select id from persons where participant_id = $usedBy),
        (select id from persons where participant_id = $invitedBy), $endsAt
      from @rows where $usedAt is not null
        and ($partner is null or exists (select 1 from partners where rkey = $partner))
      order by given.key`,
    isAboutRecords: true,
  },
  /**
   * A code is live again only if the backup and the public record both say that it is. The public
   * record does not tell a code that was given back from one that expired; the backup does.
   */
  codes: {
    table: 'redemptions',
    fields: {
      number: 'id',
      /** The CID of the transfer that holds the credits. */
      hold: computed('(select cid from transfers where transfers.id = hold_id)'),
      state: 'state',
      codeLookup: 'code_lookup',
      codeSeed: 'code_seed',
      day: 'day',
      createdAt: 'created_at',
      expiresAt: 'expires_at',
      resolvedAt: 'resolved_at',
      honoredBy: person('honored_by'),
    },
    restore: `update redemptions set code_lookup = $codeLookup, code_seed = $codeSeed, day = $day,
        created_at = $createdAt, expires_at = $expiresAt,
        honored_by = (select id from persons where participant_id = $honoredBy),
        resolved_at = case redemptions.state when 'held' then null
          else coalesce($resolvedAt, redemptions.resolved_at) end,
        state = case when redemptions.state = 'released' and $state = 'expired' then 'expired'
          else redemptions.state end
      from @rows
      where redemptions.id = $number and (redemptions.state <> 'held' or $state = 'held')
        and exists (select 1 from transfers where id = redemptions.hold_id and cid = $hold)`,
    isAboutRecords: true,
  },
  announcers: {
    table: 'tasks',
    fields: { task: 'rkey', participantId: person('created_by'), closedAt: 'closed_at' },
    restore: `update tasks
      set created_by = (select id from persons where participant_id = $participantId),
        closed_at = case state when 'closed' then coalesce($closedAt, closed_at) end
      from @rows where tasks.rkey = $task`,
    isAboutRecords: true,
  },
  announcements: {
    table: 'announcements',
    fields: {
      channel: 'channel',
      externalId: 'external_id',
      task: task('task_id'),
      shown: 'shown',
    },
    upsert: 'on conflict (channel, external_id) do update set shown = excluded.shown',
    known: ['task', 'tasks'],
    isAboutRecords: true,
  },
  /** How pictures look; `privateRestore` adds the pieces by which those that look alike are found. */
  looks: {
    table: 'pictures',
    fields: { cid: 'cid', width: 'width', height: 'height', perceptualHash: 'perceptual_hash' },
    where: `cid is not null
      and exists (select 1 from evidence_pictures where picture_id = pictures.id)`,
    restore: `update pictures
      set width = $width, height = $height, perceptual_hash = $perceptualHash
      from @rows where pictures.cid = $cid`,
    isAboutRecords: true,
  },
  /**
   * Photos of evidence that are still here, since nobody has seen them come back from the PDS: their
   * bytes are in the backup, too. A rebuilt city looks for each, and gives it to the PDS again.
   */
  photos: {
    table: 'pictures',
    fields: { cid: 'cid', spoolKey: 'spool_key' },
    where: `state in ('raw', 'clean', 'uploaded') and state <> 'raw'
      and exists (select 1 from evidence_pictures join evidence on evidence.id = evidence_id
        where picture_id = pictures.id and evidence.post_uri is null)`,
    restore: `update pictures set state = 'uploaded', spool_key = $spoolKey
      from @rows where pictures.cid = $cid and pictures.state = 'published'`,
    isAboutRecords: true,
  },
  /** Records that were not in the repository yet: their keys tell later whether they ever came there. */
  unpublished: {
    table: 'records',
    fields: {
      collection: 'collection',
      rkey: 'rkey',
      cid: 'cid',
      hasPictures: computed(`instr(value, '"$type":"blob"') > 0`),
    },
    where: `state = 'staged'`,
    restore: null,
    isAboutRecords: true,
  },
} satisfies Readonly<Record<string, PrivateKind>>;
