/** The development servers of ATProto, as the processes that run them need them. */
import { Server } from 'node:net';
import type { TestPds, TestPlc } from '@atproto/dev-env';

const LOOPBACK = '127.0.0.1';

/** Neither server lets its address be chosen, and a sandbox is nobody else's business. */
export function listenOnLoopbackOnly(): void {
  const listen = Server.prototype.listen;
  Server.prototype.listen = function (this: Server, ...given: unknown[]) {
    const [port, ...rest] = given;
    const chosen = typeof port === 'number' ? [{ port, host: LOOPBACK }, ...rest] : given;
    return Reflect.apply(listen, this, chosen) as Server;
  };
}

/**
 * The two servers of dev-env alone: its front door also loads the AppView and the moderation
 * service, at twice the time and memory. Rejects when dev-env is not installed.
 */
export async function loadServers() {
  const home = import.meta.resolve('@atproto/dev-env');
  const [pds, plc] = await Promise.all([
    import(new URL('pds.js', home).href) as Promise<{ TestPds: typeof TestPds }>,
    import(new URL('plc.js', home).href) as Promise<{ TestPlc: typeof TestPlc }>,
  ]);
  return { ...pds, ...plc };
}
