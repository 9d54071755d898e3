// An account read by Hypercerts' own SDK. Its sign-in is OAuth alone, so its repository gets a
// session that fetches as anybody does: what is public needs no more.
import { Repository, type Session } from '@hypercerts-org/sdk-core';
import { NAMES } from './read.ts';

type Read = {
  readonly uri: string;
  readonly cid: string;
  readonly record: Readonly<Record<string, unknown>>;
};

/** Reads an account through the SDK; the calls are its own, page after page. */
export function readerOf({ pds, did }: { readonly pds: string; readonly did: string }) {
  const anybody = { did, sub: did, fetchHandler: fetch } as unknown as Session;
  const repository = new Repository(anybody, pds, did, false);
  return {
    /** The profile as the SDK reads it; null for none. */
    profile: () => repository.profile.getCertifiedProfile(),
    activities: (pageSize = 1): Promise<readonly Read[]> =>
      everyPage((cursor) =>
        repository.hypercerts.list({
          limit: pageSize,
          ...(cursor === undefined ? {} : { cursor }),
        }),
      ) as Promise<readonly Read[]>,
    activity: (uri: string) => repository.hypercerts.get(uri),
    /**
     * By its calls for any record: those for collections and projects ask for the name that
     * collections had before, `org.hypercerts.claim.collection`.
     */
    projects: async (): Promise<readonly Read[]> => {
      const found = await everyPage((cursor) =>
        repository.records.list({
          collection: NAMES.project,
          ...(cursor === undefined ? {} : { cursor }),
        }),
      );
      return found
        .map(({ uri, cid, value }) => ({ uri, cid, record: value as Read['record'] }))
        .filter(({ record }) => record['type'] === 'project');
    },
    repository,
  };
}

async function everyPage<T>(
  page: (
    cursor: string | undefined,
  ) => Promise<{ readonly records: readonly T[]; readonly cursor?: string | undefined }>,
): Promise<readonly T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const { records, cursor: next } = await page(cursor);
    found.push(...records);
    cursor = next;
  } while (cursor !== undefined);
  return found;
}
