// The sandbox's three channels for the contract test. Limits are measured here by their own rules.

import type { Inbox } from '../../src/channels/channel.ts';
import type { ChannelName, InboundMessage } from '../../src/conversation/message.ts';
import { toGsm7 } from '../../src/lib/gsm7.ts';
import { createTids } from '../../src/lib/ids.ts';
import { createIngress } from '../../src/sandbox/ingress.ts';
import { readInbound } from '../../src/sandbox/page/inbound.ts';
import { createPhones, type PhoneEvent } from '../../src/sandbox/phones.ts';
import { createSandboxChannels } from '../../src/sandbox/send.ts';
import type { ChannelContract, InboundCase, OpenChannel } from '../support/channel-contract.ts';
import { repeatableRandom, TEST_NOW } from '../support/city.ts';

async function open(name: ChannelName): Promise<OpenChannel> {
  const now = () => TEST_NOW;
  const newId = createTids({ now }, repeatableRandom());
  const phones = createPhones();
  const events: PhoneEvent[] = [];
  phones.subscribe((event) => events.push(event));
  const spool = new Map<string, Uint8Array>();
  let taken: InboundMessage | undefined;
  const receive: Inbox['receive'] = async (message) => {
    taken = message;
    return { id: 1, isNew: true };
  };
  const ingress = createIngress({
    inbox: { receive },
    phones,
    spool: {
      put: async (bytes) => {
        const key = newId();
        spool.set(key, bytes);
        return key;
      },
    },
    newId,
    now,
  });
  const channel = createSandboxChannels({ phones, newId, now }).find((one) => one.name === name);
  if (channel === undefined) throw new Error(`There is no ${name} in the sandbox.`);
  return {
    channel,
    receive: async (raw) => {
      taken = undefined;
      const read = readInbound(raw);
      if (!read.ok) return undefined;
      await ingress(read.message);
      const message = taken as InboundMessage | undefined;
      return (
        message && {
          message,
          pictures: message.pictures.map((picture) =>
            'spoolKey' in picture ? spool.get(picture.spoolKey) : undefined,
          ),
        }
      );
    },
    arrived: (to) =>
      events
        .filter(({ person, message }) => person === to && message.direction === 'out')
        .map(({ message: { id, text, choices, pictures = [] } }) => ({
          id,
          text,
          choices,
          pictures: pictures.map((url) => url.replace('/sandbox/pictures/', '')),
        })),
    close: async () => undefined,
  };
}

const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

const cases = (channel: ChannelName, from: string, strangers: readonly string[]): InboundCase[] => {
  const body = (more: object) => JSON.stringify({ channel, from, ...more });
  const means = { sender: from, text: '', replyTo: null, isPublic: false, pictures: [] };
  return [
    { title: 'words', raw: body({ text: 'JOIN 1' }), means: { ...means, text: 'JOIN 1' } },
    {
      title: 'words of other scripts',
      raw: body({ text: '¿Qué hay? 👩🏽‍🚒 مرحبا' }),
      means: { ...means, text: '¿Qué hay? 👩🏽‍🚒 مرحبا' },
    },
    { title: 'nothing', raw: body({ text: '' }), means },
    {
      title: 'a picture and a word',
      raw: body({
        text: 'DONE 1',
        media: [{ mediaType: 'image/jpeg', base64: Buffer.from(PICTURE).toString('base64') }],
      }),
      means: { ...means, text: 'DONE 1', pictures: [PICTURE] },
    },
    {
      title: 'an answer to a message',
      raw: body({ text: 'me', replyTo: '3l5abcdefgh2k' }),
      means: { ...means, text: 'me', replyTo: '3l5abcdefgh2k' },
    },
    { title: 'no JSON', raw: 'JOIN 1', means: undefined },
    ...strangers.map((stranger) => ({
      title: `the address ${stranger}`,
      raw: JSON.stringify({ channel, from: stranger, text: 'HI' }),
      means: undefined,
    })),
  ];
};

/** GSM 03.38: the basic alphabet, and what takes two of its places. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_TWICE = '^{}\\[~]|€';

/** Three segments: 153 places of GSM-7 each, or 67 of UCS-2. */
function fitsSms(text: string): boolean {
  const characters = [...text];
  if (characters.every((one) => (GSM + GSM_TWICE).includes(one))) {
    return characters.reduce((sum, one) => sum + (GSM_TWICE.includes(one) ? 2 : 1), 0) <= 3 * 153;
  }
  return text.length <= 3 * 67;
}

const graphemes = (text: string): number =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length;

export const sandboxSms: ChannelContract = {
  title: 'SMS of the sandbox',
  open: () => open('sms'),
  inbound: cases('sms', '+15105550141', ['5105550141', '+0', 'ana', '']),
  hasOwnIds: false,
  address: '+15105550141',
  spell: toGsm7,
  fits: fitsSms,
  letters: { toOne: 459, toAll: undefined },
};

export const sandboxTelegram: ChannelContract = {
  title: 'Telegram of the sandbox',
  open: () => open('telegram'),
  inbound: cases('telegram', '7000141', ['a b', '<ana>', '-5', '']),
  hasOwnIds: false,
  address: '7000141',
  spell: (text) => text,
  fits: (text) => text.length <= 4096,
  letters: { toOne: 4096, toAll: 4096 },
};

export const sandboxBluesky: ChannelContract = {
  title: 'Bluesky of the sandbox',
  open: () => open('bluesky'),
  inbound: cases('bluesky', 'did:plc:ana2345abcdefghijkl', [
    'ana example',
    'did:key:zQ3',
    '-ana',
    '',
  ]),
  hasOwnIds: false,
  address: 'did:plc:ana2345abcdefghijkl',
  spell: (text) => text,
  fits: (text, isPublic) =>
    graphemes(text) <= (isPublic ? 300 : 1000) &&
    Buffer.byteLength(text) <= (isPublic ? 3000 : 10_000),
  letters: { toOne: 1000, toAll: 300 },
};
