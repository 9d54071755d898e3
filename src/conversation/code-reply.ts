import { showCode } from '../domain/code.ts';
import type { LiveCode } from '../services/credits/live-code.ts';
import { choice } from './choices.ts';
import type { Reply } from './message.ts';
import { replyWith, type Voice } from './speech.ts';

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
