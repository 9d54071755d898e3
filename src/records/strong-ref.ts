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
