// What stands in a repository, read from outside as anybody can.
export type PublicRecord = { readonly uri: string; readonly cid: string; readonly value: object };

/** Every record of a collection, oldest key first. */
export async function listRecords(
  pds: string,
  did: string,
  collection: string,
): Promise<PublicRecord[]> {
  const found: PublicRecord[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ repo: did, collection, limit: '100', reverse: 'true' });
    if (cursor !== undefined) query.set('cursor', cursor);
    const response = await fetch(`${pds}/xrpc/com.atproto.repo.listRecords?${query}`);
    const page = (await response.json()) as { records: PublicRecord[]; cursor?: string };
    found.push(...page.records);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}
