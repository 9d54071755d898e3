// Reading records as a stranger does: everything is optional, and nothing is trusted to have a shape.
// Nothing here comes from the code that writes them.

/** A record as `com.atproto.repo.listRecords` hands it out, with its address taken apart. */
export type ClientRecord = {
  readonly uri: string;
  readonly cid: string;
  readonly collection: string;
  readonly rkey: string;
  readonly value: Fields;
};

export type Fields = Readonly<Record<string, unknown>>;
export type Kind = keyof typeof NAMES;

/** The names under which all clients look. */
export const NAMES = {
  profile: 'app.certified.actor.profile',
  organization: 'app.certified.actor.organization',
  location: 'app.certified.location',
  activity: 'org.hypercerts.claim.activity',
  project: 'org.hypercerts.collection',
  attachment: 'org.hypercerts.context.attachment',
  evaluation: 'org.hypercerts.context.evaluation',
} as const;

/** Takes a record's address apart. */
export function recordOf({ uri, cid, value }: Omit<ClientRecord, 'collection' | 'rkey'>) {
  const [, , , collection = '', rkey = ''] = uri.split('/');
  return { uri, cid, collection, rkey, value } satisfies ClientRecord;
}

/** Those of a collection, in the order of their keys. */
export const ofKind = (records: readonly ClientRecord[], kind: Kind): readonly ClientRecord[] =>
  records
    .filter(({ collection }) => collection === NAMES[kind])
    .toSorted((one, other) => (one.rkey < other.rkey ? -1 : 1));

export const ownerOf = (uri: string): string => uri.split('/')[2] ?? '';

/** A text that has something in it. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const list = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.map(fields) : [];

/** The addresses that a list of strong references names. */
export const urisIn = (value: unknown): readonly string[] =>
  list(value).flatMap(({ uri }) => text(uri) ?? []);

/** The CID of a blob, and nothing for whatever else stands there. */
export const blobCid = (value: unknown): string | undefined =>
  text(fields(fields(value)['ref'])['$link']);

/** A picture is an address, or an envelope with a blob in it; a bare blob is none to either client. */
export function pictureOf(value: unknown): string | undefined {
  const picture = fields(value);
  if (picture['$type'] === 'org.hypercerts.defs#uri') return text(picture['uri']);
  return blobCid(picture['image']);
}

/** The words of a document of blocks; nothing where it is none. */
export function documentText(value: unknown): string | undefined {
  const document = fields(value);
  if (document['$type'] !== 'pub.leaflet.pages.linearDocument') return undefined;
  return text(
    list(document['blocks'])
      .flatMap(({ block }) => wordsOf(fields(block)))
      .join('\n'),
  );
}

function wordsOf(block: Fields): readonly string[] {
  const own = text(block['plaintext']);
  const below = list(block['children']).flatMap((item) => [
    ...wordsOf(fields(item['content'])),
    ...wordsOf(item),
  ]);
  return own === undefined ? below : [own, ...below];
}

type Point = { readonly latitude: number; readonly longitude: number };

/** Where on earth a location is; only `coordinate-decimal`, latitude first, says it. */
function pointOf(location: Fields | undefined): Point | undefined {
  if (location?.['locationType'] !== 'coordinate-decimal') return undefined;
  const parts = (text(fields(location['location'])['string']) ?? '').split(',').map(Number);
  const [latitude = Number.NaN, longitude = Number.NaN] = parts;
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return parts.length === 2 && isOnEarth ? { latitude, longitude } : undefined;
}

export type Place = { readonly name: string; readonly point: Point | undefined };

/** The places that a list of strong references names, as far as they are there. */
export function placesOf(references: unknown, records: readonly ClientRecord[]): readonly Place[] {
  return urisIn(references).flatMap((uri) => {
    const found = ofKind(records, 'location').find((record) => record.uri === uri);
    if (found === undefined) return [];
    return [{ name: text(found.value['name']) ?? '', point: pointOf(found.value) }];
  });
}

/** What stands in the one record of its kind. */
export const selfOf = (records: readonly ClientRecord[], kind: Kind): Fields | undefined =>
  ofKind(records, kind).find(({ rkey }) => rkey === 'self')?.value;

/** The items of a collection, in its order. */
export const itemsOf = ({ value }: ClientRecord): readonly string[] =>
  urisIn(list(value['items']).map(({ itemIdentifier }) => itemIdentifier));

/** The address of what an evaluation is about. */
export const subjectOf = ({ value }: ClientRecord): string =>
  text(fields(value['subject'])['uri']) ?? '';

/** Addresses that occur more than once. */
export const repeated = (uris: readonly string[]): readonly string[] => [
  ...new Set(uris.filter((uri, at) => uris.indexOf(uri) !== at)),
];
