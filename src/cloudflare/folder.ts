/** A folder of a bucket, as a bucket: each city of a worker has one of its own. */

/** `folder` ends with a slash; the whole bucket where it is empty. */
export function folderIn(bucket: R2Bucket, folder: string): R2Bucket {
  if (folder === '') return bucket;
  return {
    get: (key) => bucket.get(folder + key),
    put: (key, bytes, options) => bucket.put(folder + key, bytes, options),
    delete: (key) => bucket.delete(folder + key),
    list: async ({ prefix = '', ...options }) => {
      const listed = await bucket.list({ ...options, prefix: folder + prefix });
      const objects = listed.objects.map(({ key, size }) => ({
        ...{ key: key.slice(folder.length), size },
      }));
      return { ...listed, objects };
    },
  };
}
