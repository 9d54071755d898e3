/** The photos in a backup: those that nobody has seen come back from the PDS, each a page of its own. */
import type { PrivatePage } from '../store/private-data.ts';

type PhotoPage = {
  readonly kind: 'photo';
  /** The key under which the spool had it. */
  readonly spoolKey: string;
  readonly base64: string;
};

/** What is in a chunk of a backup. */
export type BackupPage = PrivatePage | PhotoPage;

/** Adds the photos that the pages name, each before its page; one that is gone is safe by then. */
export async function* withPhotos(
  pages: Iterable<PrivatePage>,
  readPhoto: (spoolKey: string) => Promise<Uint8Array | undefined>,
): AsyncGenerator<BackupPage> {
  for (const page of pages) {
    for (const { spoolKey } of page.kind === 'photos' ? page.rows : []) {
      if (typeof spoolKey !== 'string') continue;
      const bytes = await readPhoto(spoolKey);
      if (bytes === undefined) continue;
      yield { kind: 'photo', spoolKey, base64: Buffer.from(bytes).toString('base64') };
    }
    yield page;
  }
}

/** Hands the photos over, and passes on the rest. */
export async function* withoutPhotos(
  pages: AsyncIterable<BackupPage>,
  keep: (spoolKey: string, bytes: Uint8Array) => Promise<void>,
): AsyncGenerator<PrivatePage> {
  for await (const page of pages) {
    if (page.kind === 'photo') await keep(page.spoolKey, Buffer.from(page.base64, 'base64'));
    else yield page;
  }
}
