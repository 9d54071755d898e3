import type { LanguagePack } from '../language.ts';
import { comments } from './comments.ts';
import { dates } from './dates.ts';
import { optOut } from './opt-out.ts';
import { es as pages } from './pages.ts';
import { reasons } from './reasons.ts';
import { limited, numerals, ordinals, smallWords, taskFields } from './small-words.ts';
import { es as texts } from './texts/index.ts';
import { unsaid } from './unsaid.ts';
import { amounts, answers, languageNames, shorthands, words } from './words.ts';

export const es: LanguagePack = {
  tag: 'es',
  name: 'Español',
  direction: 'ltr',
  // Of the Americas: 1,234.5 as in English, not 1.234,5.
  locale: 'es-MX',
  signs: /[ñ¿¡]/iu,
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
  pageLocale: 'es',
};
