// What Twilio posts, field by field, and what becomes of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberOf, parseForm, sourceOf } from '../../../src/channels/sms/parse.ts';
import { TEST_NOW } from '../../support/city.ts';

const SID = `SM${'0a'.repeat(16)}`;
const MEDIA = '/2010-04-01/Accounts/AC0abc/Messages/MM0def/Media/ME0123';
const form = (more: Readonly<Record<string, string>> = {}) => ({
  MessageSid: SID,
  From: '+15105550141',
  To: '+15105550199',
  Body: 'JOIN 1',
  NumMedia: '0',
  NumSegments: '1',
  ...more,
});
const read = (more: Readonly<Record<string, string>> = {}) => {
  const parsed = parseForm(form(more), TEST_NOW);
  return parsed.ok ? parsed.value : undefined;
};

describe('numbers', () => {
  it.each([
    ['+15105550141', '+15105550141'],
    ['+525555550141', '+525555550141'],
    ['+447911123456', '+447911123456'],
    ['+4915112345678', '+4915112345678'],
    ['+81312345678', '+81312345678'],
    // Of Mexico as it was written until 2019.
    ['+5215555550141', '+525555550141'],
    ['22395', undefined],
    ['+22395', undefined],
    ['5105550141', undefined],
    ['+1510555014', undefined],
    ['+1510555014100000', undefined],
    ['+0000000000', undefined],
    ['+9999999999', undefined],
    ['AMAZON', undefined],
    ['anonymous', undefined],
    ['', undefined],
    ['+', undefined],
    ['whatsapp:+15105550141', undefined],
    ['rcs:+15105550141', undefined],
    ['messenger:15105550141', undefined],
    ['client:ana', undefined],
    ['sip:ana@example.com', undefined],
    ['+1510555O141', undefined],
    ['+15105550141;ext=5', undefined],
    [' +15105550141', undefined],
    ['tel:+15105550141', undefined],
    ['+١٥١٠٥٥٥٠١٤١', undefined],
  ])('%j is %j', (from, number) => {
    expect(numberOf(from)).toBe(number);
    expect(read({ From: from })?.sender).toBe(number);
  });
});

describe('pictures', () => {
  it.each([
    [`https://api.twilio.com${MEDIA}`, MEDIA],
    // Only where Twilio keeps it counts: whatever host is named, ours is asked.
    [`https://evil.example${MEDIA}`, MEDIA],
    [`https://api.twilio.com${MEDIA}?x=1#y`, MEDIA],
    ['https://api.twilio.com/2010-04-01/Accounts/AC0abc/Messages.json', ''],
    [`https://api.twilio.com/x/..${MEDIA}/../../../../Messages.json`, ''],
    [`https://api.twilio.com${MEDIA}/more`, ''],
    [`https://api.twilio.com//evil.example${MEDIA}`, ''],
    ['file:///etc/passwd', ''],
    ['not an address', ''],
    ['', ''],
  ])('of %j is known by %j', (url, source) => {
    expect(sourceOf(url)).toBe(source);
  });

  const urls = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`MediaUrl${at}`, `https://x.example${MEDIA}${at}`]),
    );

  it.each([
    ['0', 0],
    ['1', 1],
    ['10', 10],
    ['11', 10],
    ['9999', 10],
    ['99999', 0],
    ['-1', 0],
    ['1.5', 0],
    ['two', 0],
    ['', 0],
  ])('are as many as NumMedia %j says, ten at most', (count, pictures) => {
    expect(read({ NumMedia: count, ...urls(12) })?.pictures).toHaveLength(pictures);
  });

  it('whose address is missing are counted, and refused when they are to be fetched', () => {
    expect(read({ NumMedia: '2', ...urls(1) })?.pictures).toEqual([
      { source: `${MEDIA}0` },
      { source: '' },
    ]);
  });
});

describe('the other fields', () => {
  it.each([
    ['STOP', 'stop'],
    ['stop', 'stop'],
    ['START', 'start'],
    ['HELP', 'help'],
    ['WHATEVER', undefined],
    ['', undefined],
  ])('OptOutType %j means that Twilio answered %j', (type, answered) => {
    expect(read({ OptOutType: type })?.answered).toBe(answered);
  });

  it.each([
    ['1', 1],
    ['11', 11],
    ['5000', 100],
    ['', 1],
    ['many', 1],
  ])('NumSegments %j counts as %j', (segments, counted) => {
    expect(read({ NumSegments: segments })?.segments).toBe(counted);
  });

  it('name the message under any of their names', () => {
    const { MessageSid: _, ...others } = form();
    for (const name of ['SmsMessageSid', 'SmsSid']) {
      expect(parseForm({ ...others, [name]: SID }, TEST_NOW)).toMatchObject({
        ok: true,
        value: { externalId: SID },
      });
    }
    expect(parseForm(others, TEST_NOW).ok).toBe(false);
  });

  it.each(['', 'SM', 'XX0', `SM${'0'.repeat(31)}`, `SM${'0'.repeat(33)}`, `CA${'0'.repeat(32)}`])(
    'are left out with the id %j',
    (MessageSid) => {
      expect(read({ MessageSid })).toBeUndefined();
    },
  );

  it('may be missing or many: only the sender and the id are needed', () => {
    expect(parseForm({ MessageSid: SID, From: '+15105550141' }, TEST_NOW)).toEqual({
      ok: true,
      value: {
        channel: 'sms',
        externalId: SID,
        sender: '+15105550141',
        text: '',
        pictures: [],
        replyTo: null,
        isPublic: false,
        segments: 1,
        receivedAt: TEST_NOW,
      },
    });
    expect(read({ AddOns: '{}', Latitude: '37', ChannelPrefix: 'x' })).toEqual(read());
  });
});

describe('whatever a stranger makes of a form', () => {
  const names = [
    'MessageSid',
    'SmsSid',
    'From',
    'Body',
    'NumMedia',
    'NumSegments',
    'MediaUrl0',
    'MediaUrl1',
    'OptOutType',
    '__proto__',
    'constructor',
  ];
  const values = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(SID, '+15105550141', '3', `https://api.twilio.com${MEDIA}`, 'STOP'),
  );
  const forms = fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), values), { maxLength: 12 })
    .map((fields) => Object.fromEntries(fields) as Record<string, string>);

  it('is a message within limits or left out, and never throws', () => {
    fc.assert(
      fc.property(forms, (fields) => {
        const parsed = parseForm({ MessageSid: SID, From: '+15105550141', ...fields }, TEST_NOW);
        if (!parsed.ok) {
          // Why is for the log: it quotes nothing that a stranger wrote.
          expect(['it has no id of Twilio', expect.stringContaining('no number')]).toContainEqual(
            parsed.refusal.why,
          );
          return;
        }
        const { sender, externalId, pictures, segments = 0 } = parsed.value;
        expect(sender).toMatch(/^\+\d{7,15}$/);
        expect(externalId).toMatch(/^(?:SM|MM)[0-9a-f]{32}$/i);
        expect(pictures.length).toBeLessThanOrEqual(10);
        for (const picture of pictures) {
          expect('source' in picture && /^(?:\/2010-04-01\/\S+)?$/.test(picture.source)).toBe(true);
        }
        expect(segments).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
