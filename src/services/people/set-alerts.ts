import type { Context } from '../context.ts';

/** Does an address get texts about new tasks? */
export const hasAlerts = ({ tx }: Context, identityId: number): boolean =>
  (tx.identities.get(identityId)?.alertsAt ?? null) !== null;

/** Turns texts about new tasks on or off here; the wording is kept as the person read it. */
export function setAlerts(
  { tx, now }: Context,
  identityId: number,
  { isOn, wording }: { readonly isOn: boolean; readonly wording: string },
): void {
  tx.identities.setAlerts(identityId, isOn ? now : null);
  tx.consents.add({ identityId, kind: 'alerts', wording, at: now });
}
