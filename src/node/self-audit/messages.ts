/** What the city and the process of its self-audit tell one another. */
import type { Comparison } from './compare.ts';

export type SelfAuditTask = {
  readonly did: string;
  readonly plcUrl: string;
  readonly blueskyService: string;
  readonly databasePath: string;
  /** Holds what is fetched for as long as the audit takes. */
  readonly folder: string;
  /** When it began (ms): what was published later is not looked at. */
  readonly before: number;
  /** Also fetch every picture. */
  readonly withPictures: boolean;
};

export type SelfAuditResult = Comparison & {
  /** How many broken links the audit found, by their codes. */
  readonly findings: Readonly<Record<string, number>>;
};

/** The result, or why there is none. */
export type SelfAuditNews = SelfAuditResult | { readonly error: string };
