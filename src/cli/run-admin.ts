/** The program of the tool `admin`. */
import { admin } from '../tools/admin.ts';
import { machineTool } from './machine-tool.ts';

/** See `machineTool` for what it answers. */
export const runAdmin = machineTool(admin);
