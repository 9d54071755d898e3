// The sandbox that the walk through the loop is done in.
import { serveSandbox } from '../../support/web-server.ts';

/** How long a record stays staged: long enough to be seen so. */
const PUBLISH_AFTER_MS = 250;

/** A fresh sandbox at a free port. */
export async function openSandbox(): Promise<{
  readonly url: string;
  readonly close: () => Promise<void>;
}> {
  return serveSandbox(PUBLISH_AFTER_MS);
}
