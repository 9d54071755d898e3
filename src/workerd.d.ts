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
  /** A few values by name, beside the tables. */
  readonly kv: {
    get(name: string): unknown;
    put(name: string, value: string): void;
    delete(name: string): boolean;
  };
  /** Removes everything, the tables and the alarm too. */
  deleteAll(): Promise<void>;
  transactionSync<T>(run: () => T): T;
  /** When the alarm is due (ms); null where there is none. */
  getAlarm(): Promise<number | null>;
  setAlarm(at: number): Promise<void>;
}

/** Hears of a promise that failed and that nobody waits for. */
declare function addEventListener(
  type: 'unhandledrejection',
  listener: (event: { readonly reason: unknown; preventDefault(): void }) => void,
): void;

interface DurableObjectState {
  readonly id: DurableObjectId;
  readonly storage: DurableObjectStorage;
  /** Ends the object: the next request begins another one over what it has stored. */
  abort(reason: string): void;
  /** No other request is served until `run` settles; when it rejects, the object starts anew. */
  blockConcurrencyWhile<T>(run: () => Promise<T>): Promise<T>;
}

interface DurableObjectId {
  /** What it was found by; undefined for one without a name. */
  readonly name?: string;
  toString(): string;
}

interface DurableObjectStub {
  fetch(request: Request): Promise<Response>;
  /** A method of `City`, called from outside of the object. */
  wake(): Promise<void>;
}

interface DurableObjectNamespace {
  newUniqueId(): DurableObjectId;
  idFromName(name: string): DurableObjectId;
  get(id: DurableObjectId): DurableObjectStub;
}

interface R2Object {
  readonly key: string;
  readonly size: number;
}

interface R2ObjectBody extends R2Object {
  readonly body: ReadableStream<Uint8Array>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** One page of a list; with `truncated` there is a `cursor` for the next. */
interface R2Objects {
  readonly objects: readonly R2Object[];
  readonly truncated: boolean;
  readonly cursor?: string;
}

interface R2Bucket {
  get(key: string): Promise<R2ObjectBody | null>;
  /** Rejects where the digest (hex) is not that of the bytes. */
  put(key: string, bytes: Uint8Array, options: { readonly sha256: string }): Promise<R2Object>;
  delete(key: string): Promise<void>;
  list(options: {
    readonly prefix?: string;
    readonly cursor?: string;
    readonly limit?: number;
  }): Promise<R2Objects>;
}

/** The cache of one data center, which may forget anything at any time. */
interface WebCache {
  match(address: string): Promise<Response | undefined>;
  /** Keeps it as long as its `cache-control` says. */
  put(address: string, answer: Response): Promise<void>;
  delete(address: string): Promise<boolean>;
}

declare const caches: { open(name: string): Promise<WebCache> };

interface ImageTransformer {
  transform(options: {
    readonly width: number;
    readonly height: number;
    readonly fit: 'scale-down';
  }): ImageTransformer;
  output(options: {
    readonly format: 'image/jpeg';
    readonly quality: number;
    readonly background: string;
    readonly anim: boolean;
  }): Promise<{ response(): Response }>;
}

interface ImagesBinding {
  input(bytes: ReadableStream<Uint8Array>): ImageTransformer;
}

interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void;
}

declare module 'cloudflare:workers' {
  export abstract class DurableObject<Bindings = unknown> {
    protected readonly ctx: DurableObjectState;
    protected readonly env: Bindings;
    constructor(ctx: DurableObjectState, env: Bindings);
  }
  /** Answers calls of other workers and objects; there is a new one for each call. */
  export abstract class WorkerEntrypoint<Bindings = unknown> {
    protected readonly ctx: ExecutionContext;
    protected readonly env: Bindings;
    constructor(ctx: ExecutionContext, env: Bindings);
  }
  /** The bindings of wrangler.toml. */
  export const env: {
    readonly CITY: DurableObjectNamespace;
    /** Pictures that wait for the public record. */
    readonly PICTURES: R2Bucket;
    readonly IMAGES: ImagesBinding;
    readonly BACKUPS: R2Bucket;
    /** The files of the pages. */
    readonly ASSETS: { fetch(request: Request): Promise<Response> };
    /** The entrypoint `Pictures` of this worker. */
    readonly CHECKER: {
      check(
        spoolKey: string,
        folder: string,
      ): ReturnType<import('./city/platform.ts').Platform['checkPicture']>;
    };
  };
}

declare module '*.sql' {
  const statements: string;
  export default statements;
}

declare module '*.wasm' {
  const program: WebAssembly.Module;
  export default program;
}

// What the types of Node do not have of WebAssembly.
// biome-ignore lint/style/noNamespace: The types of Node declare the rest of it as one.
declare namespace WebAssembly {
  type Imports = Readonly<Record<string, object>>;
  class Instance {
    constructor(program: Module, imports: Imports);
    readonly exports: object;
  }
}
