import type { LanguagePack } from '../language.ts';
import { comments } from './comments.ts';
import { dates } from './dates.ts';
import { optOut } from './opt-out.ts';
import { en as pages } from './pages.ts';
import { reasons } from './reasons.ts';
import { limited, numerals, ordinals, smallWords, taskFields } from './small-words.ts';
import { en as texts } from './texts/index.ts';
import { unsaid } from './unsaid.ts';
import { amounts, answers, languageNames, shorthands, words } from './words.ts';

export const en: LanguagePack = {
  tag: 'en',
  name: 'English',
  direction: 'ltr',
  locale: 'en-US',
  signs: null,
  words,
  shorthands,
  languageNames,
  answers,
  smallWords,
  taskFields,
  reasons,
  numerals,
  ordinals,
  limited,
  amounts,
  optOut,
  comments,
  unsaid,
  dates,
  texts,
  pages,
  pageLocale: 'en',
};
