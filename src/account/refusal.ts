/** Says what a refusal means for whoever runs the city, and whether it may be over by itself. */
import type { Refused } from './answer.ts';

export type Trouble = {
  /** For people: what is wrong, where, and what to do. */
  readonly reason: string;
  /** Only new settings help, and those come with a new start. */
  readonly isFinal: boolean;
};

/** The account lives on another server by now, so that this program does not even ask the old one. */
export const ACCOUNT_MOVED = 'AccountMoved';

/** Refusals of the PDS that are about the account, whatever was asked. */
const OF_ACCOUNT: Readonly<Record<string, string>> = {
  [ACCOUNT_MOVED]:
    'The account of the city lives on another server now. Set BLUESKY_SERVICE to it and ' +
    'BLUESKY_PASSWORD to an app password made there, and start anew.',
  AccountTakedown:
    'The PDS has taken the account of the city down. Ask those who run the PDS to restore it.',
  RepoTakendown:
    'The PDS has taken the repository of the city down. Ask those who run the PDS to restore it.',
  AccountSuspended: 'The PDS has suspended the account of the city. Ask those who run the PDS why.',
  RepoSuspended: 'The PDS has suspended the account of the city. Ask those who run the PDS why.',
  AccountDeactivated: 'The account of the city is deactivated. Activate it again.',
  RepoDeactivated: 'The account of the city is deactivated. Activate it again.',
};

/** Refusals of a sign-in that only other settings end. */
const OF_SETTINGS: Readonly<Record<string, string>> = {
  AuthenticationRequired:
    'The PDS does not accept BLUESKY_IDENTIFIER with BLUESKY_PASSWORD. Set an app password of ' +
    'the account and start anew.',
  AuthFactorTokenRequired:
    'The account asks for a code by e-mail at sign-in. Set BLUESKY_PASSWORD to an app password, ' +
    'which needs none, and start anew.',
};

/** Refusals of this program itself that end publishing: something else was meant to be written. */
const FINAL = ['OtherAccount', 'OtherCid'];

export const isAboutAccount = (code: string): boolean => Object.hasOwn(OF_ACCOUNT, code);

/** Whether a batch with other records would be refused just the same. */
export const isAboutAll = ({ code }: Refused): boolean =>
  isAboutAccount(code) || Object.hasOwn(OF_SETTINGS, code) || FINAL.includes(code);

export function troubleOf({ code, message }: Refused): Trouble {
  // A server chooses the code: it could be `constructor`.
  const settings = Object.hasOwn(OF_SETTINGS, code) ? OF_SETTINGS[code] : undefined;
  if (settings !== undefined) return { reason: `${code}: ${settings}`, isFinal: true };
  const account = isAboutAccount(code) ? OF_ACCOUNT[code] : undefined;
  if (account !== undefined) return { reason: `${code}: ${account}`, isFinal: false };
  return { reason: `${code}: ${message}`, isFinal: FINAL.includes(code) };
}
