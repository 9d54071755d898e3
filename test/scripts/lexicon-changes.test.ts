import { describe, expect, it } from 'vitest';
import { brokenBy, type Lexicon } from '../../scripts/lexicon-changes.ts';

const FILE = 'lexicons/org/city-sync/civic/task.json';

/** A lexicon with every kind of thing that can change. */
const task = () => ({
  lexicon: 1,
  id: 'org.city-sync.civic.task',
  description: 'What it is.',
  defs: {
    main: {
      type: 'record',
      description: 'Work.',
      key: 'tid',
      record: {
        type: 'object',
        required: ['title', 'status'],
        nullable: ['credits'],
        properties: {
          title: { type: 'string', minLength: 1, maxLength: 2000, maxGraphemes: 200 },
          status: { type: 'string', knownValues: ['open', 'closed'], maxLength: 64 },
          credits: { type: 'integer', minimum: 1, maximum: 1000 },
          startsAt: { type: 'string', format: 'datetime' },
          caps: { type: 'array', maxLength: 10, items: { type: 'ref', ref: '#cap' } },
          where: { type: 'union', refs: ['#cap', 'app.certified.location'] },
          photo: { type: 'blob', accept: ['image/jpeg'], maxSize: 1000 },
        },
      },
    },
    cap: { type: 'object', properties: { amount: { type: 'integer' } } },
  },
});
type Task = ReturnType<typeof task>;

/** The lexicon with one thing changed. */
function changed(change: (lexicon: Task) => unknown): Lexicon {
  const lexicon = structuredClone(task());
  change(lexicon);
  return lexicon;
}
const properties = (lexicon: Task) => lexicon.defs.main.record.properties;
const remove = (from: object, name: string) => Reflect.deleteProperty(from, name);

