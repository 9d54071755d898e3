/** Tells people what they did not just ask for. */
import type { Notice } from '../conversation/notice.ts';
import type { Identity } from '../store/identities.ts';
import type { Tx } from '../store/store.ts';
import { addNotice, addReply } from './deliveries.ts';
import type { MailerParts, Moment } from './mailer-parts.ts';
import { addOptOutHint, takeOptOutHint } from './opt-out-hint.ts';
import { buildAfterwards } from './public-answers.ts';

export type AddressNotice = Pick<Notice, 'build'> & { readonly identityId: number };

export function tell(parts: MailerParts, at: Moment, notice: Notice): void {
  const { tx, now } = at;
  const { personId, build, when, about } = notice;
  const person = tx.people.get(personId);
  if (person?.joinedAt == null) return;
  const voice = parts.speech(person.language, now);
  const identities = tx.identities.of(personId);
  const origin = publicOrigin(tx, identities, about?.inboxId ?? null);
  if (origin !== undefined && about?.inPublic !== undefined) {
    addReply(at, origin, about.inPublic(voice));
  }
  const identity = identities.find(isReachable);
  if (identity === undefined) return;
  const reply = build(voice);
  const needsHint =
    when === 'contact-hours' && takeOptOutHint(at, { ...identity, identityId: identity.id });
  const hinted = needsHint ? addOptOutHint(reply, voice) : reply;
  const body =
    origin?.identityId === identity.id
      ? { ...hinted, afterwards: { ...buildAfterwards(origin.place, null, voice), sent: null } }
      : hinted;
  const notBefore = when === 'at-once' ? now : parts.nextContactTime(now);
  addNotice(at, identity, { body, notBefore });
}

export function tellAt(parts: MailerParts, at: Moment, notice: AddressNotice): void {
  const { tx, now } = at;
  const identity = tx.identities.get(notice.identityId);
  const person = identity && tx.people.get(identity.personId);
  if (identity === undefined || person?.joinedAt == null || !isReachable(identity)) return;
  const body = notice.build(parts.speech(person.language, now));
  addNotice(at, identity, { body, notBefore: now });
}

const isReachable = ({ stoppedAt, unreachableAt }: Identity): boolean =>
  stoppedAt === null && unreachableAt === null;

/** The public place where one of these addresses sent the message, unless it said STOP since. */
function publicOrigin(tx: Tx, identities: readonly Identity[], inboxId: number | null) {
  const origin = inboxId === null ? undefined : tx.inbox.origin(inboxId);
  const sender = identities.find(({ id }) => id === origin?.identityId);
  if (origin === undefined || origin.place === null || sender?.stoppedAt !== null) return undefined;
  const { channel, identityId, place } = origin;
  return { channel, identityId, inboxId: null, place, thread: null };
}
