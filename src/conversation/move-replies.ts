/** What people hear when an account moves to another address. */
import { showCode } from '../domain/code.ts';
import type { MaskedAddress } from '../services/people/see-address.ts';
import { yesOrNo } from './choices.ts';
import type { Reply } from './message.ts';
import { replyWith, type Voice } from './speech.ts';

/** A recovery code, told once to its owner. */
export const recoveryReply = (voice: Voice, code: string): Reply =>
  replyWith(voice.say('move.code', { code: showCode(code) }));

/** Tells an old address, and asks whether the account may move at once; `due` in ms. */
export const leavingReply = (voice: Voice, to: MaskedAddress, due: number): Reply =>
  replyWith(voice.say('move.told', { ...to, due }), yesOrNo(voice));

/** Tells the new address what became of it: the next code, or that it could not be. */
export const movedReply = (voice: Voice, code: string | undefined): Reply =>
  replyWith(
    code === undefined
      ? voice.say('move.failed')
      : voice.say('move.done', { code: showCode(code) }),
  );
