/** Addresses at which anybody can read the city's records without asking the city. */

export function xrpcUrl(pds: string, method: string, query: Record<string, string>): string {
  return new URL(`/xrpc/${method}?${new URLSearchParams(query)}`, pds).href;
}

/** Where one record is read, from its at:// address; `undefined` when it is no such address. */
export function recordUrl(pds: string, uri: string): string | undefined {
  const parts = /^at:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(uri);
  const [, repo, collection, rkey] = parts ?? [];
  if (repo === undefined || collection === undefined || rkey === undefined) return undefined;
  return xrpcUrl(pds, 'com.atproto.repo.getRecord', { repo, collection, rkey });
}
