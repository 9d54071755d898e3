// What every program that tests start has in its environment.

/** Where it finds Node, and what Node has compiled of the same sources before. */
export const OF_PROGRAMS: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
};
