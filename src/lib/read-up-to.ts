/** Reads the body of a request or an answer; undefined for one that is longer than it may be. */
export async function readUpTo(
  bytesMax: number,
  { body }: Pick<Request, 'body'>,
): Promise<Blob | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  // Leaving the loop early also ends the connection.
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return new Blob(chunks);
}
