// What stands in a repository, read from outside as anybody can.
import { MemoryBlockstore, Repo, readCarWithRoot, verifyRepoCar } from '@atproto/repo';

export type PublicRecord = {
  readonly uri: string;
  readonly cid: string;
  readonly value: Readonly<Record<string, unknown>>;
};

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
    const page = await ask<{ records: PublicRecord[]; cursor?: string }>(
      `${pds}/xrpc/com.atproto.repo.listRecords?${query}`,
    );
    found.push(...page.records);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

type Where = { readonly pds: string; readonly plc: string; readonly did: string };

/**
 * The whole repository: fetched as CAR, its signature and its tree verified with the key that the
 * PLC directory names, and every record that it has also fetched from the PDS by itself. Throws
 * when the two do not agree.
 */
export async function fetchRepository({ pds, plc, did }: Where) {
  const { verificationMethods } = await ask<{ verificationMethods: { atproto: string } }>(
    `${plc}/${did}/data`,
  );
  const response = await fetch(`${pds}/xrpc/com.atproto.sync.getRepo?did=${did}`);
  const car = new Uint8Array(await response.arrayBuffer());
  const { creates } = await verifyRepoCar(car, did, verificationMethods.atproto);

  const listed = new Map<string, PublicRecord>();
  for (const collection of new Set(creates.map((record) => record.collection))) {
    for (const record of await listRecords(pds, did, collection)) listed.set(record.uri, record);
  }
  const records = creates.map(({ collection, rkey, cid }) => {
    const record = listed.get(`at://${did}/${collection}/${rkey}`);
    if (record?.cid !== cid.toString()) throw new Error(`The PDS lists another ${rkey}.`);
    return record;
  });
  if (records.length !== listed.size) throw new Error('The PDS lists records that are not there.');
  return {
    car,
    records,
    /** Those of a collection, oldest key first. */
    of: (collection: string): readonly PublicRecord[] =>
      records
        .filter(({ uri }) => uri.split('/')[3] === collection)
        .toSorted((one, other) => (one.uri < other.uri ? -1 : 1)),
    /** One record, as anybody asks for it by its address. */
    record: (uri: string): Promise<PublicRecord> => {
      const [, , repo = '', collection = '', rkey = ''] = uri.split('/');
      const query = new URLSearchParams({ repo, collection, rkey });
      return ask(`${pds}/xrpc/com.atproto.repo.getRecord?${query}`);
    },
    /** Everything that stands in it as one text, the decoded blocks of the CAR among it. */
    text: async (): Promise<string> => {
      const { root, blocks } = await readCarWithRoot(car);
      const repo = await Repo.load(new MemoryBlockstore(blocks), root);
      const values: unknown[] = [];
      for await (const entry of repo.walkRecords()) values.push(entry);
      return JSON.stringify([values, records]);
    },
    blob: async (cid: string): Promise<Uint8Array> => {
      const query = new URLSearchParams({ did, cid });
      const blob = await fetch(`${pds}/xrpc/com.atproto.sync.getBlob?${query}`);
      if (!blob.ok) throw new Error(`The PDS has no blob ${cid}.`);
      return new Uint8Array(await blob.arrayBuffer());
    },
  };
}

export type PublicRepository = Awaited<ReturnType<typeof fetchRepository>>;

async function ask<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}.`);
  return (await response.json()) as T;
}
