import { choice } from '../../src/conversation/choices.ts';
import { codeReply } from '../../src/conversation/code-reply.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumber } from '../../src/conversation/words.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';

export const redeem: Command = {
  name: 'redeem',
  who: 'resident',
  exact: true,
  isEssential: true,
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
    return codeReply(talk, result.value, talk.context.now);
  },
};
