/**
 * The process that network.ts starts: PLC directory, PDS and the city's account. It ends when its
 * parent does, or lets go of it.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Server } from 'node:net';
import { tmpdir } from 'node:os';
import type { TestPds, TestPlc } from '@atproto/dev-env';
import type { NetworkNews } from './network.ts';

const LOOPBACK = '127.0.0.1';
const folder = tmpdir();

const tell = (news: NetworkNews) => process.send?.(news);

/** Neither server lets its address be chosen, and a sandbox is nobody else's business. */
function listenOnLoopbackOnly(): void {
  const listen = Server.prototype.listen;
  Server.prototype.listen = function (this: Server, ...given: unknown[]) {
    const [port, ...rest] = given;
    const chosen = typeof port === 'number' ? [{ port, host: LOOPBACK }, ...rest] : given;
    return Reflect.apply(listen, this, chosen) as Server;
  };
}

/**
 * The two servers of dev-env alone: its front door also loads the AppView and the moderation
 * service, at twice the time and memory.
 */
async function load() {
  const home = import.meta.resolve('@atproto/dev-env');
  const [pds, plc] = await Promise.all([
    import(new URL('pds.js', home).href) as Promise<{ TestPds: typeof TestPds }>,
    import(new URL('plc.js', home).href) as Promise<{ TestPlc: typeof TestPlc }>,
  ]);
  return { ...pds, ...plc };
}

async function start(handle: string): Promise<void> {
  const servers = await load().catch(() => undefined);
  if (servers === undefined) {
    tell({
      error:
        '@atproto/dev-env is missing. It comes with the development packages: run `npm ci` ' +
        'without `--omit=dev`.',
    });
    return;
  }
  listenOnLoopbackOnly();
  const plc = await servers.TestPlc.create({});
  const pds = await servers.TestPds.create({ didPlcUrl: plc.url });
  process.once('disconnect', async () => {
    await Promise.allSettled([pds.close(), plc.close()]);
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
  const password = randomBytes(18).toString('base64url');
  const email = `${handle.split('.')[0]}@city-sync.test`;
  const { data } = await pds.getAgent().createAccount({ handle, email, password });
  tell({ pds: pds.url, plc: plc.url, did: data.did, handle, password });
}

// Ctrl-C reaches the whole group of processes; the bot still has records to publish then.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
if (!process.connected) throw new Error('network-process.ts is started by network.ts.');
process.once('disconnect', () => setTimeout(() => process.exit(), 3000).unref());
await start(process.argv[2] ?? 'city.test').catch((error: unknown) => {
  tell({ error: error instanceof Error ? error.message : String(error) });
});
