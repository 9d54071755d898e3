import type { Context } from '../context.ts';

/** Supposes a person's language, as somebody else knows it: their own first words decide. */
export const supposeLanguage = ({ tx }: Context, personId: number, language: string): void => {
  tx.people.setLanguage(personId, language, false);
};
