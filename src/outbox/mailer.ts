/** Puts what is to be said in the outbox, in the transaction that decided it. */
import type { OwnPost, Reply } from '../conversation/message.ts';
import { type Notice, publicly, speechIn, type Voice } from '../conversation/speech.ts';
import type { Language, Texts } from '../languages/texts.ts';
import { DAY_MS } from '../lib/clock.ts';
import { createSignal, type Signal } from '../lib/signal.ts';
import type { Identity } from '../store/identities.ts';
import type { DeliveryBody } from '../store/schema/messages.ts';
import type { Tx } from '../store/store.ts';
import { type Answers, addReply, alertRoom, type MailerParts, type Moment } from './deliveries.ts';
import { addOptOutHint, takeOptOutHint } from './opt-out-hint.ts';
import { answerInPublic, buildAfterwards } from './public-answers.ts';
import { pageLast } from './sms-paging.ts';

type AddressNotice = Pick<Notice, 'build'> & { readonly identityId: number };

/** `build` gets the city's first language. */
type Announcement = { readonly taskId: number; readonly build: (voice: Voice) => Reply };

/** What is said below the post of a task. */
type PostBelow = Pick<Announcement, 'build'> & {
  readonly task: {
    readonly id: number;
    readonly postUri: string | null;
    readonly postCid: string | null;
  };
};

export type Mailer = ReturnType<typeof createMailer>;

export function createMailer({
  texts,
  noticeAdded,
  ...others
}: Omit<MailerParts, 'speech'> & {
  readonly texts: Texts;
  /** Is given when somebody is to be told something about a task, which a job does. */
  readonly noticeAdded?: Signal | undefined;
}) {
  const speech = (language: Language, now: number): Voice => speechIn(texts, language, now);
  const parts: MailerParts = { ...others, speech };
  /** Is given when a broadcast begins, which a job carries on. */
  const broadcastBegun = createSignal();
  return {
    broadcastBegun,
    noticeAdded,
    speech,
    answer: (at: Moment, answers: Answers) => answer(parts, at, answers),
    tell: (at: Moment, notice: Notice) => tell(parts, at, notice),
    tellAt: (at: Moment, notice: AddressNotice) => tellAt(parts, at, notice),
    announce: (at: Moment, announcement: Announcement): number => {
      const { told, leftOut } = announce(parts, at, announcement);
      if (told > 0) broadcastBegun.give();
      return leftOut;
    },
    /** The budgets of messages about new tasks, for the job that carries them on. */
    alertBudgets: {
      spendText: parts.spendText,
      alertsPerDay: parts.alertsPerDay,
      asksFor: parts.asksFor,
    },
    postBelow: (at: Moment, said: PostBelow) => postBelow(parts, at, said),
    update: (at: Moment, shown: Announcement & { readonly channel: string }) =>
      update(parts, at, shown),
  };
}

/**
 * Answers a message where it came from. To a public message only what is public goes there: the
 * rest goes to its sender alone, and the place hears no more than that. Answers whether the city had
 * texts enough left for all of it.
 */
function answer(parts: MailerParts, at: Moment, answers: Answers): boolean {
  const { to, replies } = answers;
  if (to.place !== null) {
    answerInPublic(parts, at, { ...answers, place: to.place });
    return true;
  }
  if (to.channel !== 'sms') {
    for (const reply of replies) addReply(at, to, reply);
    return true;
  }
  const paged = pageLast(parts, at, answers);
  const paid = paged.filter(({ text, isEssential }) =>
    parts.spendText(at, text, isEssential === true ? 'essential' : 'answer'),
  );
  for (const reply of paid) addReply(at, to, reply);
  return paid.length === paged.length;
}

/**
 * Tells a person something they did not just ask for, on the channel of their choice, or else on the
 * first that reaches them; nothing before they have joined.
 */
function tell(parts: MailerParts, at: Moment, notice: Notice): void {
  const { tx, now } = at;
  const { personId, build, when, about, task = null } = notice;
  const person = tx.people.get(personId);
  if (person?.joinedAt == null) return;
  const voice = parts.speech(person.language, now);
  const identities = tx.identities.of(personId);
  const origin = publicOrigin(tx, identities, about?.inboxId ?? null);
  if (origin !== undefined && about?.inPublic !== undefined) {
    addReply(at, origin, about.inPublic(voice));
  }
  const identity = addressToTell(identities, person.noticeChannel);
  if (identity === undefined) return;
  const reply = withTurn(tx, { identityId: identity.id, personId }, voice, build(voice));
  const needsHint =
    when === 'contact-hours' && takeOptOutHint(at, { ...identity, identityId: identity.id });
  const hinted = needsHint ? addOptOutHint(reply, voice) : reply;
  const body =
    origin?.identityId === identity.id
      ? { ...hinted, afterwards: { ...buildAfterwards(origin.place, null, voice), sent: null } }
      : hinted;
  addNotice(parts, at, identity, {
    body,
    taskId: task,
    bulk: notice.isBulk === true ? 1 : 0,
    notBefore: when === 'at-once' ? now : parts.nextContactTime(now),
  });
}

