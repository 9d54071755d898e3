/** What people hear when an account moves to another address. */
import { showCode } from '../domain/code.ts';
import { SENT_NUMBER_BYTES, sentNumberFrom } from '../domain/sent-number.ts';
import type { MaskedAddress } from '../services/people/see-address.ts';
import { yesOrNo } from './choices.ts';
import type { Talk } from './command.ts';
import type { Reply } from './message.ts';
import { replyWith, type Voice } from './speech.ts';

/** A recovery code, told once to its owner. */
export const recoveryReply = (voice: Voice, code: string): Reply =>
  replyWith(voice.say('move.code', { code: showCode(code) }));

/** A text about somebody's first credits, with the recovery code that comes with them. */
export const withRecoveryCode = (voice: Voice, code: string | undefined, text: string): string =>
  code === undefined ? text : `${text} ${voice.say('move.keep', { code: showCode(code) })}`;

/**
 * Tells an old address, and asks whether the account may move at once; `due` in ms. With a number that
 * is what says yes: only who reads that phone's texts can send it back.
 */
function leavingReply(
  voice: Voice,
  { to, due, number }: { readonly to: MaskedAddress; due: number; number: string | null },
): Reply {
  if (number === null) return replyWith(voice.say('move.told', { ...to, due }), yesOrNo(voice));
  return replyWith(voice.say('move.told-number', { ...to, due, number }));
}

/** An account that is to move to an address at a time (ms); `isGuarded` where more than OK is needed. */
export type Leaving = {
  readonly move: number;
  readonly to: MaskedAddress;
  readonly due: number;
  readonly isGuarded: boolean;
};

/** Tells an old address that its account is to move, and lets it say that it may at once. */
export function askOldAddress(
  talk: Pick<Talk, 'askAt' | 'tellAt' | 'context'>,
  { id, channel }: Pick<MaskedAddress, 'id' | 'channel'>,
  { move, to, due, isGuarded }: Leaving,
): void {
  const drawn = sentNumberFrom(talk.context.random.bytes(SENT_NUMBER_BYTES));
  const number = isGuarded && channel === 'sms' ? drawn : null;
  const data = { move, to: to.id, number };
  talk.askAt(id, { command: 'move', step: 'now', data, expiresAt: due });
  talk.tellAt(id, (voice) => leavingReply(voice, { to, due, number }));
}

/** Tells the new address what became of it: the next code, or that it could not be. */
export const movedReply = (voice: Voice, code: string | undefined): Reply =>
  replyWith(
    code === undefined
      ? voice.say('move.failed')
      : voice.say('move.done', { code: showCode(code) }),
  );
