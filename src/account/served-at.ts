/** Bluesky's own servers stand behind one address, where people sign in to all of them. */
const ENTRYWAY = 'bsky.social';
const BEHIND_ENTRYWAY = '.host.bsky.network';

/** Whether an account whose server is `pds` is reached at `service`; both are addresses. */
export function isServedAt(pds: string, service: string): boolean {
  const [own, given] = [new URL(pds), new URL(service)];
  if (own.origin === given.origin) return true;
  return given.hostname === ENTRYWAY && own.hostname.endsWith(BEHIND_ENTRYWAY);
}
