/** Composition root on Node: reads the configuration, opens the city, and ends it gracefully. */
import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { ChannelError } from './channels/channel.ts';
import { startCity } from './city/city.ts';
import { createLog } from './city/log.ts';
import { ConfigError, type Environment, readCity, readEnvironment } from './config/config.ts';
import type { City } from './domain/city.ts';
import { startSandbox } from './sandbox/sandbox.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

function readCityFile(path: string): City {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(`CITY_CONFIG names ${path}, which cannot be read.`, { cause });
  }
  return readCity(text, path);
}

async function openSandbox(environment: Environment, city: City, log: Logger) {
  say(`City/Sync ${city.name}: opening the sandbox …`);
  const { port, budget, backupsKept } = environment;
  const sandbox = await startSandbox({ city, port, budget, backupsKept, log, ...progress });
  say(`Open ${sandbox.url}/sandbox in a browser. Stop with Ctrl+C.`);
  return sandbox;
}

async function openCity(environment: Environment, city: City, log: Logger) {
  say(`City/Sync ${city.name}: starting …`);
  const running = await startCity({ city, environment, log, ...progress });
  if (running.invitation !== undefined) {
    say('There is no admin yet: whoever sends this from any channel becomes the admin.');
    // Not in the log: it is a secret until somebody has used it.
    say(`ACCEPT ${running.invitation}`);
  }
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
  const running = await open(environment, city, log);

  let isStopping = false;
  const stop = (): void => {
    // A second signal does not wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    say('Stopping …');
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'The stop failed.');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (process.env['npm_lifecycle_event'] !== undefined) stopWithParent(stop);
}

const PARENT_LOOK_MS = 500;

/** A signal to npm ends the shell between npm and us, and does not come through to us. */
function stopWithParent(stop: () => void): void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    stop();
  }, PARENT_LOOK_MS);
  look.unref();
}

/** One sentence for what people can set right; the whole error for what they cannot. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof ChannelError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'Another program uses this port. Set PORT to another number, such as PORT=8081.';
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
