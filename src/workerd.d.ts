// What the project uses of workerd, typed here by hand. The full set of types
// (@cloudflare/workers-types) declares the web globals a second time, beside @types/node.

type SqlStorageValue = ArrayBuffer | string | number | null;

interface SqlStorageCursor<T extends Record<string, SqlStorageValue>> extends Iterable<T> {
  one(): T;
  toArray(): T[];
  readonly columnNames: readonly string[];
}

interface SqlStorage {
  exec<T extends Record<string, SqlStorageValue>>(
    query: string,
    ...bindings: readonly SqlStorageValue[]
  ): SqlStorageCursor<T>;
}

interface DurableObjectStorage {
  readonly sql: SqlStorage;
  transactionSync<T>(run: () => T): T;
}

/** Hears of a promise that failed and that nobody waits for. */
declare function addEventListener(
  type: 'unhandledrejection',
  listener: (event: { readonly reason: unknown; preventDefault(): void }) => void,
): void;

interface DurableObjectState {
  readonly storage: DurableObjectStorage;
  /** No other request is served until `run` settles; when it rejects, the object starts anew. */
  blockConcurrencyWhile<T>(run: () => Promise<T>): Promise<T>;
}

interface DurableObjectId {
  toString(): string;
}

interface DurableObjectStub {
  fetch(request: Request): Promise<Response>;
}

interface DurableObjectNamespace {
  newUniqueId(): DurableObjectId;
  idFromName(name: string): DurableObjectId;
  get(id: DurableObjectId): DurableObjectStub;
}

declare module 'cloudflare:workers' {
  export abstract class DurableObject<Bindings = unknown> {
    protected readonly ctx: DurableObjectState;
    protected readonly env: Bindings;
    constructor(ctx: DurableObjectState, env: Bindings);
  }
  /** The bindings of wrangler.toml. */
  export const env: { readonly CITY: DurableObjectNamespace };
}

declare module '*.sql' {
  const statements: string;
  export default statements;
}
