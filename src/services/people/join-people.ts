import type { Person } from '../../store/people.ts';
import { recordDelegations } from '../city/record-delegations.ts';
import type { Context } from '../context.ts';
import { forgetRoles } from '../roles.ts';

/**
 * Two persons are one from now on. All addresses, roles and agreements go to the one who stays;
 * nothing of the ledger moves. That they were two is remembered, so that neither is ever taken for
 * somebody who can decide about the other's work.
 */
export function joinPeople(context: Context, stays: Person, goes: Person): void {
  const { tx, now } = context;
  tx.linkCodes.remove(stays.id);
  tx.linkCodes.remove(goes.id);
  const actedFor = tx.partners.acting(goes.id, now).map(({ partner }) => partner?.id ?? null);
  tx.accounts.movePerson(goes.id, stays.id, now);
  for (const partnerId of actedFor) recordDelegations(context, partnerId);
  rememberOne(context, stays.id, goes.id);
  if (stays.joinedAt === null && goes.joinedAt !== null) {
    tx.people.setJoined(stays.id, goes.joinedAt);
  }
  if (stays.publicEvidenceAt === null && goes.publicEvidenceAt !== null) {
    tx.people.setPublicEvidence(stays.id, goes.publicEvidenceAt);
  }
  if (stays.publicDid === null && goes.publicDid !== null) {
    tx.people.setPublicDid(stays.id, goes.publicDid);
  }
  if (stays.noticeChannel === null && goes.noticeChannel !== null) {
    tx.people.setNoticeChannel(stays.id, goes.noticeChannel);
  }
  if (stays.languageChosen === 0 && goes.languageChosen === 1) {
    tx.people.setLanguage(stays.id, goes.language, true);
  }
  forgetRoles(context);
}

/** Two accounts are, or were, one person's. */
export const rememberOne = ({ tx, now }: Context, one: number, other: number): void =>
  tx.accounts.addPair({ one, other, basis: 'linked', times: 1, verdict: 'same', createdAt: now });
