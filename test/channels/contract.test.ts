// What every channel must do. A new channel adds its row; nothing else changes here.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../src/conversation/message.ts';
import { sandboxBluesky, sandboxSms, sandboxTelegram } from '../sandbox/contract.ts';
import type { ChannelContract, OpenChannel } from '../support/channel-contract.ts';
import { blueskyContract } from './bluesky/contract.ts';
import { smsContract } from './sms/contract.ts';
import { telegramContract } from './telegram/contract.ts';

const CHANNELS: readonly ChannelContract[] = [
  sandboxSms,
  sandboxTelegram,
  sandboxBluesky,
  telegramContract,
  blueskyContract,
  smsContract,
];

const FIREFIGHTER = '👩🏽‍🚒';
const FAMILY = '👨‍👩‍👧‍👦';
const FLAG = '🇲🇽';
const SENTENCES = 'Meet at the creek. Bring gloves, a hat and water!\nThank you. '
  .repeat(120)
  .trim();

/** Texts for which cutting is hard; `letters` fill one message. */
const texts = (letters: number): readonly (readonly [string, string])[] => [
  ['a sentence', 'You are in. See you on Saturday.'],
  ['an exact fit', 'x'.repeat(letters)],
  ['one letter too many', 'x'.repeat(letters + 1)],
  ['sentences by the dozen', SENTENCES],
  ['one word without end', 'word'.repeat(1500)],
  ['an emoji of several parts at the cut', `${'x'.repeat(letters - 1)}${FIREFIGHTER} and more`],
  ['an emoji just before the cut', `${'x'.repeat(letters - 11)}${FAMILY}${FLAG} and more`],
  ['nothing but emoji', FIREFIGHTER.repeat(400)],
  ['flags', FLAG.repeat(700)],
  ['accents', 'Acción rápida: ¿café o té? ¡Mañana, pingüino! '.repeat(40).trim()],
  ['accents of two parts', 'Accio\u0301n ra\u0301pida en el jardi\u0301n. '.repeat(40).trim()],
  ['typography', '“Quotes” – dashes — and more… ‘so’ · on • and\u00a0on. '.repeat(30).trim()],
  ['what GSM-7 counts twice', '{[~]}|^\\€ '.repeat(120).trim()],
  ['three scripts', 'Ελληνικά, 日本語, العربية. '.repeat(80).trim()],
  ['a letter under a thousand accents', `z${'\u0301\u0300'.repeat(1500)} end`],
];

const replyOf = (text: string, more: Partial<Reply> = {}): Reply => ({
  text,
  choices: [],
  pictures: [],
  ...more,
});

const withoutSpaces = (text: string) => text.replace(/\s+/gu, '');
const graphemesOf = (text: string) =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  );

