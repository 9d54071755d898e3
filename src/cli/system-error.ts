/** What the system refuses in its own words, such as a file that may not be read, told in one line. */
import { printable } from '../audit/report.ts';

/** Undefined for what is no refusal of the system but a fault of the program. */
export function systemSentence(error: unknown): string | undefined {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  if (!/^E[A-Z\d]+$|^SQLITE_/.test(code)) return undefined;
  return `The system refused: ${printable(message)}`;
}
