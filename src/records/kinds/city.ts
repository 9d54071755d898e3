import * as lexicon from '../../lexicons/org/city-sync/civic/city.defs.ts';
import { type DelegationFacts, delegation } from './delegation.ts';
import { cut, type Times, times } from './fields.ts';

/** The key of the one city record of a repository. */
export const CITY_KEY = 'self';

export type CityFacts = Times & {
  readonly name: string;
  /** IANA, such as `America/Los_Angeles`. */
  readonly timeZone: string;
  /** BCP 47; the first is the default. */
  readonly languages: readonly string[];
  /** Each kind of credit with the word that people read for it. */
  readonly creditKinds: readonly { readonly kind: string; readonly name: string }[];
  readonly operator: { readonly name: string; readonly contact: string };
  readonly policies: {
    readonly rejectionPolicy: 'withhold' | 'credit';
    readonly reviewDeadlineHours: number;
    readonly codeLifeMinutes: number;
  };
  /** Everybody who may act for the city or might, oldest first. */
  readonly admins?: readonly DelegationFacts[];
};

/** The record of the city itself: who runs it, in which languages, by which policies. */
export const city = {
  lexicon,
  build: ({ admins = [], ...city }: CityFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    name: cut(city.name, 64, 640),
    timeZone: city.timeZone,
    languages: [...city.languages],
    creditKinds: city.creditKinds.map(({ kind, name }) => ({ kind, name: cut(name, 32, 320) })),
    operator: {
      name: cut(city.operator.name, 128, 1280),
      contact: cut(city.operator.contact, 500, 500),
    },
    policies: { ...city.policies },
    ...(admins.length === 0 ? {} : { admins: admins.map(delegation) }),
    ...times(city),
  }),
  summarize: ({ name }: lexicon.Main) => name,
} as const;
