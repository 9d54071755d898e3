// What people send from any keyboard and any phone, through the sandbox's own HTTP.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { noise, twoColours } from '../support/pictures.ts';
import { openSandbox, type Phone, type TestSandbox } from '../support/sandbox.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

let sandbox: TestSandbox;
let organizer: Phone;
let redeemer: Phone;
/** The number of a task with room for all. */
let task: string;
beforeAll(async () => {
  sandbox = await openSandbox();
  organizer = sandbox.phone('sms', SEEDED.organizer);
  redeemer = sandbox.phone('sms', SEEDED.redeemer);
  await organizer.ask('ANNOUNCE Rake; 10; any time until in 7 days; The square; 60');
  const announced = await organizer.ask('OK');
  task = /ROSTER (\d+)/.exec(announced)?.[1] ?? '';
});
afterAll(() => sandbox.stop());

let people = 0;
/** Somebody new, who has agreed to messages. */
async function newcomer(): Promise<Phone> {
  people += 1;
  const phone = sandbox.phone('sms', `+1510555${String(2000 + people)}`);
  await phone.ask('HI');
  await phone.ask('OK');
  return phone;
}

/** Announces a task of three parts; what the bot says to the first message. */
async function announce(title: string, place = '8th St bridge'): Promise<string> {
  const answer = await organizer.ask(`ANNOUNCE ${title}; 5; sat 9am-11am; ${place}; 1`);
  await organizer.ask(answer.includes('Reply OK') ? 'OK' : 'NO');
  return answer;
}

async function approveAll(): Promise<void> {
  for (;;) {
    const number = /APPROVE (\d+)/.exec(await organizer.ask('REVIEW'))?.[1];
    if (number === undefined) return;
    await organizer.ask(`APPROVE ${number}`);
  }
}

const photo = async (): Promise<Buffer> => await twoColours(80, 60).jpeg().toBuffer();
const file = (bytes: Uint8Array, mediaType = 'image/jpeg') => ({ media: [{ mediaType, bytes }] });

describe('a task at coordinates', () => {
  it.each(['37.8715, -122.2730', '(37.87, -122.27)', '37°52\'17"N 122°16\'21"W'])(
    'is announced: %s',
    async (place) => {
      expect(await announce('Sweep the path', place)).toContain('Reply OK to announce it');
    },
  );

  it('is not one at a telephone', async () => {
    expect(await announce('Sweep', '510-555-0130')).not.toContain('Reply OK to announce it');
  });
});

describe('a number of a Japanese keyboard', () => {
  it('is no title', async () => {
    expect(await announce('Call ５１０ー５５５ー０１３０')).not.toContain('Reply OK');
  });

  it('is hidden in evidence', async () => {
    const resident = await newcomer();
    await resident.ask(`JOIN ${task}`);
    await resident.ask(
      `DONE ${task} call ５１０ー５５５ー０１３０ or ａｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ`,
      file(await photo()),
    );
    await resident.ask('OK');
    const review = await organizer.ask('REVIEW');
    expect(review).toContain('"call [...] or [...]"');
    const pages = await Promise.all(
      (await sandbox.records())
        .slice(0, 8)
        .map(({ uri }) => sandbox.text(`/sandbox/records/${uri.split('/').slice(3).join('/')}`)),
    );
    expect(pages.join()).toContain('call […] or […]');
    expect(pages.join()).not.toMatch(/５１０|ｅｘａｍｐｌｅ/);
  });
});

