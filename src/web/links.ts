/** Addresses at which anybody can read the city's records without asking the city. */

function xrpc(pds: string, method: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(`/xrpc/${method}`, pds);
  url.search = new URLSearchParams(query).toString();
  return url.href;
}

export const listRecordsUrl = (pds: string, did: string, collection: string): string =>
  xrpc(pds, 'com.atproto.repo.listRecords', { repo: did, collection, limit: '100' });

export const describeRepositoryUrl = (pds: string, did: string): string =>
  xrpc(pds, 'com.atproto.repo.describeRepo', { repo: did });

/** All of it, signed, as one CAR file. */
export const repositoryUrl = (pds: string, did: string): string =>
  xrpc(pds, 'com.atproto.sync.getRepo', { did });

/** Where one record is read, from its at:// address; `undefined` when it is no such address. */
export function recordUrl(pds: string, uri: string): string | undefined {
  const parts = /^at:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(uri);
  const [, repo, collection, rkey] = parts ?? [];
  if (repo === undefined || collection === undefined || rkey === undefined) return undefined;
  return xrpc(pds, 'com.atproto.repo.getRecord', { repo, collection, rkey });
}

/** Where people read a Bluesky post, from its at:// address; `undefined` when it is no such address. */
export function postUrl(uri: string): string | undefined {
  const [, did, rkey] =
    /^at:\/\/(did:[a-z]+:[A-Za-z0-9._:%-]+)\/app\.bsky\.feed\.post\/([A-Za-z0-9._~-]+)$/.exec(
      uri,
    ) ?? [];
  return did === undefined || rkey === undefined
    ? undefined
    : `https://bsky.app/profile/${did}/post/${rkey}`;
}