describe('a new version of a lexicon', () => {
  it.each<[string, (lexicon: Task) => unknown]>([
    ['nothing', () => undefined],
    ['another description', (it) => Object.assign(it.defs.main, { description: 'Civic work.' })],
    ['no description', (it) => remove(it, 'description')],
    ['an optional property', (it) => Object.assign(properties(it), { post: { type: 'string' } })],
    ['a known value', (it) => properties(it).status.knownValues.push('paused')],
    ['known values', (it) => Object.assign(properties(it).title, { knownValues: ['a'] })],
    ['a definition', (it) => Object.assign(it.defs, { more: { type: 'token' } })],
    ['one more type in an open union', (it) => properties(it).where.refs.push('#more')],
    [
      'an open union said to be open',
      (it) => Object.assign(properties(it).where, { closed: false }),
    ],
    [
      'its own definition by the full name',
      (it) => Object.assign(properties(it).caps.items, { ref: 'org.city-sync.civic.task#cap' }),
    ],
    ['another order of required', (it) => it.defs.main.record.required.reverse()],
  ])('may have %s', (_, change) => {
    expect(brokenBy([task()], [changed(change)])).toEqual([]);
  });

  it.each<[string, (lexicon: Task) => unknown, string]>([
    ['no definition', (it) => remove(it.defs, 'cap'), 'defs.cap: the definition was removed'],
    [
      'another key',
      (it) => Object.assign(it.defs.main, { key: 'any' }),
      'defs.main: key was "tid", is "any"',
    ],
    [
      'a definition of another type',
      (it) => Object.assign(it.defs.main, { type: 'object' }),
      'defs.main: type was "record", is "object"',
    ],
    [
      'a property less',
      (it) => remove(properties(it), 'startsAt'),
      'defs.main.startsAt: the property was removed',
    ],
    [
      'a property of another type',
      (it) => Object.assign(properties(it), { credits: { type: 'string' } }),
      'defs.main.credits: type was "integer", is "string"',
    ],
    [
      'a property that must be there',
      (it) => it.defs.main.record.required.push('credits'),
      'defs.main.credits: became required',
    ],
    [
      'a property that may be missing',
      (it) => it.defs.main.record.required.pop(),
      'defs.main.status: is no longer required',
    ],
    [
      'a property that may be null',
      (it) => it.defs.main.record.nullable.push('title'),
      'defs.main.title: became nullable',
    ],
    [
      'a property that may not be null',
      (it) => it.defs.main.record.nullable.pop(),
      'defs.main.credits: is no longer nullable',
    ],
    [
      'less room',
      (it) => Object.assign(properties(it).title, { maxLength: 1000 }),
      'defs.main.title: maxLength was 2000, is 1000',
    ],
    [
      'more room',
      (it) => Object.assign(properties(it).title, { maxGraphemes: 300 }),
      'defs.main.title: maxGraphemes was 200, is 300',
    ],
    [
      'a limit less',
      (it) => remove(properties(it).title, 'minLength'),
      'defs.main.title: minLength was 1, is not given',
    ],
    [
      'a limit more',
      (it) => Object.assign(properties(it).startsAt, { maxLength: 64 }),
      'defs.main.startsAt: maxLength was not given, is 64',
    ],
    [
      'another smallest number',
      (it) => Object.assign(properties(it).credits, { minimum: 0 }),
      'defs.main.credits: minimum was 1, is 0',
    ],
    [
      'another largest number',
      (it) => Object.assign(properties(it).credits, { maximum: 10 }),
      'defs.main.credits: maximum was 1000, is 10',
    ],
    [
      'another format',
      (it) => Object.assign(properties(it).startsAt, { format: 'uri' }),
      'defs.main.startsAt: format was "datetime", is "uri"',
    ],
    [
      'a closed list of values',
      (it) => Object.assign(properties(it).status, { enum: ['open'] }),
      'defs.main.status: enum was not given, is ["open"]',
    ],
    [
      'a known value less',
      (it) => properties(it).status.knownValues.shift(),
      'defs.main.status: the known value open was removed',
    ],
    [
      'no known values',
      (it) => remove(properties(it).status, 'knownValues'),
      'defs.main.status: the known value open was removed',
    ],
    [
      'another value where none is given',
      (it) => Object.assign(properties(it).credits, { default: 5 }),
      'defs.main.credits: default was not given, is 5',
    ],
    [
      'more items',
      (it) => Object.assign(properties(it).caps, { maxLength: 20 }),
      'defs.main.caps: maxLength was 10, is 20',
    ],
    [
      'other items',
      (it) => Object.assign(properties(it).caps.items, { ref: '#limit' }),
      'defs.main.caps[]: ref was "#cap", is "#limit"',
    ],
    [
      'items of another type',
      (it) => Object.assign(properties(it).caps, { items: { type: 'string' } }),
      'defs.main.caps[]: type was "ref", is "string"',
    ],
    [
      'a type less in a union',
      (it) => properties(it).where.refs.pop(),
      'defs.main.where: app.certified.location was removed',
    ],
    [
      'a closed union',
      (it) => Object.assign(properties(it).where, { closed: true }),
      'defs.main.where: closed was not given, is true',
    ],
    [
      'another kind of picture',
      (it) => properties(it).photo.accept.push('image/png'),
      'defs.main.photo: accept was ["image/jpeg"], is ["image/jpeg","image/png"]',
    ],
    [
      'another property within',
      (it) => remove(it.defs.cap.properties, 'amount'),
      'defs.cap.amount: the property was removed',
    ],
  ])('may not have %s', (_, change, broken) => {
    expect(brokenBy([task()], [changed(change)])[0]).toBe(`${FILE}: ${broken}`);
  });

  it('is told everything that it breaks', () => {
    const after = changed((it) => {
      remove(properties(it), 'photo');
      Object.assign(properties(it), { picture: { type: 'blob' } });
      it.defs.main.record.required.push('picture');
    });
    expect(brokenBy([task()], [after])).toEqual([
      `${FILE}: defs.main.picture: became required`,
      `${FILE}: defs.main.photo: the property was removed`,
    ]);
  });

  it('may come, and may not go', () => {
    expect(brokenBy([], [task()])).toEqual([]);
    expect(brokenBy([task()], [])).toEqual([`${FILE}: the lexicon was removed`]);
  });
});