describe('commands, numbers and codes from any keyboard', () => {
  it.each(['ＪＯＩＮ　１', 'ЈОΙΝ 1', 'join １', 'JO\u200bIN\u00a0١', '🅹🅾🅸🅽 ①', 'Ｊｏｉｎ＃१'])(
    'joins with %s',
    async (text) => {
      const resident = await newcomer();
      expect(await resident.ask(text)).toMatch(/DROP 1/);
    },
  );

  it.each(['ＳＴＯＰ', 'ЅТОР', 'STO\u200bP', '𝐒𝐓𝐎𝐏', 'Ⓢⓣⓞⓟ', 'ＡＬＴＯ', 'ΑLТО'])(
    'opts out with %s',
    async (text) => {
      const resident = await newcomer();
      const answer = await resident.ask(text);
      expect(answer).toMatch(/START|INICIAR/);
      expect(await resident.ask('BALANCE')).not.toMatch(/credits/);
    },
  );

  it('takes a code however its letters are made', async () => {
    const spellings: readonly ((code: string) => string)[] = [
      (code) => code.replace('-', 'ー'),
      (code) => code.replace('-', ' — ').toLowerCase(),
      (code) =>
        [...code].map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)).join(''),
      (code) => [...code].join('\u200b'),
    ];
    for (const spell of spellings) {
      const resident = await newcomer();
      await resident.ask(`JOIN ${task}`);
      await resident.ask(`DONE ${task}`, file(await noise(90, 70).jpeg().toBuffer()));
      await resident.ask('OK');
      await approveAll();
      const [, code = ''] =
        /\b([0-9A-Z]{4}-[0-9A-Z]{4})\b/.exec(await resident.ask('REDEEM 1')) ?? [];
      expect(code).not.toBe('');
      expect(await redeemer.ask(`CONFIRM ${spell(code)}`)).toMatch(/^(GIVE IT|HONOR IT)/);
    }
  });
});

describe('a title of signs that SMS lacks', () => {
  it('is written in GSM-7', async () => {
    const line = 'ANNOUNCE Clean ʻOhana ʼs ⅓ ÷ “path” ✱ now; 5; sat 9am-11am; 8th St bridge; 1';
    const [answer] = await organizer.say(line);
    expect(answer?.text).toContain('Clean \'Ohana \'s 1/3 / "path" * now');
    expect(answer).toMatchObject({ encoding: 'GSM-7' });
    await organizer.ask('NO');
  });
});

describe('a file', () => {
  const send = async (bytes: Uint8Array, mediaType?: string): Promise<string> => {
    const resident = await newcomer();
    await resident.ask(`JOIN ${task}`);
    const answer = await resident.ask(`DONE ${task}`, file(bytes, mediaType));
    return answer.includes('Reply OK') ? await resident.ask('OK') : answer;
  };

  it.each(['image/jpeg', 'application/octet-stream', 'text/plain', 'video/mp4', ''])(
    'that is a whole JPEG without its end is taken as %j',
    async (mediaType) => {
      const whole = await noise(200, 150).jpeg().toBuffer();
      expect(await send(whole.subarray(0, -2), mediaType)).toMatch(/photo is in/);
    },
  );

  it.each([
    ['HEIC', latin('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), /HEIC|JPEG/],
    ['SVG', latin('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'), /drawings/],
    ['PDF', latin('%PDF-1.7\n'), /documents/],
    ['a film', latin('\0\0\0\x18ftypmp42\0\0\0\0isom'), /videos/],
    ['a film of the web', latin('\x1aE\xdf\xa3 webm'), /videos/],
    ['something else', latin('PK\x03\x04'), /isn't a picture/],
  ])('that is %s is told why it is not taken, whatever it says it is', async (_, bytes, why) => {
    for (const mediaType of ['image/jpeg', 'application/octet-stream', '']) {
      expect(await send(bytes, mediaType)).toMatch(why);
    }
  });

  it('that would take too much is refused or done, while others are answered', async () => {
    const claim = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .webp({ lossless: true })
      .toBuffer();
    // Fourteen bits each of width and height, less one, after the signature of VP8L.
    const at = claim.indexOf('VP8L') + 9;
    claim.writeUInt32LE((claim.readUInt32LE(at) & 0xf0000000) | (7999 << 14) | 5999, at);
    const interlaced = await sharp({
      create: { width: 6000, height: 6000, channels: 3, background: 'red' },
    })
      .toColourspace('rgb16')
      .png({ progressive: true })
      .toBuffer();
    const other = await newcomer();
    const [heavy, large, tasks] = await Promise.all([
      send(interlaced),
      send(claim),
      other.ask('TASKS'),
    ]);
    expect([heavy, large]).toEqual([
      expect.stringMatching(/photo/i),
      expect.stringMatching(/photo|picture/i),
    ]);
    expect(tasks).toContain('1');
  });
});
