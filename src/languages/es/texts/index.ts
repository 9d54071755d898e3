/** Everything the bot says in Spanish: the same names as in English. */
import type { en } from '../../en/texts/index.ts';
import { admin } from './admin.ts';
import { authority } from './authority.ts';
import { books } from './books.ts';
import { city } from './city.ts';
import { machine } from './machine.ts';
import { notices } from './notices.ts';
import { organizer } from './organizer.ts';
import { people } from './people.ts';
import { privacy } from './privacy.ts';
import { redeemer } from './redeemer.ts';
import { refusals } from './refusals.ts';
import { resident } from './resident.ts';

export const es: Readonly<Record<keyof typeof en, string>> = {
  ...city,
  ...resident,
  ...organizer,
  ...notices,
  ...redeemer,
  ...admin,
  ...books,
  ...authority,
  ...people,
  ...refusals,
  ...machine,
  ...privacy,
};
