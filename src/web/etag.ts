/** Does the reader have the version `etag`? Proxies that compress make an ETag weak. */
export const isKnown = (ifNoneMatch: string | undefined, etag: string | undefined): boolean =>
  (ifNoneMatch ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
