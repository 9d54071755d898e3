// The process that own-pds.ts starts, and kills: one PDS on a folder that outlives it.
import { listenOnLoopbackOnly, type loadServers } from '../../src/sandbox/dev-servers.ts';
import type { OwnPdsSetting } from './own-pds.ts';

const setting = JSON.parse(process.argv[2] ?? '{}') as OwnPdsSetting;
type Servers = Awaited<ReturnType<typeof loadServers>>;
const { TestPds } = (await import(setting.program)) as Pick<Servers, 'TestPds'>;
listenOnLoopbackOnly();
const pds = await TestPds.create({
  didPlcUrl: setting.plc,
  ...(setting.port === undefined ? {} : { port: setting.port }),
  dataDirectory: `${setting.folder}/data`,
  blobstoreDiskLocation: `${setting.folder}/blobs`,
  plcRotationKeyK256PrivateKeyHex: setting.rotationKey,
  jwtSecret: setting.jwtSecret,
  rateLimitsEnabled: setting.rateLimits,
  ...(setting.appView === undefined
    ? {}
    : { bskyAppViewUrl: setting.appView.url, bskyAppViewDid: setting.appView.did }),
});
// Whoever started it may be gone by now.
if (!process.connected) process.exit();
process.once('disconnect', () => process.exit());
process.send?.({ port: pds.port });
