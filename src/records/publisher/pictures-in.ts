const BLOB = '"$type":"blob"';

/** The CIDs of the pictures that a record (JSON) refers to. */
export function picturesIn(value: string): readonly string[] {
  if (!value.includes(BLOB)) return [];
  const found: string[] = [];
  JSON.parse(value, (_key, part) => {
    if (part?.$type === 'blob' && typeof part.ref?.$link === 'string') found.push(part.ref.$link);
    return part;
  });
  return found;
}
