/** Reading whole answers: yes and no in every usual way, and other short ones. */
import { distance } from 'fastest-levenshtein';
import type { AnswerName, LanguagePack } from '../languages/language.ts';
import { foldWords } from '../lib/text.ts';
import { createPhrases, type Phrases, smallWords, wordsIn } from './small-words.ts';

/** Signs that are an answer by themselves, in any color of skin. */
const SIGNS: Readonly<Partial<Record<AnswerName, RegExp>>> = {
  yes: /^(?:👍|👌|🙌|🤝|✅|☑|✔|🆗)+$/u,
  no: /^(?:👎|🙅|❌|✖|🚫|⛔)+$/u,
};
/** What may stand around a sign and says nothing: skin, joiners, genders, blanks. */
const AROUND_SIGN = /[\s\p{Emoji_Modifier}♀♂!.,\p{L}\p{M}]|\u{fe0f}|\u{200d}/gu;
const SIGNS_MAX = 40;
/** A longer message tells more than an answer. */
const ANSWER_WORDS_MAX = 10;

/** Reads answers in all of the languages. */
export function createAnswers(languages: readonly Pick<LanguagePack, 'answers' | 'smallWords'>[]) {
  const polite = smallWords(languages, 'after');
  const courtesy = createPhrases(polite);
  const phrasesOf = new Map<AnswerName, { readonly own: Phrases; readonly all: Phrases }>();
  const saidIn = (name: AnswerName): readonly string[] =>
    languages.flatMap(({ answers }) => answers[name]);
  for (const name of languages.flatMap(({ answers }) => Object.keys(answers) as AnswerName[])) {
    const own = saidIn(name);
    phrasesOf.set(name, {
      own: createPhrases(own),
      all: createPhrases([...own, ...polite]),
    });
  }
  const consents = new Set(saidIn('consent').map(foldWords));

  /** A sign beside words says nothing that they do not, but it must not say the contrary. */
  const isSign = (name: AnswerName, text: string): boolean => {
    const signs = text.slice(0, SIGNS_MAX).replace(AROUND_SIGN, '');
    return signs.length < SIGNS_MAX && SIGNS[name]?.test(signs) === true;
  };
  return {
    /**
     * Is a whole message or argument this answer, with courtesy or without, once or several times:
     * `yes please`, `sí, claro`, a thumb? YES is the law's word for opting in, too.
     */
    is: (name: AnswerName, text: string): boolean => {
      const words = wordsIn(text);
      const phrases = phrasesOf.get(name);
      if (courtesy.skip(words, 0) === words.length) return isSign(name, text);
      if (phrases === undefined || words.length > ANSWER_WORDS_MAX) return false;
      const isSaid = words.some((_, at) => phrases.own.lengthAt(words, at) > 0);
      return isSaid && phrases.all.skip(words, 0) === words.length && !isContrary(name, text);
    },
    /** Is a whole text one word that is this answer but for one letter? */
    isNearly: (name: AnswerName, text: string): boolean => {
      const folded = foldWords(text);
      return saidIn(name).some((word) => distance(foldWords(word), folded) <= 1);
    },
    /** Is a whole message one of the few words by which carriers let somebody agree to messages? */
    isConsent: (text: string): boolean => consents.has(foldWords(text)),
  };
}

const CONTRARY: Readonly<Partial<Record<AnswerName, RegExp>>> = { yes: /👎|❌|🚫/u, no: /👍|✅/u };

const isContrary = (name: AnswerName, text: string): boolean =>
  CONTRARY[name]?.test(text.slice(0, SIGNS_MAX * 2)) === true;
