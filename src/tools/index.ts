/** The tools that work on the machine of a city as well as in a worker. */
import { admin } from './admin.ts';
import { books } from './books.ts';
import { consents } from './consents.ts';
import { parked } from './parked.ts';
import { report } from './report.ts';
import type { Tool } from './tool.ts';

export const TOOLS: readonly Tool[] = [admin, books, consents, parked, report];
