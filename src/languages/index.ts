/** All languages there are. Another one is a folder beside these, and a line here. */
import { en } from './en/index.ts';
import { es } from './es/index.ts';
import type { LanguagePack } from './language.ts';

export const LANGUAGES: readonly LanguagePack[] = [en, es];

/** What operators and carriers read in forms, logs and messages: 'Spanish'. */
export const nameInEnglish = (tag: string): string =>
  new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
