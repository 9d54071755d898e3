/**
 * The process that network.ts starts: PLC directory, PDS and the city's account. It ends when its
 * parent does, or lets go of it.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { maskError } from '../lib/mask-log.ts';
import { listenOnLoopbackOnly, loadServers } from './dev-servers.ts';
import type { NetworkNews } from './network.ts';
import { openNetworkClock } from './network-clock.ts';

const folder = tmpdir();

const tell = (news: NetworkNews) => process.send?.(news);

async function start(handle: string): Promise<void> {
  listenOnLoopbackOnly();
  const clock = await openNetworkClock();
  const servers = await loadServers().catch(() => undefined);
  if (servers === undefined) {
    tell({
      error:
        '@atproto/dev-env is missing. It comes with the development packages: run `npm ci` ' +
        'without `--omit=dev`.',
    });
    return;
  }
  const plc = await servers.TestPlc.create({});
  const pds = await servers.TestPds.create({ didPlcUrl: plc.url });
  process.once('disconnect', async () => {
    clock.close();
    await Promise.allSettled([pds.close(), plc.close()]);
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
  const password = randomBytes(18).toString('base64url');
  const email = `${handle.split('.')[0]}@city-sync.test`;
  const { data } = await pds.getAgent().createAccount({ handle, email, password });
  tell({ pds: pds.url, plc: plc.url, clock: clock.url, did: data.did, handle, password });
}

// A rejection that nobody waits for comes here as well.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${maskError(error)}\n`);
  process.exit(1);
});
// Ctrl-C reaches the whole group of processes; the bot still has records to publish then.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
if (!process.connected) throw new Error('network-process.ts is started by network.ts.');
process.once('disconnect', () => setTimeout(() => process.exit(), 3000).unref());
await start(process.argv[2] ?? 'city.test').catch((error: unknown) => {
  tell({ error: error instanceof Error ? error.message : String(error) });
});
