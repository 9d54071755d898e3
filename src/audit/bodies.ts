/** Bodies of answers from servers that strangers chose: never more of them than was asked for. */

/** The body of an answer; throws when it is longer than `bytesMax`. */
export async function readUpTo(
  response: Response,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > bytesMax) throw new Error(`its server sends more than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** A `fetch` whose answers are read at once, and fail when they are longer than `bytesMax`. */
export const limitFetch =
  (ask: typeof fetch, bytesMax: number): typeof fetch =>
  async (input, init) => {
    const response = await ask(input, init);
    return response.ok ? new Response(await readUpTo(response, bytesMax)) : response;
  };
