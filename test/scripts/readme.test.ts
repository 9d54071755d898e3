// What the pages for people say about the code is true.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withDatabase } from '#test-store';
import { commands } from '../../commands/index.ts';
import { FINDING_CODES } from '../../src/audit/findings.ts';
import { ABOUT_SETTINGS } from '../../src/config/about.ts';
import { readCity, readEnvironment, readNetwork } from '../../src/config/config.ts';
import type { Command } from '../../src/conversation/command.ts';
import { createMatcher } from '../../src/conversation/words.ts';
import { BUDGETS } from '../../src/domain/budgets.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { createTexts } from '../../src/languages/texts.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { COLLECTION_NAMES } from '../../src/records/kinds/index.ts';
import { OPEN_DATA_FILES, OPEN_DATA_NAMES } from '../../src/records/open-data/files.ts';
import { sandboxRoutes } from '../../src/sandbox/page/routes.ts';
import { createStore } from '../../src/store/store.ts';
import { createWeb } from '../../src/web/app.ts';
import { createHealthMetrics } from '../../src/web/health-metrics.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { OPEN_DATA_PATHS } from '../../src/web/open-data/formats.ts';
import { homeReads } from '../support/home-view.ts';
import { codeIn, proseOf, tableBelow, targetsIn } from '../support/markdown.ts';
import { memoryPageData } from '../support/memory-page-data.ts';
import { openDataParts } from '../support/open-data.ts';

const PAGES = [
  'README.md',
  'CHANGES.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/accounts.md',
  'docs/authority.md',
  'docs/commands.md',
  'docs/budgets.md',
  'docs/configuration.md',
  'docs/http.md',
  'docs/languages.md',
  'docs/scripts.md',
  'docs/sms.md',
  'docs/audit.md',
  'docs/network.md',
  'docs/bluesky.md',
  'docs/open-data.md',
  'docs/operations.md',
  'docs/reliability.md',
  'docs/scale.md',
  'docs/telegram.md',
  'docs/telegram.es.md',
  'lexicons/README.md',
] as const;
const read = (path: string): string => readFileSync(path, 'utf8');
const list: readonly Command[] = commands;

/** Names of files and folders; `/healthz` and the like are no files. */
const PATH = /^[\w.-]+(?:\/[\w.-]+)*\/?$/;
const FILE_NAME = /\.(?:ts|js|mjs|json|jsonc|md|toml|png|sql)$/;
/** What `npm run build` makes is not there before. */
const IS_MADE = /^dist\//;
const isPath = (code: string): boolean =>
  PATH.test(code) && !IS_MADE.test(code) && (code.includes('/') || FILE_NAME.test(code));

