/** The texts of the pages: which languages there are, which one a visitor reads, filling in. */
import { en, type PageKey, type PageTexts } from './en/pages.ts';
import { es } from './es/pages.ts';

export type PageLanguage = 'en' | 'es';

export const PAGE_LANGUAGES = ['en', 'es'] as const satisfies readonly PageLanguage[];
export const catalogs: Readonly<Record<PageLanguage, PageTexts>> = { en, es };

/** What a language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<PageLanguage, string>> = {
  en: 'English',
  es: 'Español',
};

/** Looks a text up and fills in its `{name}` places. */
export type Translate = (
  key: PageKey,
  values?: Readonly<Record<string, string | number>>,
) => string;

export const translator = (language: PageLanguage): Translate => {
  const texts = catalogs[language];
  return (key, values = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
};

const known = (tag: string | undefined): PageLanguage | undefined => {
  const primary = tag?.trim().toLowerCase().split('-')[0];
  return PAGE_LANGUAGES.find((language) => language === primary);
};

/** `?lang` decides; else the first language of Accept-Language, by weight, that we have; else English. */
export function pageLanguage(
  asked: string | undefined,
  accepted: string | undefined,
): PageLanguage {
  const wanted = (accepted ?? '')
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag, ...parameters] = part.split(';');
      const quality = parameters.map((text) => text.trim()).find((text) => text.startsWith('q='));
      const weight = quality === undefined ? 1 : Number(quality.slice(2));
      return { language: known(tag), weight };
    })
    .filter(({ language, weight }) => language !== undefined && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return known(asked) ?? wanted[0]?.language ?? 'en';
}
