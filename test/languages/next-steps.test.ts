// Whoever got an answer can tell what they may say now: every text names something, or says why not.
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/languages/index.ts';
import type { LanguagePack, TextKey } from '../../src/languages/language.ts';

/** What a person is told to do with their own message, in words rather than by a command. */
const ASKS: Readonly<Record<string, RegExp>> = {
  en: /\b(?:Reply|reply|Write|write|Send|send|Answer|answer|Add|Try again|try again|Ask again)\b|\?$/u,
  es: /(?<!\p{L})(?:[Rr]esponde|[Ee]scrib[ea]|[Ee]scríbe(?:l[oa]s?|me)|[Mm]and[ae]|[Mm]ánd[ae](?:l[oae]|me)|[Cc]ontesta|[Ii]ntenta|[Pp]rueba|Pregunta otra vez|Agrega|Agrégalo)(?!\p{L})|\?$/u,
};
/** Stand for a word to send, for the words of a person to write to, or for a list of either. */
const PLACEHOLDERS = /\{(?:word|words|join|announce|tasks|list|lines|contact|next)\}/u;

/** Why a text names nothing that can be said, and the texts of which that is true. */
const EXCEPTIONS: Readonly<Record<string, readonly TextKey[]>> = {
  'a part of a longer text, which goes on with what can be said': [
    ...(['credit.amount', 'time.minutes', 'time.hours', 'time.days', 'lang.name'] as const),
    ...(['help.unknown', 'help.head', 'help.organizer', 'help.redeemer', 'help.admin'] as const),
    ...(['hello.back', 'ok.nothing-open', 'more.none', 'as.answer', 'me.turn'] as const),
    ...(['balance.available', 'balance.held', 'done.partly', 'announce.left-out'] as const),
    ...(['tasks.line', 'task.facts', 'offers.line', 'codes.line', 'history.line'] as const),
    ...(['history.head', 'me.facts', 'me.records', 'roster.head', 'roster.line'] as const),
    ...([
      'here.marked',
      'here.marked-already',
      'here.marked-none',
      'when.any-time',
      'login.decision-open',
      'announce.weekly',
      'when.day',
      'change.read-back-all',
    ] as const),
    ...([
      'roster.more',
      'roster.sign',
      'review.alike',
      'unlink.line',
      'alike.line',
      'replay.line',
    ] as const),
    ...([
      'today.offer',
      'today.line',
      'offers.next',
      'pause.line',
      'uninvite.person',
      'uninvite.invite',
      'move.keep',
      'reach.why',
    ] as const),
    ...(['announce.elsewhere', 'sample.title', 'sample.place'] as const),
    ...(['team.city', 'team.issuer', 'team.redeemer', 'team.person'] as const),
    ...(['team.more', 'team.invited'] as const),
    ...(['caps.turn', 'caps.issuer', 'caps.next', 'caps.pace', 'caps.more'] as const),
    ...(['reject.why-line', 'reason.no-evidence', 'reason.wrong-task'] as const),
    ...(['reason.not-done', 'reason.unsafe', 'reason.duplicate'] as const),
    ...(['reason.not-present', 'reason.other'] as const),
  ],
  'a label of a button or a link': [
    ...(['telegram.open-chat', 'telegram.button-taken', 'announcement.join'] as const),
    ...(['announcement.details', 'link.share', 'why.no-evidence', 'why.wrong-task'] as const),
    ...(['review.all', 'why.not-done', 'why.unsafe', 'why.duplicate', 'why.not-present'] as const),
  ],
  'news that only informs: what happened was decided elsewhere': [
    ...(['broadcast.braked', 'accept.told-admin', 'accept.told-role', 'books.closed'] as const),
    ...(['books.open', 'operator.invited', 'operator.recovered', 'operator.revoked'] as const),
    ...(['invite.told-admins', 'uninvite.told-others', 'suspend.told-admins'] as const),
    ...(['resume.told-admins', 'agree.asker', 'move.admins', 'move.stopped'] as const),
    ...(['move.stopped-there', 'reach.broadcast', 'link.judged-told', 'confirm.told'] as const),
    ...(['confirm.told-late', 'confirm.locked', 'approve.public', 'public.sent'] as const),
  ],
  'others act next, and the person is told when they have': [
    ...([
      'accept.deferred',
      'move.asked',
      'allow.allowed',
      'ask.passed',
      'tell.discarded',
    ] as const),
    ...(['refused.move-under-way', 'limit.texts-out', 'refused.spot-taken'] as const),
  ],
  'somebody else has to do it': [
    ...(['refused.correction-own', 'refused.correction-asked', 'refused.pair-own'] as const),
    ...(['refused.correction-alone', 'refused.delegations-many', 'refused.code-own'] as const),
    ...(['refused.invite-unknown', 'confirm.no'] as const),
  ],
  'the counter gives it or does not, and the next code comes by itself': [
    ...(['confirm.honored', 'confirm.honored-late', 'confirm.repeated'] as const),
  ],
  'the end: nobody is there any more': ['forget.done', 'forget.other-stays', 'move.away'],
  'a question follows': ['forget.copies'],
  'a link is to be opened': ['mydata.link'],
  'no honest message leads there': [
    ...(['refused.amount-invalid', 'refused.not-pending', 'refused.resolved-already'] as const),
    'refused.transfer-differs',
  ],
};
const excepted = new Set(Object.values(EXCEPTIONS).flat());
const isPart = (key: string) => key.startsWith('choice.') || key.endsWith('.summary');

/** The words of commands and answers in a text, in capitals as people are told to write them. */
function wordsIn({ words, answers }: LanguagePack, text: string): readonly string[] {
  const known = [...Object.values(words), ...Object.values(answers)].flat();
  return known.filter((word) =>
    new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'u').test(text),
  );
}

const leadsOn = (language: LanguagePack, text: string): boolean =>
  PLACEHOLDERS.test(text) ||
  ASKS[language.tag]?.test(text) === true ||
  wordsIn(language, text).length > 0;

describe.each(LANGUAGES)('every answer in $tag', (language) => {
  const texts = Object.entries(language.texts) as [TextKey, string][];

  test.each(texts.filter(([key]) => !isPart(key) && !excepted.has(key)))(
    '%s names something that can be said now',
    (_key, text) => {
      expect(leadsOn(language, text)).toBe(true);
    },
  );
});

test('no text is excepted for two reasons', () => {
  const all = Object.values(EXCEPTIONS).flat();
  expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([]);
});
