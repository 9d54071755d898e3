// Two cities in one worker: each with its own number, database, backups and operators.
import { request } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { runAdmin } from '../../src/cli/run-admin.ts';
import { runTool } from '../support/run-tool.ts';
import { type Form, signed, startTwilio, type TwilioServer } from '../support/twilio-server.ts';
import { startWorker, textingThrough, textsFrom } from '../support/worker-city.ts';

const ANA = '+15105550141';
const HOSTS = { oakland: 'oakland.example', 'san-leandro': 'san-leandro.example' } as const;
type Key = keyof typeof HOSTS;

let twilios: Readonly<Record<Key, TwilioServer>>;
let worker: Awaited<ReturnType<typeof startWorker>>;

const prefixed = (prefix: string, variables: Form): Form =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [`${prefix}_${name}`, value]),
  );

const settingsOf = (key: Key): Form => ({
  ...textingThrough(twilios[key]),
  PUBLIC_URL: `https://${HOSTS[key]}`,
  OPERATOR_TOKEN: `the-token-of-${key}-with-32-characters`,
});

beforeAll(async () => {
  twilios = { oakland: await startTwilio(), 'san-leandro': await startTwilio() };
  worker = await startWorker({
    CITIES: 'oakland, san-leandro',
    ...prefixed('OAKLAND', settingsOf('oakland')),
    ...prefixed('SAN_LEANDRO', settingsOf('san-leandro')),
  });
});
afterAll(async () => {
  await worker.stop();
  for (const twilio of Object.values(twilios)) await twilio.close();
});

/** Asks the worker as whoever came by this host. */
async function ask(
  host: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Form; body?: string } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const { hostname, port } = new URL(worker.url);
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  const asked = request({ hostname, port, path, method, headers: { ...headers, host } }, resolve);
  asked.once('error', reject);
  asked.end(body);
  const answer = await promise;
  return { status: answer.statusCode ?? 0, text: await textOf(answer) };
}

async function say(key: Key, from: string, said: string): Promise<number> {
  const form = twilios[key].receive(from, said);
  const { headers } = signed(`https://${HOSTS[key]}${MESSAGE_PATH}`, form);
  const body = new URLSearchParams(form).toString();
  const answer = await ask(HOSTS[key], MESSAGE_PATH, {
    ...{ method: 'POST', headers: Object.fromEntries(headers), body },
  });
  return answer.status;
}

test('each answers at its own address, and nobody at any other', async () => {
  expect((await ask(HOSTS.oakland, '/')).text).toMatch(/City\/Sync Oakland|Oakland/);
  expect((await ask(HOSTS['san-leandro'], '/')).text).toMatch(/San Leandro/);
  expect((await ask('berkeley.example', '/')).status).toBe(404);
});

test('who joins one is a stranger in the other', async () => {
  const heard = (key: Key) => textsFrom(twilios[key])(ANA).join('\n');
  expect(await say('oakland', ANA, 'HI')).toBe(200);
  await expect.poll(() => heard('oakland')).toMatch(/Oakland/);
  expect(await say('oakland', ANA, 'OK')).toBe(200);
  await expect.poll(() => heard('oakland')).toMatch(/you're in/);
  expect(await say('san-leandro', ANA, 'BALANCE')).toBe(200);
  await expect.poll(() => heard('san-leandro')).toMatch(/San Leandro.*Reply OK/s);
  expect(heard('san-leandro')).not.toMatch(/CITY credits|you're in/);
});

test('what is signed for one is nothing to the other', async () => {
  const form = twilios.oakland.receive(ANA, 'BALANCE');
  const { headers } = signed(`https://${HOSTS.oakland}${MESSAGE_PATH}`, form);
  const body = new URLSearchParams(form).toString();
  const answer = await ask(HOSTS['san-leandro'], MESSAGE_PATH, {
    ...{ method: 'POST', headers: Object.fromEntries(headers), body },
  });
  expect(answer.status).toBe(403);
});

test('the operators of one have no way into the other', async () => {
  const bearer = (key: Key) => ({ authorization: `Bearer ${settingsOf(key)['OPERATOR_TOKEN']}` });
  const facts = (host: string, headers: Form) => ask(host, '/operators/move', { headers });
  expect((await facts(HOSTS.oakland, bearer('oakland'))).status).toBe(200);
  expect((await facts(HOSTS.oakland, bearer('san-leandro'))).status).toBe(401);
  expect((await facts(HOSTS['san-leandro'], bearer('oakland'))).status).toBe(401);
  // A tool asks by the address of the city; at this one nobody is.
  const lost = await runTool(runAdmin, ['--worker', worker.url], {
    OPERATOR_TOKEN: 'x'.repeat(32),
  });
  expect(lost).toMatchObject({ code: 2, err: expect.stringMatching(/answers 404/) });
});

test('each has its own backups', async () => {
  await expect
    .poll(() => new Set(worker.kept().map((key) => key.split('/')[0])))
    .toEqual(new Set(['oakland', 'san-leandro']));
});