describe.each(PAGES)('%s', (page) => {
  const text = read(page);

  it('names files and folders that are there', () => {
    const named = codeIn(proseOf(text)).filter(isPath);
    const isThere = (path: string) => existsSync(path) || existsSync(join(dirname(page), path));
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it('leads to pages and pictures that are there', () => {
    const targets = targetsIn(proseOf(text)).filter((target) => !/^(?:https?:|#)/.test(target));
    expect(targets.filter((path) => !existsSync(join(dirname(page), path)))).toEqual([]);
  });

  it('names scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      ([, run, short]) => run ?? short ?? '',
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('the table of what people can say', () => {
  const rows = tableBelow(read('docs/commands.md'), '# What people can say');
  const matcher = createMatcher(list, LANGUAGES);
  const texts = createTexts({ timeZone: 'UTC', currencyWord: 'CITY' }, LANGUAGES);
  const mainWords = list.flatMap(({ name }) => LANGUAGES.map(({ tag }) => texts.word(tag, name)));
  /** A command's word, which may be several. */
  const firstWord = (cell = ''): string => {
    const [first = ''] = codeIn(cell);
    const words = mainWords.filter((word) => first === word || first.startsWith(`${word} `));
    return words.toSorted((one, other) => other.length - one.length)[0] ?? first;
  };

  it('has every command once, with its main words and who may say it', () => {
    const told = rows.map(([who, english, spanish]) => [
      who,
      firstWord(english),
      firstWord(spanish),
    ]);
    const spoken = list.map(({ who, name }) => [
      who,
      ...LANGUAGES.map(({ tag }) => texts.word(tag, name)),
    ]);
    expect(told.toSorted()).toEqual(spoken.toSorted());
  });

  it.each(rows)('%s: what it gives as %s and %s is understood as the same command', (...row) => {
    const [, english = '', spanish = ''] = row;
    const said = [...codeIn(english), ...codeIn(spanish)];
    expect(said.length).toBeGreaterThan(1);
    const command = list.find(({ name }) => texts.word('en', name) === firstWord(english));
    for (const text of said) expect(matcher.match(text)?.command.name, text).toBe(command?.name);
  });
});

describe('the scripts', () => {
  it('are all there, once each', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const told = tableBelow(read('docs/scripts.md'), '# Scripts').map(
      ([first = '']) => /npm (?:run )?([\w:]+)/.exec(first)?.[1],
    );
    expect(told.toSorted()).toEqual(Object.keys(scripts).toSorted());
  });
});

describe('the table of budgets', () => {
  it('has every limit with its standard', () => {
    const windows: Readonly<Record<number, string>> = {
      [MINUTE_MS]: 'minute',
      [HOUR_MS]: 'hour',
      [DAY_MS]: 'day',
    };
    const limits = Object.entries(BUDGETS).flatMap(([name, budget]) =>
      budget.windows.map(({ policy, ms, standard }) => [
        name,
        policy,
        String(standard),
        windows[ms] ?? '',
      ]),
    );
    const told = tableBelow(read('docs/budgets.md'), '## The table').map(
      ([name = '', , , policy = '', standard = '', window = '']) => [
        ...codeIn(name),
        ...codeIn(policy),
        standard,
        window,
      ],
    );
    expect(told).toEqual(limits);
  });
});

describe('the promises', () => {
  it.each(tableBelow(read('docs/reliability.md'), '## The promises'))(
    '%s: has a figure, and what shows it',
    (_, figure = '', shown = '') => {
      expect(figure).not.toBe('');
      if (figure !== 'not shown yet') expect(shown).toMatch(/^`(?:npm run |test\/)/);
    },
  );
});

describe('the configuration', () => {
  const namesIn = (heading: string): string[] =>
    tableBelow(read('docs/configuration.md'), heading).flatMap(([first = '']) => [
      ...codeIn(first),
    ]);

  it('has every setting of city.json', () => {
    const {
      policies,
      contactHours,
      serviceHours = {},
      ...rest
    } = readCity(read('city.json'), 'city.json');
    const settings = [
      ...Object.keys(rest),
      ...ABOUT_SETTINGS.map((name) => `about.${name}`),
      ...Object.keys(policies).map((name) => `policies.${name}`),
      ...Object.keys(contactHours).map((name) => `contactHours.${name}`),
      ...Object.keys(serviceHours).map((name) => `serviceHours.${name}`),
    ];
    expect(namesIn('## The city: `city.json`').toSorted()).toEqual(settings.toSorted());
  });

  it('has every variable that is read', () => {
    const asked = new Set<string>();
    const variables = new Proxy<Record<string, string | undefined>>(
      {},
      {
        get: (_, name) => {
          asked.add(String(name));
          return GIVEN[String(name)];
        },
      },
    );
    readEnvironment(variables);
    readNetwork(variables);
    expect(namesIn('## Environment').toSorted()).toEqual([...asked].toSorted());
  });
});

/** With these every channel is on, and asks for the rest. */
const GIVEN: Readonly<Record<string, string>> = {
  SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
  PUBLIC_URL: 'https://city.example',
  BLUESKY_IDENTIFIER: 'city.example',
  BLUESKY_PASSWORD: 'x',
  TELEGRAM_BOT_TOKEN: '1:AAAAAAAAAAAA',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'x',
  TWILIO_FROM: '+15105550199',
};

describe('the audit', () => {
  it('is told with every code that a finding can have', () => {
    const told = tableBelow(read('docs/audit.md'), '## What can be broken').flatMap(
      ([first = '']) => [...codeIn(first)],
    );
    expect(told).toEqual(Object.keys(FINDING_CODES));
  });
});

describe('the lexicons', () => {
  it('are told by every collection that a city writes', () => {
    const told = tableBelow(read('lexicons/README.md'), '# Lexicons').flatMap(([first = '']) => [
      ...codeIn(first),
    ]);
    expect(told.toSorted()).toEqual([...COLLECTION_NAMES].toSorted());
  });
});

const unused = (): never => {
  throw new Error('Nobody asks for it here.');
};

describe('what is told about a running city', () => {
  it('has only requests that are answered', () => {
    const { routes } = createWeb({
      health: () => ({ ok: true }),
      metrics: () => '',
      home: homeReads(),
      calendar: { task: () => undefined, tasks: () => [], areas: [], publicUrl: undefined },
      seeSign: () => undefined,
      openData: openDataParts(),
      assets: new Map(),
      desk: {
        port: { read: unused, write: unused, act: unused },
        readPicture: unused,
      },
      sandbox: sandboxRoutes(memoryPageData()),
    });
    // What a part of a path may look like is told in the code alone.
    const answered = routes.map(
      ({ method, path }) => `${method} ${path.replace(/\{(?:[^{}]|\{[^}]*\})*\}/g, '')}`,
    );
    const told = tableBelow(read('docs/http.md'), '# Over HTTP').flatMap(([first = '']) => [
      ...codeIn(first),
    ]);
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((request) => !answered.includes(request))).toEqual([]);
  });

  it.each(OPEN_DATA_NAMES)('has every column of %s, in its order', (name) => {
    const told = tableBelow(read('docs/open-data.md'), `## ${name}`);
    expect(told.flatMap(([first = '']) => [...codeIn(first)])).toEqual(
      OPEN_DATA_FILES[name].columns,
    );
  });

  it('has every file of open data, with the kind of record that is in it', () => {
    const told = tableBelow(read('docs/open-data.md'), '# Open data');
    expect(told.flatMap(([first = '']) => [...codeIn(first)])).toEqual(OPEN_DATA_PATHS);
    expect(told.flatMap(([, , record = '']) => [...codeIn(record)])).toEqual(
      OPEN_DATA_NAMES.map((name) => OPEN_DATA_FILES[name].collection),
    );
  });

  it('has every metric', () =>
    withDatabase(async (db, inTransaction) => {
      const store = createStore(db, inTransaction);
      const text = await createMetrics({
        read: store.read,
        now: () => 0,
        memory: () => 1,
        lastBackup: () => null,
        texts: { dayOf: () => '1970-01-01', perDay: 1 },
      }).text();
      const health = createHealthMetrics({
        findings: () => ({}),
        channels: [],
        storage: () => ({ writeFault: undefined, damage: undefined, free: {} as never }),
      });
      const metrics = [...`${text}${await health.text()}`.matchAll(/^# TYPE (\S+) /gm)].map(
        ([, name]) => name,
      );
      const told = tableBelow(read('docs/operations.md'), '## Metrics').flatMap(([first = '']) => [
        ...codeIn(first),
      ]);
      expect(told.toSorted()).toEqual(metrics.toSorted());
    }));
});
