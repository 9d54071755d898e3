/** The program of the tool `parked`. */
import { parked } from '../tools/parked.ts';
import { machineTool } from './machine-tool.ts';

/** See `machineTool` for what it answers. */
export const runParked = machineTool(parked);
