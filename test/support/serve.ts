// What is served by serve.node.ts and serve.workerd.ts. Tests import `#test-serve`; package.json maps it
// to one of them.

export type Answer =
  /** Never answers. */
  | 'hang'
  /** Breaks the connection before the answer. */
  | 'break'
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    };

export type Served = {
  readonly url: string;
  /** Asks it, at its `url`. */
  readonly ask: typeof fetch;
  /** Breaks all connections that are left. */
  readonly close: () => Promise<void>;
};