function addressToTell(
  identities: readonly Identity[],
  noticeChannel: string | null,
): Identity | undefined {
  const reachable = identities.filter(isReachable);
  return reachable.find(({ channel }) => channel === noticeChannel) ?? reachable[0];
}

/** Tells one address, at once, in its person's language. */
function tellAt(parts: MailerParts, at: Moment, notice: AddressNotice): void {
  const { tx, now } = at;
  const identity = tx.identities.get(notice.identityId);
  const person = identity && tx.people.get(identity.personId);
  if (identity === undefined || person?.joinedAt == null || !isReachable(identity)) return;
  const body = notice.build(parts.speech(person.language, now));
  addNotice(parts, at, identity, { body, taskId: null, notBefore: now });
}

/** Where two share a phone, what one is told says for whom it is. */
function withTurn(
  tx: Tx,
  { identityId, personId }: { readonly identityId: number; readonly personId: number },
  voice: Voice,
  reply: Reply,
): Reply {
  const turn = tx.accounts.turnOf(identityId, personId);
  return turn === undefined
    ? reply
    : { ...reply, text: voice.say('me.turn', { turn }) + reply.text };
}

const isReachable = ({ stoppedAt, unreachableAt }: Identity): boolean =>
  stoppedAt === null && unreachableAt === null;

/** The public place where one of these addresses sent the message, unless it said STOP since. */
function publicOrigin(tx: Tx, identities: readonly Identity[], inboxId: number | null) {
  // Texts have no public place.
  const isPrivate = identities.every(({ channel }) => channel === 'sms');
  const origin = inboxId === null || isPrivate ? undefined : tx.inbox.origin(inboxId);
  const sender = identities.find(({ id }) => id === origin?.identityId);
  if (origin === undefined || origin.place === null || sender?.stoppedAt !== null) return undefined;
  const { channel, identityId, place } = origin;
  return { channel, identityId, inboxId: null, place, thread: null };
}

/**
 * Adds a notice, to be sent at `notBefore` (ms) or later: a day later where that day has no texts left.
 */
function addNotice(
  { spendText, nextContactTime }: MailerParts,
  { tx, now }: Moment,
  { id, channel }: Identity,
  notice: {
    readonly body: DeliveryBody;
    readonly taskId: number | null;
    readonly bulk?: 0 | 1;
    readonly notBefore: number;
  },
): void {
  const { body, taskId, bulk = 0, notBefore: first } = notice;
  const times = [first, nextContactTime(first + DAY_MS)];
  const isPaid = (at: number) => spendText({ tx, now: at }, body.text, 'essential');
  const notBefore = channel === 'sms' ? times.find(isPaid) : first;
  if (notBefore === undefined) return;
  const kept = { body, taskId, bulk, notBefore, createdAt: now };
  tx.outbox.add({ ...kept, channel, identityId: id, kind: 'notice' });
}

/**
 * Announces a task in every public place, and begins a broadcast to everybody who asked for it. Some
 * are left out, since they got as many alerts as one gets in a day.
 */
function announce(parts: MailerParts, { tx, now }: Moment, { taskId, build }: Announcement) {
  const body = build(parts.speech(parts.firstLanguage, now));
  const row = { kind: 'announcement', taskId, body, notBefore: now, createdAt: now } as const;
  for (const channel of parts.publicPlaces) tx.outbox.add({ ...row, channel });
  const found = tx.tasks.withIssuer(taskId);
  if (found === undefined) return { told: 0, leftOut: 0 };
  const room = alertRoom(parts, { tx, now }, found);
  const { all, told } = tx.broadcasts.subscribers(found.task.createdBy, now, room);
  if (told > 0) tx.broadcasts.add({ taskId, total: told, createdAt: now });
  return { told, leftOut: all - told };
}

/** Says something below the post that announces a task, if there is one. */
function postBelow(parts: MailerParts, { tx, now }: Moment, { task, build }: PostBelow): void {
  const { postUri: uri, postCid: cid } = task;
  if (uri === null || cid === null) return;
  const body = publicly(build(parts.speech(parts.firstLanguage, now)));
  for (const { channel, placeOf } of parts.below ?? []) {
    const row = {
      channel,
      kind: 'reply',
      taskId: task.id,
      body,
      place: placeOf({ uri: uri as OwnPost['uri'], cid }),
    } as const;
    tx.outbox.add({ ...row, notBefore: now, createdAt: now });
  }
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
