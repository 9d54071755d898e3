/** A reference to one version of a record: where it is, and what it says. */
export type StrongRef = {
  readonly uri: RecordUri;
  readonly cid: string;
};

/** `at://<did>/<collection>/<record key>`. */
export type RecordUri = `at://${string}`;

/** The address of a record in the repository of `did`. */
export const recordUri = (did: string, collection: string, rkey: string): RecordUri =>
  `at://${did}/${collection}/${rkey}`;

const RECORD_CID = /bafyrei[a-z2-7]{52}/g;

/** The CIDs of records in a record's JSON: the versions of others that it refers to. */
export const recordCidsIn = (json: string): readonly string[] => json.match(RECORD_CID) ?? [];

/** A record's JSON with the CID of each record in it that `renew` knows another for. */
export const withRecordCids = (json: string, renew: (cid: string) => string): string =>
  json.replace(RECORD_CID, renew);
