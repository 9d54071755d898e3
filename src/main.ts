/** Composition root on Node: reads the configuration, opens the city, and ends it gracefully. */
import { readFileSync } from 'node:fs';
import { startSandbox } from './compose/sandbox.ts';
import { ConfigError, type Environment, readCity, readEnvironment } from './config.ts';
import type { City } from './domain/city.ts';
import { createLog } from './log.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

function readCityFile(path: string): City {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(`CITY_CONFIG names ${path}, which cannot be read.`, { cause });
  }
  return readCity(text, path);
}

/** The channels come one by one; until one is there, its credentials must not be taken for it. */
function refuseChannels({ credentials }: Environment): void {
  const given = Object.entries(credentials).filter(([, isOn]) => isOn);
  const [first] = given;
  if (first === undefined) return;
  throw new ConfigError(
    `There are credentials for ${first[0]}, but this version only opens the sandbox, and never beside real credentials. Remove them to start it.`,
  );
}

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const city = readCityFile(environment.cityConfig);
  refuseChannels(environment);
  const log = createLog(environment.logLevel);
  say(`City/Sync ${city.name}: opening the sandbox …`);
  const sandbox = await startSandbox({
    city,
    port: environment.port,
    budget: {
      pointsPerHour: environment.recordsPointsPerHour,
      pointsPerDay: environment.recordsPointsPerDay,
    },
    backupsKept: environment.backupsKept,
    log,
    // A terminal is read by people, who need no JSON.
    ...(process.stdout.isTTY ? { progress: say } : {}),
  });
  say(`Open ${sandbox.url}/sandbox in a browser. Stop with Ctrl+C.`);

  let isStopping = false;
  const stop = (): void => {
    // A second signal does not wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    say('Stopping …');
    sandbox.stop().then(
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
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'Another program uses this port. Set PORT to another number, such as PORT=8081.';
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  complain(explain(error));
  process.exitCode = 1;
});
