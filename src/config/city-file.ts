/** The city's configuration, checked: what is wrong is said in one sentence that names the setting. */
import * as z from 'zod';
import { BUDGETS, type BudgetPolicy } from '../domain/budgets.ts';
import type { City } from '../domain/city.ts';
import { LANGUAGES } from '../languages/index.ts';
import { AboutSchema } from './about.ts';
import { AreasSchema } from './areas.ts';
import { PlacesSchema } from './places.ts';
import { ConfigError } from './variables.ts';

const TAGS = LANGUAGES.map(({ tag }) => tag);
const LISTED_TAGS = TAGS.map((tag) => `"${tag}"`).join(' and ');

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const words = (what: string, max: number) =>
  z
    .string({ error: `${what} must be a text in quotes` })
    .trim()
    .min(1, { error: `${what} must not be empty` })
    .max(max, { error: `${what} may have ${max} characters at most` });

const whole = (what: string, min: number, max: number) =>
  z
    .number({ error: `${what} must be a whole number` })
    .int({ error: `${what} must be a whole number` })
    .min(min, { error: `${what} must be ${min} or more` })
    .max(max, { error: `${what} must be ${max} or less` });

/** Hours of the day, by the name of their field. */
const hours = (name: string) =>
  z
    .strictObject(
      {
        from: whole(`"${name}.from"`, 0, 23),
        to: whole(`"${name}.to"`, 1, 24),
      },
      { error: `"${name}" must be like { "from": 9, "to": 20 }` },
    )
    .refine(({ from, to }) => from < to, {
      error: `"${name}.from" must be before "${name}.to"`,
    });

/** A limit of 0 would answer nobody. */
const BUDGET_MAX = 1_000_000_000;
const POLICIES = Object.values(BUDGETS).flatMap(({ windows }) =>
  windows.map(({ policy }): BudgetPolicy => policy),
);
const budgets = z.strictObject(
  Object.fromEntries(
    POLICIES.map((name) => [name, whole(`"policies.budgets.${name}"`, 1, BUDGET_MAX).optional()]),
  ) as Record<BudgetPolicy, z.ZodOptional<z.ZodNumber>>,
  { error: '"policies.budgets" must be a group of settings in braces' },
);

const CitySchema = z.strictObject(
  {
    name: words('"name" (the city)', 60),
    timeZone: z
      .string({ error: '"timeZone" must be a text such as "America/Los_Angeles"' })
      .refine(isTimeZone, {
        error: '"timeZone" must be a time zone such as "America/Los_Angeles"',
      }),
    languages: z
      .array(z.enum(TAGS, { error: `"languages" may hold ${LISTED_TAGS}` }), {
        error: `"languages" must be a list such as ${JSON.stringify(TAGS)}`,
      })
      .min(1, { error: '"languages" must hold at least one language' })
      .refine((list) => new Set(list).size === list.length, {
        error: '"languages" names a language twice',
      }),
    currencyWord: words('"currencyWord" (the word for credits)', 16),
    operator: words('"operator" (who runs this)', 100),
    contact: words('"contact" (how to reach the operator)', 100),
    areas: AreasSchema,
    places: PlacesSchema.optional(),
    contactHours: hours('contactHours'),
    serviceHours: hours('serviceHours').optional(),
    about: AboutSchema.optional(),
    policies: z.strictObject(
      {
        rejectionPolicy: z.enum(['withhold', 'credit'], {
          error: '"policies.rejectionPolicy" must be "withhold" or "credit"',
        }),
        reviewDeadlineHours: whole('"policies.reviewDeadlineHours"', 1, 24 * 30),
        codeMinutes: whole('"policies.codeMinutes"', 1, 72 * 60),
        liveCodesMax: whole('"policies.liveCodesMax"', 1, 10),
        inviteDays: whole('"policies.inviteDays"', 1, 30),
        cityCap: whole('"policies.cityCap"', 0, 1_000_000_000),
        sessionMinutes: whole('"policies.sessionMinutes"', 1, 24 * 60),
        keepMessagesDays: whole('"policies.keepMessagesDays"', 8, 3650).default(90),
        budgets: budgets.optional(),
      },
      { error: '"policies" must be a group of settings in braces' },
    ),
  },
  { error: 'it must be one group of settings in braces' },
);

/** The sentence for the first thing that is wrong. */
function sentenceOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0]].join('.');
    return `"${path}" is not a setting: is it a typing error?`;
  }
  return issue?.message ?? 'it cannot be read';
}

/** Reads the text of `city.json`; `path` is named in what is thrown. */
export function readCity(text: string, path: string): City {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(`${path} is not valid JSON: look for a missing comma, quote or brace.`, {
      cause,
    });
  }
  const parsed = CitySchema.safeParse(raw);
  if (!parsed.success) throw new ConfigError(`In ${path}, ${sentenceOf(parsed.error)}.`);
  return parsed.data;
}
