/**
 * Everything the bot says in English: ICU messages by name. `{currencyWord}` is the city's word for
 * its credits and is always there. Dates are `{start, date, short | medium | long}` ('Nov 28',
 * 'Sat, Nov 28', 'Saturday, November 28, 2026') and `{start, time, short}`. Aim at one SMS.
 */
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

export const en = {
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
} as const;
