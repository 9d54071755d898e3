// What stood in databases that older versions left, as statements.

/** A task with two people approved (the later claim first) and one rejected, and another task. */
export const STORE_AT_0001 = [
  ...[1, 2, 3].flatMap((n) => [
    `insert into persons (id, participant_id, language, created_at) values (${n}, 'p-${n}', 'en', 1)`,
    `insert into identities (id, channel, lookup, key_id, ciphertext, person_id, created_at)
      values (${n}, 'sms', 'l${n}', 'k', x'01', ${n}, 1)`,
  ]),
  `insert into partners (id, kind, name, folded, state, rkey, cid, created_at)
    values (1, 'issuer', 'Issuer', 'ISSUER', 'approved', 'partner', 'c', 1)`,
  ...['The square', 'The park'].map(
    (place, at) =>
      `insert into tasks (id, partner_id, title, place, credits, slots, taken, starts_at, state,
        created_by, created_at, rkey, cid)
        values (${at + 1}, 1, 'Sweep', '${place}', 5, 3, 0, 9, 'open', 1, 1, 'task${at}', 'c')`,
  ),
  `insert into inbox (id, channel, external_id, identity_id, state, received_at)
    values (1, 'sms', 'x', 1, 'done', 1)`,
  `insert into pictures (id, inbox_id, spool_key, state, cid, sha256, media_type, size_bytes, width, height)
    values (1, 1, 'k1', 'clean', 'bafkreia', 'ab', 'image/jpeg', 100, 4, 3),
      (2, 1, 'k2', 'refused', null, null, null, null, null, null)`,
  ...(['verified', 'verified', 'rejected'] as const).flatMap((state, at) => {
    const [n, decision] = [at + 1, state === 'verified' ? 'approved' : 'rejected'];
    return [
      `insert into claims (id, task_id, person_id, state, created_at, rkey, cid)
        values (${n}, 1, ${n}, '${state}', 1, 'claim${n}', 'c')`,
      `insert into evidence (id, claim_id, partner_id, text, state, submitted_at, rkey, cid)
        values (${n}, ${n}, 1, 'Done', '${decision}', 1, 'evidence${n}', 'c')`,
    ];
  }),
  `insert into evidence_pictures (evidence_id, picture_id) values (1, 1)`,
  ...[
    [2, 'approved'],
    [1, 'approved'],
    [3, 'rejected'],
  ].map(
    ([evidence, decision], at) =>
      `insert into reviews (evidence_id, reviewer_id, decision, reason_code, note, at, rkey, cid)
        values (${evidence}, 1, '${decision}', 'seen', '', ${20 + at}, 'review${evidence}', 'c')`,
  ),
];

/** Something in every table that refers to a person, beside what `STORE_AT_0001` has. */
export const STORE_AT_0003 = [
  `insert into delegations (person_id, partner_id, role, created_at) values (1, 1, 'owner', 1)`,
  `insert into invites (lookup, role, partner_id, created_at, expires_at, used_at, used_by)
    values ('i', 'owner', 1, 1, 9, 2, 1)`,
  `insert into link_codes (lookup, person_id, created_at, expires_at) values ('c', 2, 1, 9)`,
  `insert into code_failures (person_id, at) values (3, 1)`,
  `insert into consents (identity_id, kind, wording, at) values (2, 'messages', 'OK', 1)`,
  `insert into sessions (identity_id, command, step, data, expires_at)
    values (2, 'done', 'what', '{}', 9)`,
  `insert into offers (id, partner_id, title, credits, state, created_at, rkey, cid)
    values (1, 1, 'Coffee', 5, 'open', 1, 'offer', 'c')`,
  `insert into redemptions (id, offer_id, partner_id, person_id, credits, state, code_lookup,
      code_seed, hold_id, day, created_at, expires_at, resolved_at, honored_by)
    values (1, 1, 1, 2, 5, 'honored', 'l', 's', 'hold:1', '2026-11-01', 1, 9, 2, 3)`,
];
