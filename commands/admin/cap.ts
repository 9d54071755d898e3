import { parseCredits } from '../../src/conversation/amounts.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { setCap } from '../../src/services/credits/set-cap.ts';

/** A name, and the amount as its last word: `Codornices Creek Friends 500`. */
const NAME_AND_AMOUNT =
  /^(.*\S)(?:\s+|\s*[;:=]\s*|,\s+)([-+]?\d[\d.,]*)(?:\s+(?:\p{L}+\s+)?(?:credits?|cr[eé]ditos?))?$/iu;

export const cap: Command = {
  name: 'cap',
  words: { en: ['CAP'], es: ['TOPE'] },
  who: 'admin',
  exact: true,
  summary: 'cap.summary',
  run: (talk, args) => {
    const [, name, amount] = NAME_AND_AMOUNT.exec(args) ?? [];
    if (name === undefined || amount === undefined) return replyWith(talk.say('cap.usage'));
    const result = setCap(talk.context, talk.person.id, {
      issuer: name,
      amount: parseCredits(amount),
    });
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { issued, epoch } = result.value;
    return replyWith(
      talk.say('cap.set', {
        name: result.value.name,
        credits: talk.credits(result.value.amount),
        issued: talk.credits(issued),
        epoch,
      }),
    );
  },
};
