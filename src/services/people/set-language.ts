import type { Context } from '../context.ts';

/** Settles a person's language, by their own words or wish. */
export const setLanguage = ({ tx }: Context, personId: number, language: string): void => {
  tx.people.setLanguage(personId, language, true);
};