describe.each(CHANNELS)('$title', (contract) => {
  let open: OpenChannel;
  let deliveries = 0;
  beforeEach(async () => {
    open = await contract.open();
  });
  afterEach(() => open.close());

  const send = (reply: Reply, to: string | null = contract.address) => {
    deliveries += 1;
    return open.channel.send({
      id: deliveries,
      to,
      reply,
      kind: to === null ? 'announcement' : 'reply',
      place: null,
      taskId: null,
      announced: null,
      attempt: 1,
      createdAt: 0,
    });
  };
  /** Sends a text and gives the messages that arrived. */
  const sent = async (text: string, to: string | null = contract.address) => {
    const before = open.arrived(to).length;
    expect(await send(replyOf(text), to)).toMatchObject({ ok: true });
    return open.arrived(to).slice(before);
  };

  describe('on the way in', () => {
    const understood = contract.inbound.flatMap(({ title, raw, means }) =>
      means === undefined ? [] : [{ title, raw, means }],
    );

    it.each(understood)('understands $title', async ({ raw, means }) => {
      const received = await open.receive(raw);
      const { pictures, ...facts } = means;
      expect(received?.message).toMatchObject({ channel: open.channel.name, ...facts });
      expect(received?.message.pictures).toHaveLength(pictures.length);
      expect(received?.pictures).toEqual(pictures);
      expect(received?.message.receivedAt).toBeGreaterThan(0);
    });

    it.each(contract.inbound.filter(({ means }) => means === undefined))(
      'refuses $title',
      async ({ raw }) => {
        expect(await open.receive(raw)).toBeUndefined();
      },
    );

    it('gives every message an id of its own, and the same one to a repeat', async () => {
      const ids: (string | undefined)[] = [];
      for (const { raw } of understood) {
        ids.push((await open.receive(raw))?.message.externalId);
        const again = (await open.receive(raw))?.message.externalId;
        if (contract.hasOwnIds) expect(again).toBe(ids.at(-1));
        else ids.push(again);
      }
      expect(ids).not.toContain(undefined);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  describe('on the way out', () => {
    const places = [
      { place: 'to a person', to: contract.address, letters: contract.letters.toOne },
      ...(contract.letters.toAll === undefined
        ? []
        : [{ place: 'to the public place', to: null, letters: contract.letters.toAll }]),
    ];
    const rows = places.flatMap(({ place, to, letters }) =>
      texts(letters).map(([title, text]) => ({ place, to, title, text })),
    );

    it.each(rows)('brings $title $place whole, in order, within limits', async ({ to, text }) => {
      const pieces = await sent(text, to);
      expect(pieces.length).toBeGreaterThan(0);
      for (const piece of pieces) {
        expect(piece.text.trim()).not.toBe('');
        expect(contract.fits(piece.text, to === null)).toBe(true);
        expect(piece.text.isWellFormed()).toBe(true);
      }
      expect(withoutSpaces(pieces.map((piece) => piece.text).join(''))).toBe(
        withoutSpaces(contract.spell(text)),
      );
    });

    it.each(places)('needs one message $place for what fits into one', async ({ to, letters }) => {
      expect(await sent('x'.repeat(letters), to)).toHaveLength(1);
      expect(await sent('x'.repeat(letters + 1), to)).toHaveLength(2);
    });

    it('cuts between sentences or words, never inside what is read as one letter', async () => {
      const pieces = (await sent(SENTENCES)).map((piece) => piece.text);
      for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/[.!]$/);
      const emoji = (await sent(`${FIREFIGHTER}${FAMILY}${FLAG}`.repeat(200))).flatMap((piece) =>
        graphemesOf(piece.text),
      );
      expect(new Set(emoji)).toEqual(new Set([FIREFIGHTER, FAMILY, FLAG]));
    });

    it('brings any text whole', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1500 }),
          async (any) => {
            const text = `a${any}`;
            const pieces = await sent(text);
            for (const piece of pieces) expect(contract.fits(piece.text, false)).toBe(true);
            expect(pieces.length).toBeGreaterThan(0);
          },
        ),
        { numRuns: 30 },
      );
    });

    it('shows choices and pictures with the last message, where the person reads on', async () => {
      const choices = [
        { label: 'Join 1', send: 'JOIN 1' },
        { label: 'Únete', send: 'UNIRME 1' },
      ];
      await send(replyOf(SENTENCES, { choices, pictures: ['key'] }));
      const pieces = open.arrived(contract.address);
      expect(pieces.length).toBeGreaterThan(1);
      expect(pieces.at(-1)).toMatchObject(
        contract.hasWordsOnly ? {} : { choices, pictures: ['key'] },
      );
      for (const piece of pieces.slice(0, -1)) {
        expect(piece).toMatchObject({ choices: [], pictures: [] });
      }
    });

    it('tells the id under which the message can be answered', async () => {
      for (const { to } of places) {
        const outcome = await send(replyOf(SENTENCES), to);
        const [first] = open.arrived(to);
        expect(outcome).toMatchObject({ ok: true, providerId: first?.id });
      }
    });

    it('has a public place exactly if it says so', () => {
      expect(open.channel.hasPublicPlace).toBe(contract.letters.toAll !== undefined);
    });
  });
});
