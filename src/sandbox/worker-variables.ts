/** What `npm run dev:worker` tells the worker of the sandbox by its variables. */
import { ConfigError } from '../config/config.ts';
import type { OwnNetwork } from './network-facts.ts';

type Told = {
  readonly network: OwnNetwork;
  /** The names of the files that are deployed beside it. */
  readonly assets: readonly string[];
};

const OF_NETWORK = {
  pds: 'SANDBOX_PDS',
  plc: 'SANDBOX_PLC',
  clock: 'SANDBOX_CLOCK',
  did: 'SANDBOX_DID',
  handle: 'SANDBOX_HANDLE',
  password: 'SANDBOX_PASSWORD',
} as const satisfies Record<keyof OwnNetwork, string>;
const ASSETS = 'SANDBOX_ASSETS';

export const writeVariables = ({ network, assets }: Told): Readonly<Record<string, string>> => ({
  [OF_NETWORK.pds]: network.pds,
  [OF_NETWORK.plc]: network.plc,
  [OF_NETWORK.clock]: network.clock,
  [OF_NETWORK.did]: network.did,
  [OF_NETWORK.handle]: network.handle,
  [OF_NETWORK.password]: network.password,
  [ASSETS]: assets.join(' '),
});

/** Throws a `ConfigError` where one is missing. */
export function readVariables(bindings: Readonly<Record<string, unknown>>): Told {
  const read = (name: string): string => {
    const value = bindings[name];
    if (typeof value === 'string' && value !== '') return value;
    throw new ConfigError(`${name} is missing: \`npm run dev:worker\` sets it.`);
  };
  return {
    network: {
      pds: read(OF_NETWORK.pds),
      plc: read(OF_NETWORK.plc),
      clock: read(OF_NETWORK.clock),
      did: read(OF_NETWORK.did),
      handle: read(OF_NETWORK.handle),
      password: read(OF_NETWORK.password),
    },
    assets: read(ASSETS).split(' '),
  };
}
