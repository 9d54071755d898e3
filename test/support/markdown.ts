// Just enough of Markdown to hold our own pages to what the code says.

/** The text without what is in code blocks, fenced or indented. */
export const proseOf = (page: string): string =>
  page.replace(/^```[\s\S]*?^```$/gm, '').replace(/^ {4}.*$/gm, '');

/** What is marked as code within lines. */
export const codeIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** Where links and pictures lead. */
export const targetsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)].map(([, link, src]) => link ?? src ?? '');

/** The rows of the first table below a heading, by cells, without its head; throws without one. */
export function tableBelow(page: string, heading: string): readonly (readonly string[])[] {
  const start = `\n${page}`.indexOf(`\n${heading}\n`);
  const [table] = /(?:^\|.*\|\n)+/m.exec(page.slice(start)) ?? [];
  if (start === -1 || table === undefined) throw new Error(`No table below "${heading}".`);
  const [, , ...rows] = table.trim().split('\n');
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}
