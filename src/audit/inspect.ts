/** Goes through any record: its texts, its references, and fields that its lexicon does not know. */

export type Ref = { readonly uri: string; readonly cid: string };

const utf8 = new TextDecoder();

/** Told with the property of the record that it is in, at whatever depth. */
export type Seen = {
  readonly text: (text: string, property: string) => void;
  readonly reference: (ref: Ref, property: string) => void;
};

/** Goes through a record; what is in it was bounded in depth when it was decoded. */
export function inspect(record: Readonly<Record<string, unknown>>, seen: Seen): void {
  for (const property in record) look(record[property], property, seen);
}

function look(value: unknown, property: string, seen: Seen): void {
  if (typeof value === 'string') {
    seen.text(value, property);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Uint8Array) {
    // No lexicon of ours has bytes: whoever put them there may have written in them.
    seen.text(utf8.decode(value), property);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) look(item, property, seen);
    return;
  }
  // The link of a blob: it has methods, which no record's own object has.
  if (typeof (value as { readonly equals?: unknown }).equals === 'function') return;
  const { uri, cid } = value as Partial<Ref>;
  if (typeof uri === 'string' && typeof cid === 'string') seen.reference({ uri, cid }, property);
  for (const [key, item] of Object.entries(value)) {
    // A field's name is a text as well, where no lexicon gave it.
    seen.text(key, property);
    look(item, property, seen);
  }
}

/** As much of a schema as tells which properties it knows. */
type Schema = {
  readonly type?: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly schema?: Schema;
  readonly validator?: Schema;
  readonly validators?: readonly Schema[];
  readonly $type?: string;
};

/** How many properties a record has, at any depth, that its lexicon does not know. */
export function countUnknown(value: unknown, schema: unknown): number {
  return count(value, schema as Schema);
}

function count(value: unknown, schema: Schema | undefined): number {
  if (typeof value !== 'object' || value === null || schema === undefined) return 0;
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return 0;
    return value.reduce<number>((sum, item) => sum + count(item, schema.validator), 0);
  }
  const inner = schema.validator ?? schema.schema;
  if (inner !== undefined) return count(value, inner);
  if (schema.validators !== undefined) {
    const { $type } = value as { readonly $type?: unknown };
    return count(
      value,
      schema.validators.find((one) => one.$type === $type),
    );
  }
  const { shape } = schema;
  if (shape === undefined) return 0;
  let unknown = 0;
  for (const [key, item] of Object.entries(value)) {
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (known !== undefined) unknown += count(item, known);
    else if (key !== '$type') unknown += 1;
  }
  return unknown;
}
