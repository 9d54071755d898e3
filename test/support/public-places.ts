// Everything that anybody can see of a city: its repository as the PDS hands it out, its pages, its
// files of open data; and beside it what operators see, the log and the metrics.
import { OPEN_DATA_PATHS } from '../../src/web/open-data/formats.ts';
import type { PublicRepository } from './repository.ts';
import type { TestSandbox } from './sandbox.ts';

/** Each place by its name, as text or as bytes. */
export async function publicPlaces(
  sandbox: TestSandbox,
  repository: PublicRepository,
): Promise<Readonly<Record<string, string | Uint8Array>>> {
  const pages: Record<string, string> = {};
  const numbers = repository.records.flatMap(({ value }) =>
    typeof value['slots'] === 'number' ? [`/tasks/${value['number']}`] : [],
  );
  const ours = ['/', ...numbers, '/tasks/999', '/nothing-here', '/export/nothing.csv'];
  for (const path of ours) {
    for (const language of ['en', 'es']) {
      const address = `${path}?lang=${language}`;
      pages[`the page ${address}`] = await sandbox.text(address);
    }
  }
  for (const path of [...OPEN_DATA_PATHS, '/healthz', '/metrics', '/sandbox/records']) {
    pages[path] = await sandbox.text(path);
  }
  const blobs: Record<string, Uint8Array> = {};
  for (const cid of picturesIn(repository)) blobs[`picture ${cid}`] = await repository.blob(cid);
  return {
    'the records': await repository.text(),
    'the repository as CAR': repository.car,
    'the log': sandbox.logged(),
    ...pages,
    ...blobs,
  };
}

/** The CIDs of the pictures that evidence refers to. */
export const picturesIn = (repository: PublicRepository): readonly string[] =>
  repository.records.flatMap(({ value }) =>
    Array.isArray(value['content'])
      ? value['content'].map(({ blob }: { blob: { ref: { $link: string } } }) => blob.ref.$link)
      : [],
  );
