/** Lists what this person can say now, five things at a time: first what fits the moment. */
import type { Command, CommandSummary } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumber } from '../../src/conversation/words.ts';
import { type Next, seeNext } from '../../src/services/people/see-next.ts';

/** Commands that make sense only when there is something for them. */
const NEEDS: Readonly<Record<string, (next: Next) => boolean>> = {
  ask: (next) => next.leave.length > 0,
  here: (next) => next.leave.length > 0,
  ok: (next) => next.leave.length > 0,
  drop: (next) => next.leave.length > 0,
  done: (next) => next.evidence.length > 0,
  redeem: (next) => next.available > 0,
  codes: (next) => next.codes > 0,
  release: (next) => next.codes > 0,
  approve: (next) => next.waiting > 0,
  reject: (next) => next.waiting > 0,
  as: (next) => next.actsFor > 1,
  login: (next) => next.actsFor > 0 || next.roles.admin,
};

const SHOWN = 5;

export const help: Command = {
  name: 'help',
  who: 'anyone',
  isEssential: true,
  run: (talk, args) => {
    const page = Math.max(1, talk.read.number(args) ?? 1);
    const { city } = talk.context;
    const { operator, contact } = city;
    if (talk.person.joinedAt === null) {
      return replyWith(talk.say('help.stranger', { city: city.name, operator, contact }));
    }
    const next = seeNext(talk.context, talk.person);
    const possible = talk
      .available()
      .filter(({ name }) => NEEDS[name]?.(next) ?? true)
      .filter(({ name }) => name !== 'lang' || city.languages.length > 1);
    // What there is something for comes first.
    const isFitting = ({ name }: CommandSummary): number => (name in NEEDS ? 0 : 1);
    let isMore = false;
    const lines = (...who: readonly CommandSummary['who'][]) => {
      const all = possible
        .filter((one) => who.includes(one.who))
        .toSorted((one, other) => isFitting(one) - isFitting(other));
      isMore ||= all.length > page * SHOWN;
      return all
        .slice((page - 1) * SHOWN, page * SHOWN)
        .map(({ summary, word }) => talk.say(summary, { word }))
        .join('\n');
    };
    const head = talk.say('help.head', { city: city.name });
    const foot = talk.say('help.foot', { operator, contact, channel: talk.channel });
    const own = lines('resident', 'anyone');
    const replies: Reply[] = [];
    const { admin, issuers, redeemers, reviewsInPlaceOf } = next.roles;
    // An owner invites people for their own organization.
    const owners = issuers.length > 0 ? 'organizer' : 'redeemer';
    const partners = [
      ['organizer', [...issuers, ...reviewsInPlaceOf].join(', ')],
      ['redeemer', redeemers.join(', ')],
      ['admin', city.name],
    ] as const;
    for (const [who, name] of partners) {
      if (who === 'admin' && !admin) continue;
      const theirs = !admin && who === owners ? lines(who, 'admin') : lines(who);
      if (theirs !== '') replies.push(replyWith(`${talk.say(`help.${who}`, { name })}\n${theirs}`));
    }
    const more = isMore ? [talk.say('help.more', { page: page + 1 })] : [];
    return [replyWith([head, own, ...more, foot].filter(Boolean).join('\n')), ...replies];
  },
  steps: {
    /** Whoever was not understood twice was offered a few things by number. */
    choose: (talk, text, words) => {
      const said = words[String(parseNumber(text))] ?? talk.read.pick(text, Object.values(words));
      return typeof said === 'string' ? talk.understand(said, talk.message) : null;
    },
  },
};
