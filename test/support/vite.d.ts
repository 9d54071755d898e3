// What the tests use of Vite, which brings them files as text wherever they run.
interface ImportMeta {
  /** Files by their paths, seen from here. The pattern and the options are read before anything runs. */
  glob<T>(
    pattern: string,
    options: { readonly query: '?raw'; readonly import: 'default'; readonly eager: true },
  ): Readonly<Record<string, T | undefined>>;
}
