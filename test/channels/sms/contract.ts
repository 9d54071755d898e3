// SMS for the contract test: the real channel over HTTP to Twilio's API, and its signed webhook.
import { SegmentedMessage } from 'sms-segments-calculator';
import { toGsm7 } from '../../../src/lib/gsm7.ts';
import {
  type ChannelContract,
  type InboundCase,
  type OpenChannel,
  withPictures,
} from '../../support/channel-contract.ts';
import { ANA, openSms } from '../../support/sms-phone.ts';
import { API, CITY_NUMBER } from '../../support/twilio-server.ts';

const WITH_PICTURE = `MM${'f'.repeat(32)}`;
const PICTURE_SID = `ME${'f'.repeat(32)}`;
const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

async function open(): Promise<OpenChannel> {
  const sms = await openSms();
  const { twilio, memory } = sms;
  const channel = sms.channel();
  twilio.hold(WITH_PICTURE, [{ sid: PICTURE_SID, bytes: PICTURE, type: 'image/jpeg' }]);
  return {
    channel,
    receive: async (raw) => {
      const form = Object.fromEntries(new URLSearchParams(raw));
      const status = await sms.receive(form);
      const message = memory.messages().find(({ externalId }) => externalId === form['MessageSid']);
      if (status !== 200 || message === undefined) return undefined;
      return withPictures(channel, message);
    },
    arrived: (to) =>
      to === null
        ? []
        : twilio.sentTo(to).map(({ sid, body }) => ({
            id: sid,
            text: body,
            choices: [],
            pictures: [],
          })),
    close: sms.close,
  };
}

/** The body of a webhook; `at` makes its id. */
function body(at: number, more: Readonly<Record<string, string>>): string {
  const sid = `SM${at.toString(16).padStart(32, '0')}`;
  const fields = { MessageSid: sid, To: CITY_NUMBER, From: ANA, NumMedia: '0', Body: '', ...more };
  return new URLSearchParams(fields).toString();
}

const means = { sender: ANA, text: '', replyTo: null, isPublic: false, pictures: [] };

const inbound: readonly InboundCase[] = [
  { title: 'words', raw: body(1, { Body: 'JOIN 1' }), means: { ...means, text: 'JOIN 1' } },
  {
    title: 'words of other scripts',
    raw: body(2, { Body: '¿Qué hay? 👩🏽‍🚒 مرحبا + & =' }),
    means: { ...means, text: '¿Qué hay? 👩🏽‍🚒 مرحبا + & =' },
  },
  { title: 'nothing', raw: body(3, {}), means },
  {
    title: 'a picture and a word',
    raw: body(4, {
      MessageSid: WITH_PICTURE,
      Body: 'DONE 1',
      NumMedia: '1',
      MediaUrl0: `https://api.twilio.com${API}/Messages/${WITH_PICTURE}/Media/${PICTURE_SID}`,
      MediaContentType0: 'image/jpeg',
    }),
    means: { ...means, text: 'DONE 1', pictures: [PICTURE] },
  },
  {
    title: 'fields that were added since',
    raw: body(5, { Body: 'TASKS', Whatever: 'x', ToZip: '' }),
    means: { ...means, text: 'TASKS' },
  },
  {
    title: 'a phone of Mexico',
    raw: body(6, { From: '+525555550141', Body: 'TAREAS' }),
    means: { ...means, sender: '+525555550141', text: 'TAREAS' },
  },
  { title: 'no form', raw: 'JOIN 1', means: undefined },
  { title: 'no id', raw: body(7, { MessageSid: '' }), means: undefined },
  { title: 'a short code', raw: body(8, { From: '22395' }), means: undefined },
  { title: 'a name', raw: body(9, { From: 'AMAZON' }), means: undefined },
  { title: 'WhatsApp', raw: body(10, { From: `whatsapp:${ANA}` }), means: undefined },
  { title: 'nobody', raw: body(11, { From: '' }), means: undefined },
];

export const smsContract: ChannelContract = {
  title: 'SMS',
  open,
  inbound,
  hasOwnIds: true,
  hasWordsOnly: true,
  address: ANA,
  spell: toGsm7,
  fits: (text) => new SegmentedMessage(text).segmentsCount <= 3,
  letters: { toOne: 459, toAll: undefined },
};
