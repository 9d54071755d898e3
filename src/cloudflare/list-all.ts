/** Everything in a bucket whose key begins with `prefix`, page by page. */
export async function listAll(bucket: R2Bucket, prefix = ''): Promise<readonly R2Object[]> {
  const found: R2Object[] = [];
  let cursor: string | undefined;
  do {
    const page = await bucket.list({ prefix, ...(cursor !== undefined && { cursor }) });
    found.push(...page.objects);
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return found;
}
