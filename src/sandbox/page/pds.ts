/** Asks the sandbox's own PDS, for browsers that cannot reach it themselves. */

const TIMEOUT_MS = 5000;
const ANSWER_BYTES_MAX = 1024 * 1024;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * The answer of `com.atproto.repo.getRecord`, unchanged. Only the PDS that is configured is ever
 * asked, redirects are not followed; `undefined` when it is silent or says too much.
 */
export async function askPds(
  pds: string,
  did: string,
  collection: string,
  rkey: string,
): Promise<{ readonly status: number; readonly body: string } | undefined> {
  const url = new URL('/xrpc/com.atproto.repo.getRecord', pds);
  url.search = new URLSearchParams({ repo: did, collection, rkey }).toString();
  try {
    const response = await fetch(url, {
      // A worker knows no "error" here.
      redirect: 'manual',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (REDIRECTS.has(response.status)) return undefined;
    const body = await response.text();
    return body.length > ANSWER_BYTES_MAX ? undefined : { status: response.status, body };
  } catch {
    return undefined;
  }
}
