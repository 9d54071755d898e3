/** The program of a city by SMS that is measured. */
import { createSmsChannel } from '../src/channels/sms/channel.ts';
import { runChannelCity } from './channel-city.ts';
import { BENCH_PHONE, textersNumber } from './city.ts';

await runChannelCity({
  channel: 'sms',
  open: (shared, { apiUrl, perSecond }) =>
    createSmsChannel({
      ...shared,
      settings: {
        accountSid: BENCH_PHONE.accountSid,
        authToken: BENCH_PHONE.authToken,
        from: BENCH_PHONE.number,
        messagingServiceSid: undefined,
        apiBaseUrl: apiUrl,
        messagesPerSecond: perSecond,
        publicUrl: BENCH_PHONE.publicUrl,
      },
    }),
  address: textersNumber,
  announcement: { text: BENCH_PHONE.announcement, choices: [], pictures: [] },
});
