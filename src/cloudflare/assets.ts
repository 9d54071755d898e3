/** The files of the pages, which are deployed beside the worker. */
import type { Assets } from '../web/assets.ts';

/** Those of `src/web/client/`, which the worker cannot list. */
const ASSET_NAMES = [
  ...(['base.css', 'desk.css', 'desk.js', 'icon.svg', 'public.css', 'theme.js'] as const),
  'tokens.css',
] as const;

/**
 * Reads those with these names, or all of a city where they are left out. Rejects where one is
 * missing: the worker was deployed without it.
 */
export async function readAssets(
  files: { readonly fetch: (request: Request) => Promise<Response> },
  names: readonly string[] = ASSET_NAMES,
): Promise<Assets> {
  const read = async (name: string) => {
    const answer = await files.fetch(new Request(`https://assets.local/${name}`));
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new Error(`The asset ${name} was not deployed with the worker.`);
    }
    return [name, new Uint8Array(await answer.arrayBuffer())] as const;
  };
  return new Map(await Promise.all(names.map(read)));
}
