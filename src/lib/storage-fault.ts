/** Tells apart what a disk or a database refuses from what the program itself did wrong. */

/** Codes of the system for a disk that is full, broken or read-only, or files that cannot be opened. */
const SYSTEM = /^(ENOSPC|EDQUOT|EIO|EROFS|EMFILE|ENFILE)$/;
/** Codes of SQLite for a database that cannot be read or written just now, whatever is asked of it. */
const SQLITE =
  /^SQLITE_(FULL|IOERR|BUSY|CORRUPT|NOTADB|READONLY|CANTOPEN|PERM|NOMEM|LOCKED|PROTOCOL|INTERRUPT)/;
/** A Durable Object says the code at the end of the message only. */
const AT_THE_END = /: (SQLITE_[A-Z_]+)$/;

/**
 * The code of a fault of storage, such as `SQLITE_FULL` or `ENOSPC`, looked for in the causes of an
 * error as well; undefined for any other error. After such a fault SQLite may have undone the whole
 * transaction by itself: nothing that belongs to it may go on.
 */
export function storageFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const named = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const code = named ?? AT_THE_END.exec(error.message)?.[1];
  if (code !== undefined && (SYSTEM.test(code) || SQLITE.test(code))) return code;
  return storageFault(error.cause);
}
