/** The languages a person can choose. A city names those it offers in its configuration. */
export type Language = 'en' | 'es';

export const LANGUAGES: readonly Language[] = ['en', 'es'];
