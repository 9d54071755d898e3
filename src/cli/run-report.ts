/** The program of the tool `report`. */
import { report } from '../tools/report.ts';
import { machineTool } from './machine-tool.ts';

/** See `machineTool` for what it answers. */
export const runReport = machineTool(report);
