/** What a person said, with its pictures: the message that is being answered, or an earlier one. */
import type { MessageSent, Talk } from '../conversation/command.ts';
import type { CheckedPicture, PictureReason } from '../conversation/message.ts';
import type { Context } from '../services/context.ts';
import type { WaitingMessage } from '../store/inbox.ts';
import type { PictureRow } from '../store/pictures.ts';

/** What is understood: the message that is being answered, or an earlier one in its place. */
export type Said = {
  readonly text: string;
  /** As they are now. */
  readonly person: WaitingMessage['person'];
  readonly message: Talk['message'];
};

/** The message that is being answered. */
export function saidNow(context: Context, row: WaitingMessage): Said {
  const { payload } = row;
  return {
    text: payload.text,
    person: row.person,
    message: {
      inboxId: row.id,
      pictures: payload.pictures === 0 ? [] : picturesOf(context, row.id),
      repliesToTask: [payload.replyTo, payload.thread]
        .map((id) => (id == null ? undefined : context.tx.announcements.taskOf(row.channel, id)))
        .find((task) => task !== undefined),
      isPublic: payload.isPublic === true,
      isPost: row.postUri !== null,
      sharedNumber: payload.sharedNumber,
      location: payload.location,
    },
  };
}

/** The person as they are now, with the message of that id. */
export function saidBefore(
  { context, row }: { readonly context: Context; readonly row: WaitingMessage },
  text: string,
  { inboxId, repliesToTask }: MessageSent,
): Said {
  const { tx } = context;
  const origin = inboxId === row.id ? row : tx.inbox.origin(inboxId);
  return {
    text,
    person: tx.people.get(row.person.id) ?? row.person,
    message: {
      inboxId,
      pictures: picturesOf(context, inboxId),
      repliesToTask,
      isPost: origin?.postUri != null,
      isPublic: origin?.postUri != null || origin?.place != null,
      sharedNumber: inboxId === row.id ? row.payload.sharedNumber : undefined,
      location: inboxId === row.id ? row.payload.location : undefined,
    },
  };
}

const picturesOf = ({ tx }: Context, inboxId: number): CheckedPicture[] =>
  tx.pictures.of(inboxId).map(checked);

const isPictureReason = (code: string | null): code is PictureReason =>
  code?.startsWith('picture-') === true;

const checked = ({ id, state, reason }: PictureRow): CheckedPicture =>
  state === 'refused'
    ? { id, ok: false, reason: isPictureReason(reason) ? reason : 'picture-broken' }
    : { id, ok: true };
