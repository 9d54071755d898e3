/** Finds a place where a secret can be shown to the operator without getting into the log. */
import { closeSync, fstatSync, openSync, type Stats, writeSync } from 'node:fs';

type Output = { readonly isTTY?: boolean; readonly write: (text: string) => unknown };
type File = Pick<Stats, 'dev' | 'ino' | 'isSocket'>;

/** What the program writes to; the log goes to the standard error. */
export type Outputs = {
  readonly out: Output;
  readonly err: Output;
  /** What is behind a file descriptor; undefined for a closed one. */
  readonly fileOf: (descriptor: 1 | 2) => File | undefined;
  /** systemd's `JOURNAL_STREAM`: the device and inode of its journal. */
  readonly journal: string | undefined;
  /** The controlling terminal, to be written to once; undefined without one. */
  readonly terminal: () => ((text: string) => void) | undefined;
};

const isJournal = (file: File | undefined, journal: string | undefined): boolean =>
  file !== undefined && journal === `${file.dev}:${file.ino}`;

/** Does what is said on the standard output end up where the log does? */
function isOutLogged({ fileOf, journal }: Outputs): boolean {
  const [out, err] = [fileOf(1), fileOf(2)];
  if (out === undefined) return true;
  if (err !== undefined && out.dev === err.dev && out.ino === err.ino) return true;
  // Each of the two may have a connection of its own to the journal, which names one of them only.
  return isJournal(out, journal) || (isJournal(err, journal) && out.isSocket());
}

/**
 * Writes to the terminal, or to a standard output that is apart from the log for a program that
 * reads it. Undefined where both lead into one stream and there is no terminal: then nothing secret
 * can be said.
 */
export function secretPlace(outputs: Outputs): ((line: string) => void) | undefined {
  const { out, err, terminal } = outputs;
  if (out.isTTY === true) return (line) => void out.write(`${line}\n`);
  if (err.isTTY === true) return (line) => void err.write(`${line}\n`);
  if (!isOutLogged(outputs)) return (line) => void out.write(`${line}\n`);
  const write = terminal();
  return write && ((line) => write(`${line}\n`));
}

const TERMINAL = '/dev/tty';

function writeToTerminal(text: string): void {
  const descriptor = openSync(TERMINAL, 'w');
  try {
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** The outputs of this process. */
export const processOutputs = (): Outputs => ({
  out: process.stdout,
  err: process.stderr,
  fileOf: (descriptor) => {
    try {
      return fstatSync(descriptor);
    } catch {
      return undefined;
    }
  },
  journal: process.env['JOURNAL_STREAM'],
  terminal: () => {
    try {
      closeSync(openSync(TERMINAL, 'w'));
      return writeToTerminal;
    } catch {
      return undefined;
    }
  },
});
