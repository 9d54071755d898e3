/** Reads the body of a request as text; undefined for one that is longer than it may be. */
export async function readUpTo(
  bytesMax: number,
  { body }: Pick<Request, 'body'>,
): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > bytesMax) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
