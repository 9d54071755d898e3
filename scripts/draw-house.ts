// `node scripts/draw-house.ts` draws the house in docs/architecture.md from the table of imports.
// An arrow leads to what a room may import; what it may reach by way of others has no arrow.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Run } from './run.ts';

type Row = {
  readonly name: string;
  readonly of: string;
  readonly may: readonly string[];
  readonly mayTypes?: readonly string[];
};

const PAGE = 'docs/architecture.md';
const DRAWING = /```mermaid\n[\s\S]*?```/;
const { TABLE } = await import(resolve('.dependency-cruiser.mjs'));
const rows: readonly Row[] = TABLE;

/** A path that a pattern of the table takes: `src/lib/clock.ts` for `^src/lib/(clock|text)[.]ts$`. */
const pathLike = (pattern: string): string =>
  pattern
    .replace(/\[\^[^\]]*\]\+/g, 'name')
    .replace(/\(([^|)]*)[^)]*\)/g, '$1')
    .replace(/\|.*/, '')
    .replaceAll('[.]', '.')
    .replace(/[$^]/g, '');

const roomsOf = (patterns: readonly string[]): readonly string[] =>
  rows
    .filter(({ of }) => patterns.some((pattern) => new RegExp(of).test(pathLike(pattern))))
    .map(({ name }) => name);

/** The rooms that a room may import, by their names. */
const importsOf = (row: Row): ReadonlySet<string> =>
  new Set(roomsOf(row.may).filter((name) => name !== row.name));

const imports = new Map(rows.map((row) => [row.name, importsOf(row)]));

function reaches(from: string, to: string): boolean {
  const next = imports.get(from) ?? new Set();
  return next.has(to) || [...next].some((name) => reaches(name, to));
}

function arrowsOf({ name, mayTypes = [] }: Row): readonly string[] {
  const next = [...(imports.get(name) ?? [])];
  const direct = next.filter((to) => !next.some((other) => other !== to && reaches(other, to)));
  const types = roomsOf(mayTypes).filter((to) => to !== name && !reaches(name, to));
  return [
    ...direct.map((to) => `  ${name} --> ${to}`),
    ...types.map((to) => `  ${name} -. types .-> ${to}`),
  ];
}

const drawing = (): string =>
  ['```mermaid', 'flowchart TD', ...rows.flatMap(arrowsOf), '```'].join('\n');

/** Whether the page shows the house as the table has it. */
export async function houseCurrent(): Promise<Run> {
  const succeeded = (await readFile(PAGE, 'utf8')).includes(drawing());
  return { succeeded, output: succeeded ? '' : `${PAGE} shows another house than the table.\n` };
}

if (import.meta.main) {
  const page = await readFile(PAGE, 'utf8');
  await writeFile(PAGE, page.replace(DRAWING, drawing()));
}
