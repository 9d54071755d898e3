import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumber } from '../../src/conversation/words.ts';
import { showCode } from '../../src/domain/code.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';

export const redeem: Command = {
  name: 'redeem',
  who: 'resident',
  exact: true,
  summary: 'redeem.summary',
  run: (talk, args) => {
    const number = parseNumber(args);
    if (number === undefined) {
      return replyWith(talk.say('redeem.usage'), [choice(talk, 'offers')]);
    }
    const result = redeemOffer(talk.context, talk.person, number);
    if (!result.ok) {
      const { code } = result.refusal;
      const next =
        code === 'live-codes-max' ? 'codes' : code === 'balance-short' ? 'tasks' : 'offers';
      return replyWith(talk.refusal(result.refusal), [choice(talk, next)]);
    }
    const { title, credits, redeemer, expiresAt } = result.value;
    const code = showCode(result.value.code);
    const said = replyWith(
      talk.say('redeem.code', {
        code,
        title,
        redeemer,
        credits: talk.credits(credits),
        duration: talk.duration(expiresAt - talk.context.now),
        until: expiresAt,
      }),
      [choice(talk, 'codes'), choice(talk, 'release', code)],
    );
    return { ...said, code };
  },
};
