/** The log of a city on Cloudflare: the lines that pino writes on Node, to the log of the worker. */
import type { LogLevel } from '../config/config.ts';
import { errorLine, HIDDEN, type Log, PRIVATE_PROPERTIES } from '../lib/log.ts';

/** The numbers that pino gives to the levels. */
const LEVELS: Readonly<Record<LogLevel, number>> = {
  ...{ trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 },
  silent: Number.POSITIVE_INFINITY,
};

// biome-ignore lint/suspicious/noConsole: It is the log of a worker.
const toConsole = (line: string): void => console.log(line);

/** Writes from `level` upward, each line by `write`. */
export function createWorkerLog(level: LogLevel, write = toConsole): Log {
  const writeAt =
    (name: 'info' | 'warn' | 'error' | 'fatal') =>
    (...said: [detail: object, sentence: string] | [sentence: string]): void => {
      if (LEVELS[name] < LEVELS[level]) return;
      const [detail, msg] = said.length === 2 ? said : [{}, said[0]];
      const line = { level: LEVELS[name], time: Date.now() };
      write(asJson({ ...line, ...shown(detail), msg }) ?? JSON.stringify({ ...line, msg }));
    };
  return {
    ...{ info: writeAt('info'), warn: writeAt('warn') },
    ...{ error: writeAt('error'), fatal: writeAt('fatal') },
  };
}

/** Undefined for what cannot be written, such as a circle. */
function asJson(line: object): string | undefined {
  try {
    return JSON.stringify(line);
  } catch {
    return undefined;
  }
}

/** Without what is private, one level down as well, as pino's redaction has it. */
function shown(detail: object): Record<string, unknown> {
  const hide = (one: object): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(one).map(([name, value]) => [
        name,
        PRIVATE_PROPERTIES.includes(name) ? HIDDEN : value,
      ]),
    );
  return Object.fromEntries(
    Object.entries(hide(detail)).map(([name, value]) => {
      if (name === 'err') return [name, errorLine(value)];
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [name, isObject ? hide(value) : value];
    }),
  );
}
