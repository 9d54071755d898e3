// What a worker says that cannot open its city.
import { expect, test } from 'vitest';
import { startWorker } from '../support/worker-city.ts';

test.each([
  [{}, /^No channel has credentials: .*TWILIO_ACCOUNT_SID/],
  [
    { TELEGRAM_BOT_TOKEN: '123456:ABCdefGHIjklMNO', SECRET_KEY: `${'A'.repeat(43)}=` },
    /^On Cloudflare Telegram sends by webhook: set PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET/,
  ],
  [{ TWILIO_ACCOUNT_SID: 'AC1' }, /half of its credentials/],
])(
  'a worker with %o says what is missing, and its cron leaves it to the next time',
  async (variables, sentence) => {
    const { url, stop } = await startWorker(variables);
    try {
      expect((await fetch(`${url}/__scheduled?cron=*+*+*+*+*`)).status).toBe(200);
      const answer = await fetch(`${url}/healthz`);
      expect(answer.status).toBe(503);
      expect(await answer.json()).toEqual({ ok: false, problem: expect.stringMatching(sentence) });
    } finally {
      await stop();
    }
  },
);
