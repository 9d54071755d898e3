/** What a record says, in one line for people who look at the public record as it grows. */

type Value = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const listOf = (value: unknown): readonly Value[] => (Array.isArray(value) ? value : []);

const SUMMARIES: Readonly<Record<string, (value: Value) => string>> = {
  'org.city-sync.civic.city': (value) => textOf(value['name']),
  'org.city-sync.civic.partner': (value) =>
    `${textOf(value['name'])}: ${textOf(value['kind'])}, ${textOf(value['status'])}`,
  'org.city-sync.civic.epoch': (value) => {
    const [city] = listOf(value['caps']);
    return city === undefined
      ? textOf(value['name'])
      : `${textOf(value['name'])}: at most ${city['amount']} ${textOf(city['creditKind'])}`;
  },
  'app.certified.location': (value) => textOf(value['name']),
  'org.city-sync.civic.task': (value) =>
    `#${value['number']} ${textOf(value['title'])}, ${textOf(value['status'])}`,
  'org.city-sync.civic.claim': (value) =>
    `${textOf(value['participant'])}: ${textOf(value['status'])}`,
  'org.hypercerts.context.attachment': (value) => textOf(value['title']),
  'org.hypercerts.context.evaluation': (value) => textOf(value['summary']).split('\n')[0] ?? '',
  'org.city-sync.civic.transfer': (value) =>
    `#${value['position']} ${textOf(value['code'])} ${value['amount']} ${textOf(value['creditKind'])}`,
  'org.city-sync.civic.offer': (value) =>
    `#${value['number']} ${textOf(value['title'])}, ${value['credits']} ${textOf(value['creditKind'])}`,
  'org.city-sync.civic.redemption': () => 'honored',
  'org.hypercerts.claim.activity': (value) =>
    `${textOf(value['title'])}, done by ${listOf(value['contributors']).length}`,
};

/** Nothing private can be in it, since nothing private is in a record. */
export const summaryOf = (collection: string, value: Value): string =>
  SUMMARIES[collection]?.(value) ?? '';
