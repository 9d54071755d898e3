/** Where people read a Bluesky post, from its at:// address; `undefined` when it is no such address. */
export function postUrl(uri: string): string | undefined {
  const [, did, rkey] =
    /^at:\/\/(did:[a-z]+:[A-Za-z0-9._:%-]+)\/app\.bsky\.feed\.post\/([A-Za-z0-9._~-]+)$/.exec(
      uri,
    ) ?? [];
  return did && rkey && `https://bsky.app/profile/${did}/post/${rkey}`;
}
