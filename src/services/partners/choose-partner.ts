import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { foldWords } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import { actingForPartners, forgetRoles } from '../roles.ts';

/** The organizations that a person acts for, with what they are there; the chosen ones first. */
export type OwnPartner = { readonly name: string; readonly roles: readonly string[] };

/** Lists the organizations that a person acts for, oldest delegation first. */
export function seeOwnPartners(context: Context, personId: number): readonly OwnPartner[] {
  const names = new Map<string, string[]>();
  for (const { role, partner } of actingForPartners(context, personId)) {
    names.set(partner.name, [...(names.get(partner.name) ?? []), role]);
  }
  return [...names].map(([name, roles]) => ({ name, roles: [...new Set(roles)] }));
}

/**
 * From now on a person acts for this organization, until they choose another. Its name may be
 * shortened where that leaves no doubt.
 */
export function choosePartner(
  context: Context,
  personId: number,
  typedName: string,
): Result<OwnPartner, Refusal<'as-unknown'>> {
  const { tx, now } = context;
  const typed = foldWords(typedName);
  const own = seeOwnPartners(context, personId);
  const exact = own.filter(({ name }) => foldWords(name) === typed);
  const near = own.filter(({ name }) => foldWords(name).includes(typed));
  const [chosen, ...others] = exact.length > 0 ? exact : near;
  if (typed === '' || chosen === undefined || others.length > 0) return refuse('as-unknown');
  const all = actingForPartners(context, personId);
  const kinds = all.filter(({ partner }) => partner.name === chosen.name);
  for (const { id, partner } of all) {
    if (!kinds.some((one) => one.partner.kind === partner.kind)) continue;
    tx.partners.choose(id, partner.name === chosen.name ? now : null);
  }
  forgetRoles(context);
  return ok(chosen);
}
