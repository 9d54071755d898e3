// A city in local workerd, as `wrangler.toml` deploys it, with a small server of Twilio's beside it.
import { createTestHarness } from 'wrangler';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { ACCOUNT, AUTH_TOKEN, CITY_NUMBER, signed, startTwilio } from './twilio-server.ts';

const PUBLIC_URL = 'https://city.example';

/** `more` are further variables of the worker. */
export async function openWorkerCity(more: Readonly<Record<string, string>> = {}) {
  const twilio = await startTwilio();
  const harness = createTestHarness({
    workers: [
      {
        configPath: 'wrangler.toml',
        vars: {
          PUBLIC_URL,
          SECRET_KEY: btoa(String.fromCharCode(...new Uint8Array(32).fill(5))),
          TWILIO_ACCOUNT_SID: ACCOUNT,
          TWILIO_AUTH_TOKEN: AUTH_TOKEN,
          TWILIO_FROM: CITY_NUMBER,
          TWILIO_API_BASE_URL: twilio.url,
          TWILIO_MESSAGES_PER_SECOND: '50',
          ...more,
        },
      },
    ],
  });
  await harness.listen();
  const worker = harness.getWorker();
  const get = async (path: string) => harness.fetch(`${PUBLIC_URL}${path}`);
  return {
    ...{ twilio, harness, get },
    textsTo: (to: string) => twilio.sentTo(to).map(({ body }) => body),
    /** What Twilio does with a new text; answers the status. */
    text: async (from: string, body: string): Promise<number> => {
      const request = signed(`${PUBLIC_URL}${MESSAGE_PATH}`, twilio.receive(from, body));
      const { status } = await harness.fetch(request.url, {
        method: 'POST',
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      });
      return status;
    },
    health: async () => (await (await get('/healthz')).json()) as Record<string, unknown>,
    /** Puts the object away, as the runtime does with one that has nothing to do. */
    evict: () => worker.evictDurableObject('CITY', { name: 'city' }),
    /** What the cron does every five minutes. */
    cron: () => worker.scheduled({ cron: '*/5 * * * *' }),
    close: async (): Promise<void> => {
      await harness.close();
      await twilio.close();
    },
  };
}

export type WorkerCity = Awaited<ReturnType<typeof openWorkerCity>>;
