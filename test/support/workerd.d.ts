// What the tests use of the module that exists only inside the workerd project.
declare module 'cloudflare:test' {
  export function createExecutionContext(): ExecutionContext;
  export function runInDurableObject<Instance, Answer>(
    stub: DurableObjectStub,
    run: (instance: Instance, state: DurableObjectState) => Answer | Promise<Answer>,
  ): Promise<Answer>;
  /** Takes an object out of memory; its storage stays. */
  export function evictDurableObject(stub: DurableObjectStub): Promise<void>;
}

interface SqlStorage {
  /** What the database takes, in bytes. */
  readonly databaseSize: number;
}

interface DurableObjectStorage {
  /** Empties the database. */
  deleteAll(): Promise<void>;
}

interface SqlStorageCursor<T extends Record<string, SqlStorageValue>> {
  /** The values of each row, in the order of its columns. */
  raw(): Iterable<readonly SqlStorageValue[]>;
}
