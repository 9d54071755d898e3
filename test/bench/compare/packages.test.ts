import { expect, test } from 'vitest';
import { differing } from '../../../bench/compare/packages.ts';

const here: Readonly<Record<string, string>> = {
  hono: '4.13.19',
  renamed: '0.13.0',
  types: '24.1.0',
};
const differingFrom = (wanted: Parameters<typeof differing>[0]) =>
  differing(wanted, (name) => here[name]);

test('a version that pins what is here needs nothing', () => {
  const dependencies = { hono: '4.13.19', renamed: 'npm:@scope/name@0.13.0', types: '24' };
  expect(differingFrom({ dependencies })).toEqual([]);
  expect(differingFrom({})).toEqual([]);
});

test('what is not here, or here in another version, is named', () => {
  const dependencies = { hono: '4.13.18', dropped: '1.0.0', renamed: 'npm:@scope/name@0.14.0' };
  expect(differingFrom({ dependencies })).toEqual(['hono', 'dropped', 'renamed']);
});
