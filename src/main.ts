/** Composition root on Node: reads the configuration, opens the city, and ends it gracefully. */
import type { Logger } from 'pino';
import { ChannelError } from './channels/channel.ts';
import { ConfigError, type Environment, readEnvironment } from './config/config.ts';
import type { City } from './domain/city.ts';
import { maskLog } from './lib/mask-log.ts';
import { readCityFile } from './node/city-file.ts';
import { createLog } from './node/log.ts';
import { processOutputs, secretPlace } from './node/secret-place.ts';
import { stopWithParent } from './node/stop-with-parent.ts';
import { startLocalNetwork } from './sandbox/network.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function openSandbox(environment: Environment, city: City, log: Logger) {
  say(`City/Sync ${city.name}: opening the sandbox …`);
  const { port, budget, backupsKept } = environment;
  // It takes longest, and in a process of its own: so it begins while all the rest is loaded.
  const network = startLocalNetwork();
  network.catch(() => undefined);
  const { startSandbox } = await import('./sandbox/sandbox.ts');
  const sandbox = await startSandbox({
    ...{ city, port, budget, backupsKept, log, network },
    ...progress,
  });
  say(`Open ${sandbox.url}/sandbox in a browser. Stop with Ctrl+C.`);
  return sandbox;
}

/** It is a secret until somebody has used it. */
function showInvitation(invitation: string, log: Logger): void {
  const show = secretPlace(processOutputs());
  if (show === undefined) {
    log.warn(
      'There is no admin yet: `npm run admin -- invite` on this machine gives an invitation.',
    );
    return;
  }
  show('There is no admin yet: whoever sends this from any channel becomes the admin.');
  show(`ACCEPT ${invitation}`);
}

async function openCity(environment: Environment, city: City, log: Logger) {
  say(`City/Sync ${city.name}: starting …`);
  // The sandbox has no use for what speaks with the providers, and a city none for the sandbox.
  const { startCity } = await import('./node/start-city.ts');
  const running = await startCity({ city, environment, log, ...progress });
  if (running.invitation !== undefined) showInvitation(running.invitation, log);
  say(`City/Sync ${city.name} runs on port ${running.port}. Stop with Ctrl+C.`);
  return running;
}

/** A terminal is read by people, who need no JSON. */
const progress = process.stdout.isTTY ? { progress: say } : {};

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const city = readCityFile(environment.cityConfig);
  const log = createLog(environment.logLevel);
  const open = environment.isSandbox ? openSandbox : openCity;
  let running: { readonly stop: () => Promise<void> } | undefined;
  // A rejection that nobody waits for comes here as well. What state it leaves, nobody knows.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'Something failed that nobody was prepared for: the program ends.');
    if (running === undefined) process.exit(1);
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    stop(running, log, 1);
  });
  const opened = await open(environment, city, log);
  running = opened;
  const end = (): void => stop(opened, log, 0);
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  stopWithParent(() => {
    if (!isStopping) end();
  });
}

/** How long a stop may take that nobody asked for. */
const STOP_MS_MAX = 15_000;
let isStopping = false;

/** Finishes what is under way and ends the program with `code`. A second time it does not wait. */
function stop(running: { readonly stop: () => Promise<void> }, log: Logger, code: 0 | 1): void {
  if (isStopping) process.exit(1);
  isStopping = true;
  say('Stopping …');
  running.stop().then(
    () => process.exit(code),
    (error: unknown) => {
      log.error({ err: error }, 'The stop failed.');
      process.exit(1);
    },
  );
}

/** One sentence for what people can set right; the whole error for what they cannot. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof ChannelError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'Another program uses this port. Set PORT to another number, such as PORT=8081.';
  }
  return maskLog(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
