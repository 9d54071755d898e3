/** The pages' languages: their texts, numbers and dates, and which one a visitor reads. */
import { ownDigits } from './digits.ts';
import type { Language, LanguagePack, PageKey } from './language.ts';

/** Looks a text up and fills in its `{name}` places. */
export type Translate = (
  key: PageKey,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** A language as pages speak it. */
export type PageLanguage = Pick<LanguagePack, 'tag' | 'direction'> & {
  /** For dates and grouped numbers. */
  readonly locale: string;
  readonly t: Translate;
  readonly texts: LanguagePack['pages'];
  /** A number that names something, without any grouping. */
  readonly digits: (number: number) => string;
  /** All languages there are, by what they call themselves. */
  readonly all: readonly Pick<LanguagePack, 'tag' | 'name'>[];
};

export type PageLanguages = {
  readonly all: readonly PageLanguage[];
  /** `?lang` decides; else the first of Accept-Language, by weight, that there is; else the first. */
  readonly choose: (asked: string | undefined, accepted: string | undefined) => PageLanguage;
};

/** No header that means anything names more. */
const ACCEPTED_MAX = 20;

export function createPageLanguages(languages: readonly LanguagePack[]): PageLanguages {
  const all = languages.map((language) => pageLanguage(language, languages));
  const [first] = all;
  if (first === undefined) throw new Error('createPageLanguages: no language');
  const known = (tag: string | undefined): PageLanguage | undefined => {
    const primary = tag?.trim().toLowerCase().split('-')[0];
    return all.find((language) => language.tag === primary);
  };
  return {
    all,
    choose: (asked, accepted) =>
      known(asked) ?? acceptedTags(accepted).map(known).find(Boolean) ?? first,
  };
}

function pageLanguage(
  { tag, direction, pageLocale, pages: texts }: LanguagePack,
  all: readonly LanguagePack[],
): PageLanguage {
  const digits = (number: number): string => ownDigits(pageLocale, String(number));
  const shown = (value: string | number): string =>
    typeof value === 'number' ? digits(value) : value;
  return {
    tag,
    direction,
    locale: pageLocale,
    texts,
    digits,
    all,
    t: (key, values = {}) =>
      texts[key].replace(/\{(\w+)\}/g, (place, name: string) => shown(values[name] ?? place)),
  };
}

/** The tags of an Accept-Language header, the most wanted first. */
const acceptedTags = (accepted = ''): Language[] =>
  accepted
    .split(',')
    .slice(0, ACCEPTED_MAX)
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';');
      const quality = parameters.map((text) => text.trim()).find((text) => text.startsWith('q='));
      return { tag, weight: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
