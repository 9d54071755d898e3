/**
 * Moves the time of the process that it runs in: the network's servers date what they are given, and a
 * record of next week must not stand in a commit of today.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type NetworkClock = {
  /** Takes by POST how far (ms) the time is to be ahead of the machine's. Nobody guesses it. */
  readonly url: string;
  readonly close: () => void;
};

/** Makes the time of this process one that can be moved. It is called once, before anything else. */
export async function openNetworkClock(): Promise<NetworkClock> {
  const setAhead = makeDateMovable();
  const path = `/${randomBytes(18).toString('base64url')}`;
  const server = createServer(async (request, response) => {
    const aheadMs = Number(await text(request).catch(() => ''));
    const isMeant = request.method === 'POST' && request.url === path;
    if (isMeant && Number.isSafeInteger(aheadMs)) setAhead(aheadMs);
    else response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}${path}`, close: () => server.close() };
}

function makeDateMovable(): (aheadMs: number) => void {
  let aheadMs = 0;
  const { now } = Date;
  Date.now = () => now() + aheadMs;
  globalThis.Date = new Proxy(Date, {
    apply: (original) => new original(original.now()).toString(),
    construct: (original, given, made) =>
      Reflect.construct(original, given.length === 0 ? [original.now()] : given, made),
  });
  return (ms) => {
    aheadMs = ms;
  };
}
