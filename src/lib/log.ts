/** The port of the log: each runtime brings one that writes JSON lines and masks what is private. */
type Write = {
  (detail: object, sentence: string): void;
  (sentence: string): void;
};

export type Log = Readonly<Record<'info' | 'warn' | 'error' | 'fatal', Write>>;
