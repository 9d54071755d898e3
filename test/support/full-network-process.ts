// The process that full-network.ts starts: the whole network of dev-env, with the real AppView.
import { TestNetwork } from '@atproto/dev-env';
import { listenOnLoopbackOnly } from '../../src/sandbox/dev-servers.ts';
import type { FullNetworkNews } from './full-network.ts';

const tell = (news: FullNetworkNews) => process.send?.(news);

listenOnLoopbackOnly();
// Letters and underscores only: schemas are made of it.
const schema = process.argv[2] ?? 'network';
const network = await TestNetwork.create({ dbPostgresSchema: schema });
process.once('disconnect', () => process.exit());
process.on('message', (order: { readonly id: number }) => {
  network.processAll().then(
    () => tell({ id: order.id }),
    (error: unknown) => tell({ id: order.id, error: String(error) }),
  );
});
tell({
  pds: `http://localhost:${network.pds.port}`,
  plc: network.plc.url,
  appView: network.bsky.url,
});
