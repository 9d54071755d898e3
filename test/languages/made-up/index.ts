/** A language that nobody speaks: another script, from right to left, with digits of its own. */
import { en } from '../../../src/languages/en/index.ts';
import type { LanguagePack } from '../../../src/languages/language.ts';
import { dates } from './dates.ts';
import { invent, inventAll, inventMessage, inventPlain, inventText } from './invent.ts';

const inventWords = (words: readonly string[]): readonly string[] => words.map(invent);

export const madeUp: LanguagePack = {
  // Of those that BCP 47 leaves to private use.
  tag: 'qaa',
  name: invent('made up'),
  direction: 'rtl',
  // It counts as Arabic does, which has six kinds of plural, in digits of N'Ko.
  locale: 'ar-u-nu-nkoo',
  signs: /\p{Script=Nko}/u,
  words: inventAll(en.words, inventWords),
  shorthands: { [invent('in english')]: `${invent('lang')} EN` },
  languageNames: { qaa: [invent('made up')], en: [invent('english')] },
  answers: inventAll(en.answers, inventWords),
  taskFields: inventAll(en.taskFields, inventWords),
  reasons: inventAll(en.reasons, inventWords),
  smallWords: inventAll(en.smallWords, inventWords),
  numerals: Object.fromEntries(
    Object.entries(en.numerals).map(([said, number]) => [invent(said), number]),
  ),
  ordinals: Object.fromEntries(
    Object.entries(en.ordinals).map(([said, place]) => [invent(said), place]),
  ),
  limited: inventAll(en.limited, inventWords),
  amounts: inventAll(en.amounts, inventWords),
  optOut: {
    stop: [invent('stop')],
    start: [invent('start')],
    help: [invent('help')],
    before: inventPlain('please'),
    after: inventPlain('now'),
    whole: [`${inventPlain('stop')}(?: ${inventPlain('messages')})?`],
    wishes: [inventPlain('stop')],
    beginnings: [`${inventPlain('no more messages')}`],
  },
  comments: {
    thanks: inventPlain('thanks'),
    courtesies: [inventPlain('thanks')],
    regrets: [inventPlain('i can t come')],
    questions: [inventPlain('what should')],
  },
  unsaid: {
    reactions: [inventPlain('liked')],
    reactor: '{NAME}',
    noNames: [],
    reactionTo: inventPlain('to'),
    things: inventPlain('an image'),
    before: inventPlain('sorry'),
    marks: [inventPlain('auto reply')],
    autoReplies: [inventPlain('i m driving')],
    deliveryNotes: [inventPlain('message not delivered')],
  },
  dates,
  texts: inventAll(en.texts, inventMessage),
  pages: inventAll(en.pages, inventText),
  pageLocale: 'ar-u-nu-nkoo',
};
