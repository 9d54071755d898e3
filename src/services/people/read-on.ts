import type { Context } from '../context.ts';

type Rest = {
  readonly text: string;
  readonly choices: readonly { readonly label: string; readonly send: string }[];
};

/** What is left of the last long answer to an address; undefined for nothing. */
export function readOn(context: Context, identityId: number): Rest | undefined {
  const rest = context.tx.followUps.get(identityId, context.now)?.rest;
  return rest == null ? undefined : (JSON.parse(rest) as Rest);
}

/** What a number says that stands for something in the last answer to an address. */
export function saidByNumber(
  context: Context,
  identityId: number,
  number: number,
): string | undefined {
  const choices = context.tx.followUps.get(identityId, context.now)?.choices;
  if (choices == null) return undefined;
  return (JSON.parse(choices) as Readonly<Record<string, string>>)[String(number)];
}
