/** The program of the tool `books`. */
import { books } from '../tools/books.ts';
import { machineTool } from './machine-tool.ts';

/** See `machineTool` for what it answers. */
export const runBooks = machineTool(books);
