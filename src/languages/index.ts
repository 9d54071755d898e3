/** All languages there are. Another one is a folder beside these, and a line here. */
import { en } from './en/index.ts';
import { es } from './es/index.ts';
import type { LanguagePack } from './language.ts';

export const LANGUAGES: readonly LanguagePack[] = [en, es];
