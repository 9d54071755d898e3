/** Builds what a command has to work with, for one message of one person. */
import type { Command, SessionData, Talk, Talker } from '../conversation/command.ts';
import type { ChannelName, CheckedPicture, Reply } from '../conversation/message.ts';
import type { Session, Turn } from '../conversation/router.ts';
import type { Matcher } from '../conversation/words.ts';
import type { Language } from '../languages/texts.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import type { Context } from '../services/context.ts';
import { rolesOf, setLanguage } from '../services/people/people.ts';
import { saidByNumber } from '../services/people/read-on.ts';
import { announcedTask } from '../services/tasks/see-tasks.ts';
import type { WaitingMessage } from '../store/inbox.ts';
import type { PictureRow } from '../store/pictures.ts';
import type { Payload } from './receive.ts';

export type TalkDesk = {
  readonly commands: readonly Command[];
  readonly matcher: Matcher;
  readonly mailer: Mailer;
  readonly understand: (turn: Turn) => readonly Reply[];
};

const checked = (picture: PictureRow): CheckedPicture =>
  picture.state === 'refused'
    ? { id: picture.id, ok: false, reason: picture.reason ?? 'picture-broken' }
    : { id: picture.id, ok: true };

/** The turn of one stored message. */
export function turnOf(desk: TalkDesk, context: Context, row: WaitingMessage): Turn {
  const { tx, now, city } = context;
  const { mailer } = desk;
  const channel = row.channel as ChannelName;
  const { person, identityId } = row;
  const payload = JSON.parse(row.payload ?? '') as Payload;
  const session =
    row.session !== null && row.session.expiresAt > now
      ? { ...row.session, data: JSON.parse(row.session.data) as SessionData }
      : undefined;
  // A question belongs to the command that is being carried out, which the router knows by name.
  let asking = session?.command ?? '';
  let roles: ReturnType<typeof rolesOf> | undefined;

  const may = (who: Talker): boolean => {
    if (who === 'anyone' || who === 'resident') return true;
    roles ??= rolesOf(context, person.id);
    if (who === 'admin') return roles.admin;
    return (who === 'organizer' ? roles.issuers : roles.redeemers).length > 0;
  };

  const isPost = (inboxId: number): boolean =>
    inboxId === row.id
      ? row.postUri !== null
      : (tx.inbox.origin(inboxId)?.postUri ?? null) !== null;

  const picturesOf = (inboxId: number) => tx.pictures.of(inboxId).map(checked);

  const turn = (
    text: string,
    speaker: WaitingMessage['person'],
    message: Talk['message'],
  ): Turn => {
    const talk: Talk = {
      ...mailer.speech(speaker.language, now),
      context,
      channel,
      identityId,
      person: speaker,
      message,
      speechIn: (language: Language) => mailer.speech(language, now),
      ask: (step, data) =>
        tx.people.putSession({
          identityId,
          command: asking,
          step,
          data: JSON.stringify(data),
          expiresAt: now + city.policies.sessionMinutes * MINUTE_MS,
        }),
      tell: (personId, build, when, about) => mailer.tell(tx, personId, build, when, now, about),
      tellAt: (identityId, build) => mailer.tellAt(tx, identityId, build, now),
      announce: (taskId, build) => mailer.announce(tx, taskId, build, now),
      isCommand: (words) => desk.matcher.match(words) !== undefined,
      understand: (again, inboxId, repliesToTask) => {
        const fresh = tx.people.person(person.id) ?? speaker;
        return desk.understand(
          turn(again, fresh, {
            inboxId,
            pictures: picturesOf(inboxId),
            repliesToTask,
            isPost: isPost(inboxId),
          }),
        );
      },
      available: () =>
        desk.commands.flatMap(({ name, who, summary }) =>
          summary !== null && may(who)
            ? [{ name, who, summary, word: desk.matcher.word(name, speaker.language) }]
            : [],
        ),
    };
    const turnNow: Turn = {
      talk,
      text,
      session: session satisfies Session | undefined,
      // What was said before STOP is understood as it was meant.
      isStopped: row.stoppedAt !== null && row.receivedAt >= row.stoppedAt,
      numbered: (number) => saidByNumber(context, identityId, number),
      answered: payload.answered ?? null,
      unread: payload.unread ?? null,
      endSession: () => tx.people.endSession(identityId),
      may,
      inLanguage: (language) => {
        if (speaker.languageChosen === 1 || !city.languages.includes(language)) return turnNow;
        setLanguage(context, speaker.id, language);
        return turn(text, { ...speaker, language }, message);
      },
      commandStarts: (name) => {
        asking = name;
      },
    };
    return turnNow;
  };
  return turn(payload.text, person, {
    inboxId: row.id,
    pictures: payload.pictures === 0 ? [] : picturesOf(row.id),
    repliesToTask: [payload.replyTo, payload.thread]
      .map((id) => (id == null ? undefined : announcedTask(context, channel, id)))
      .find((task) => task !== undefined),
    isPost: row.postUri !== null,
  });
}
