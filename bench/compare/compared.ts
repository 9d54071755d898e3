/** The figures that can be compared: what each gives, and how a version is measured for it. */
import type { ComparedName } from '../arguments.ts';
import { measureHttp } from '../http.ts';
import type { LoopFigures } from '../loops.ts';
import { figuresOf } from '../programs.ts';
import { benchSmsWebhook } from '../sms.ts';
import { benchWebhook } from '../telegram.ts';
import type { StatementFigures } from './count-statements.ts';

export type Amounts = {
  readonly seconds: number;
  readonly connections: number;
  /** Loops of each of 64 people. */
  readonly loops: number;
};

export const amountsOf = (isQuick: boolean): Amounts => ({
  seconds: isQuick ? 1 : 5,
  connections: 64,
  loops: isQuick ? 2 : 20,
});

export type Compared = {
  /** What the values are, in their order. */
  readonly values: readonly string[];
  /** NaN for a value that the version does not tell. */
  readonly measure: (tree: URL, amounts: Amounts) => Promise<readonly number[]>;
  /** It is the same at every run, so that one is enough. */
  readonly isCounted?: true;
};

/** What one of them takes, whatever else the machine does. */
const PROCESSOR = '  µs of a processor each';

/** What was measured while requests failed, or none was answered, says nothing. */
function answered<Figures extends { readonly failures: number }>(
  figures: Figures,
  perSecond: (figures: Figures) => number,
): Figures {
  const { failures } = figures;
  if (failures > 0) throw new Error(`${failures} requests failed.`);
  if (perSecond(figures) === 0) throw new Error('No request was answered in time.');
  return figures;
}

const requests = (figures: { readonly requestsPerSecond: number }) => figures.requestsPerSecond;
const replies = (figures: { readonly repliesPerSecond: number }) => figures.repliesPerSecond;

export const COMPARED: Readonly<Record<ComparedName, Compared>> = {
  loops: {
    values: ['whole loops a second', PROCESSOR],
    measure: async (tree, { loops }) => {
      const figures = await figuresOf<Partial<LoopFigures>>('bench/loops.ts', [loops], tree);
      const { loopsPerSecond = Number.NaN, processorUs = Number.NaN } = figures;
      return [loopsPerSecond, processorUs];
    },
  },
  balance: {
    values: ['BALANCE over HTTP, % of b', 'BALANCE over HTTP a second', PROCESSOR],
    measure: async (tree, { seconds, connections }) => {
      const http = { seconds, connections, tree };
      const insert = answered(await measureHttp({ kind: 'insert', ...http }), requests);
      const balance = answered(await measureHttp({ kind: 'sandbox', ...http }), requests);
      const share = (100 * balance.requestsPerSecond) / insert.requestsPerSecond;
      return [share, balance.requestsPerSecond, balance.processorUs];
    },
  },
  sms: {
    values: ['replies to SMS a second', PROCESSOR],
    measure: async (tree, amounts) => {
      const sms = answered(await benchSmsWebhook({ ...amounts, tree }), replies);
      return [sms.repliesPerSecond, sms.processorUs];
    },
  },
  telegram: {
    values: ['replies on Telegram a second', PROCESSOR],
    measure: async (tree, amounts) => {
      const telegram = answered(await benchWebhook({ ...amounts, tree }), replies);
      return [telegram.repliesPerSecond, telegram.processorUs];
    },
  },
  statements: {
    values: ['statements of a loop', 'commits of a loop', 'statements of BALANCE'],
    measure: async (tree) => {
      const program = 'bench/compare/count-statements.ts';
      const counted = await figuresOf<StatementFigures>(program, [], tree);
      return [counted.ofLoop, counted.commitsOfLoop, counted.ofBalance];
    },
    isCounted: true,
  },
};
