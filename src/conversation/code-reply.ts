import { showCode } from '../domain/code.ts';
import type { LiveCode } from '../services/credits/live-code.ts';
import { choice } from './choices.ts';
import type { Reply } from './message.ts';
import { replyWith, type Voice } from './speech.ts';

/** The message names so many; whoever sent more sees how it goes on. */
const ASKED_MAX = 2;

/** Gives a person the code of an offer; `now` in ms. */
export function codeReply(voice: Voice, live: LiveCode, now: number): Reply {
  const { redemption, title, credits, redeemer, expiresAt } = live;
  const code = showCode(live.code);
  const said = replyWith(
    voice.say('redeem.code', {
      code,
      title,
      redeemer,
      credits: voice.credits(credits),
      duration: voice.duration(expiresAt - now),
      until: expiresAt,
    }),
    [choice(voice, 'codes'), choice(voice, 'release', code)],
  );
  return { ...said, code, redemption };
}

/** Of several codes in one message none is used up by guessing: asks for one, with the same command. */
export function askWhichCode(voice: Voice, command: string, codes: readonly string[]): Reply {
  const choices = codes.slice(0, ASKED_MAX).map((code) => {
    const label = showCode(code);
    return { label, send: `${voice.word(command)} ${label}` };
  });
  const [one = '', other = ''] = choices.map(({ send }) => send);
  return replyWith(voice.say('code.which', { one, other }), choices);
}
