/** The program of a city on Telegram that is measured. */
import { commands } from '../commands/index.ts';
import { createTelegramChannel } from '../src/channels/telegram/channel.ts';
import { telegramTexts } from '../src/city/telegram-texts.ts';
import { runChannelCity } from './channel-city.ts';
import { BENCH_BOT, BENCH_CITY } from './city.ts';

await runChannelCity({
  channel: 'telegram',
  open: (shared, { apiUrl, perSecond }) => ({
    ...createTelegramChannel({
      ...shared,
      settings: {
        token: BENCH_BOT.token,
        apiRoot: apiUrl,
        publicUrl: 'https://city.example',
        webhookSecret: BENCH_BOT.secret,
      },
      texts: telegramTexts(BENCH_CITY, commands),
    }),
    messagesPerSecond: perSecond,
  }),
  address: (at) => String(BENCH_BOT.firstResident + at),
  announcement: {
    text: 'Creek clean-up\nSaturday',
    choices: [{ label: 'Join', send: 'JOIN 1' }],
    pictures: [],
  },
});
