/** A program that counts the statements of a whole loop and of BALANCE, and tells its parent. */
import { countStatements } from '../statements.ts';

export type StatementFigures = {
  readonly ofLoop: number;
  readonly commitsOfLoop: number;
  readonly ofBalance: number;
};

const counted = await countStatements();
const loop = counted.filter(({ message }) => !message.startsWith('BALANCE'));
const figures: StatementFigures = {
  ofLoop: loop.reduce((sum, { statements }) => sum + statements.length, 0),
  commitsOfLoop: loop.reduce((sum, { commits }) => sum + commits, 0),
  ofBalance: counted.find(({ message }) => message === 'BALANCE')?.statements.length ?? Number.NaN,
};
process.send?.(figures, () => process.disconnect());
