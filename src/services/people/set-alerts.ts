import type { Context } from '../context.ts';

/** Which new tasks an address gets texts about: undefined for none, null for all, else a kept filter. */
export function seeAlerts({ tx }: Context, identityId: number): string | null | undefined {
  const identity = tx.identities.get(identityId);
  return identity?.alertsAt == null ? undefined : identity.alertsFilter;
}

/**
 * Turns texts about new tasks on or off here, of all tasks or of those that suit a kept filter. The
 * wording is kept as the person read it.
 */
export function setAlerts(
  { tx, now }: Context,
  identityId: number,
  {
    isOn,
    wording,
    filter = null,
  }: { readonly isOn: boolean; readonly wording: string; readonly filter?: string | null },
): void {
  tx.identities.setAlerts(identityId, isOn ? now : null, isOn ? filter : null);
  tx.consents.add({ identityId, kind: 'alerts', wording, at: now });
}

/** Changes of which tasks an address hears that gets such texts already. */
export function changeAlerts({ tx }: Context, identityId: number, filter: string | null): void {
  const alertsAt = tx.identities.get(identityId)?.alertsAt ?? null;
  if (alertsAt !== null) tx.identities.setAlerts(identityId, alertsAt, filter);
}
