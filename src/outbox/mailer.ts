/** Puts what is to be said in the outbox, in the transaction that decided it. */
import type { Reply } from '../conversation/message.ts';
import { type Notice, speechIn, type Voice } from '../conversation/speech.ts';
import type { Language, Texts } from '../languages/texts.ts';
import { createSignal } from '../lib/signal.ts';
import type { Identity } from '../store/identities.ts';
import type { DeliveryBody } from '../store/schema/messages.ts';
import type { Tx } from '../store/store.ts';
import { type Answers, addReply, type MailerParts, type Moment } from './deliveries.ts';
import { addOptOutHint, takeOptOutHint } from './opt-out-hint.ts';
import { answerInPublic, buildAfterwards } from './public-answers.ts';
import { pageLast } from './sms-paging.ts';

type AddressNotice = Pick<Notice, 'build'> & { readonly identityId: number };

/** `build` gets the city's first language. */
type Announcement = { readonly taskId: number; readonly build: (voice: Voice) => Reply };

export type Mailer = ReturnType<typeof createMailer>;

export function createMailer({
  texts,
  ...others
}: Omit<MailerParts, 'speech'> & { readonly texts: Texts }) {
  const speech = (language: Language, now: number): Voice => speechIn(texts, language, now);
  const parts: MailerParts = { ...others, speech };
  /** Is given when a broadcast begins, which a job carries on. */
  const broadcastBegun = createSignal();
  return {
    broadcastBegun,
    speech,
    answer: (at: Moment, answers: Answers) => answer(parts, at, answers),
    tell: (at: Moment, notice: Notice) => tell(parts, at, notice),
    tellAt: (at: Moment, notice: AddressNotice) => tellAt(parts, at, notice),
    announce: (at: Moment, announcement: Announcement) => {
      if (announce(parts, at, announcement)) broadcastBegun.give();
    },
    update: (at: Moment, shown: Announcement & { readonly channel: string }) =>
      update(parts, at, shown),
  };
}

/**
 * Answers a message where it came from. To a public message only what is public goes there: the
 * rest goes to its sender alone, and the place hears no more than that.
 */
function answer(parts: MailerParts, at: Moment, answers: Answers): void {
  const { to, replies } = answers;
  if (to.place !== null) {
    answerInPublic(parts, at, { ...answers, place: to.place });
    return;
  }
  const paged = to.channel === 'sms' ? pageLast(parts, at, answers) : replies;
  for (const reply of paged) addReply(at, to, reply);
}

/**
 * Tells a person something they did not just ask for, on the first channel that reaches them;
 * nothing before they have joined.
 */
function tell(parts: MailerParts, at: Moment, notice: Notice): void {
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
  addNotice(at, identity, {
    body,
    notBefore: when === 'at-once' ? now : parts.nextContactTime(now),
  });
}

/** Tells one address, at once, in its person's language. */
function tellAt(parts: MailerParts, at: Moment, notice: AddressNotice): void {
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

/** Adds a notice, to be sent at `notBefore` (ms) or later. */
function addNotice(
  { tx, now }: Moment,
  { id, channel }: Identity,
  notice: { readonly body: DeliveryBody; readonly notBefore: number },
): void {
  tx.outbox.add({ ...notice, channel, identityId: id, kind: 'notice', createdAt: now });
}

/**
 * Announces a task in every public place, and begins a broadcast to everybody who asked for it;
 * false when that is nobody.
 */
function announce(parts: MailerParts, { tx, now }: Moment, { taskId, build }: Announcement) {
  const body = build(parts.speech(parts.firstLanguage, now));
  const row = { kind: 'announcement', taskId, body, notBefore: now, createdAt: now } as const;
  for (const channel of parts.publicPlaces) tx.outbox.add({ ...row, channel });
  const announcer = tx.tasks.get(taskId)?.createdBy;
  const total = announcer === undefined ? 0 : tx.broadcasts.subscribers(announcer, now);
  if (total > 0) tx.broadcasts.add({ taskId, total, createdAt: now });
  return total > 0;
}

/** Brings the announcement of a task on a channel up to date. */
function update(
  parts: MailerParts,
  { tx, now }: Moment,
  { channel, taskId, build }: Announcement & { readonly channel: string },
): void {
  const body = build(parts.speech(parts.firstLanguage, now));
  const row = { channel, kind: 'update', bulk: 1, taskId, body } as const;
  tx.outbox.add({ ...row, notBefore: now, createdAt: now });
}
