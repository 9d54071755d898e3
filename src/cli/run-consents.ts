/** The program of the tool `consents`. */
import { consents } from '../tools/consents.ts';
import { machineTool } from './machine-tool.ts';

/** See `machineTool` for what it answers. */
export const runConsents = machineTool(consents, { toFile: true });
