// Messages that are changed afterwards, or only reacted to, by Telegram's own updates.
import type { Update, User } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTelegramCity, type TelegramCity } from '../support/telegram-city.ts';
import { edits, photo, says, sends, user } from '../support/telegram-updates.ts';

const admin = user(7000100);
const organizer = user(7000110);
const cafe = user(7000120);
const ana = user(7000141);
const SENT_AT = 1_795_543_200;
const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

let city: TelegramCity;
beforeEach(async () => {
  city = await openTelegramCity();
  for (const person of [admin, organizer, cafe, ana]) city.meet(person);
  await city.ask(admin, `/aceptar ${city.firstInvite()}`);
  const invited = async (text: string) =>
    (await city.ask(admin, text)).match(/ACEPTAR [\w-]+/)?.[0];
  await city.ask(organizer, (await invited('INVITAR emisora Amigos')) ?? '');
  await city.ask(admin, 'TOPE Amigos 500');
  await city.ask(cafe, (await invited('INVITAR comercio Café Roma')) ?? '');
  await city.ask(cafe, 'OFERTA Un café; 10');
  await city.ask(
    organizer,
    'ANUNCIAR Limpieza; 20; cuando quieras hasta el sábado a las 11; Parque; 2',
  );
  await city.ask(organizer, 'OK');
  for (const text of ['Hola', 'OK', 'UNIRME 1', 'LISTO 1 dos bolsas', 'OK']) {
    await city.ask(ana, text);
  }
  await city.ask(organizer, 'APROBAR 1');
});
afterEach(() => city.close());

const textsOf = (shown: readonly { readonly text: string }[]): string =>
  shown.map(({ text }) => text).join('\n');

/** Says something, and gives the number of its message. */
async function saidAs(from: User, text: string): Promise<{ id: number; answer: string }> {
  const update = says(from, text);
  const answer = textsOf(await city.send(from, update));
  return { id: update.message?.message_id ?? 0, answer };
}

const changes = async (id: number, text: string, afterSeconds: number): Promise<string> =>
  textsOf(
    await city.send(
      ana,
      edits(ana, id, { text, date: SENT_AT, edit_date: SENT_AT + afterSeconds }),
    ),
  );

const transfers = (): number => city.store.read.ledger.head()?.position ?? 0;

test('the same words again are a copy of the message, however old', async () => {
  const { id, answer } = await saidAs(ana, 'CANJEAR 1');
  expect(answer).toMatch(CODE);
  const before = transfers();
  for (const after of [0, 1, 60, 86_400, 30 * 86_400]) {
    expect(await changes(id, 'CANJEAR 1', after)).toBe('');
  }
  expect(transfers()).toBe(before);
});

test('other words count for five minutes, where they move nothing', async () => {
  const { id } = await saidAs(ana, 'SALDDDDO');
  expect(await changes(id, 'SALDO', 299)).toContain('20 créditos');
  expect(await changes(id, 'HISTORIAL', 301)).toBe('');
});

test.each(['CANJEAR 1', 'LISTO 1 otra bolsa', 'LISTO'])(
  'other words that would move something are not carried out: %s',
  async (text) => {
    const { id } = await saidAs(ana, 'SALDO');
    const before = [transfers(), city.store.read.evidence.get(1)?.text];
    expect(await changes(id, text, 10)).toContain('como mensaje nuevo');
    expect([transfers(), city.store.read.evidence.get(1)?.text]).toEqual(before);
    expect(await changes(id, `${text} `, 10)).toBe('');
  },
);

test('an open question is answered by no change, and goes on waiting', async () => {
  const { id } = await saidAs(ana, 'gracias');
  await city.ask(ana, 'OLVÍDAME');
  expect(await changes(id, 'sí', 10)).toContain('como mensaje nuevo');
  expect(await changes(id, 'OK', 10)).toContain('como mensaje nuevo');
  expect(await city.ask(ana, 'NO')).not.toContain('No entendí');
});

describe('the words beside a photo', () => {
  const captioned = async (caption: string): Promise<number> => {
    const update = sends(ana, photo('creek', { caption }));
    await city.send(ana, update);
    return update.message?.message_id ?? 0;
  };
  const changesCaption = async (id: number, caption: string, from: object): Promise<string> =>
    textsOf(await city.send(ana, edits(ana, id, { caption, ...from })));
  const AS_SENT = [
    ['a photo', photo('creek')],
    ['a file', { document: { file_id: 'creek' } }],
  ] as const;

  test.each(AS_SENT)('of %s are no second photo when they are changed', async (_, from) => {
    const id = await captioned('para el arroyo');
    const before = [transfers(), city.store.read.evidence.get(2)];
    expect(await changesCaption(id, 'LISTO 1 tres bolsas', from)).toContain('como mensaje nuevo');
    expect(await changesCaption(id, 'qué bonito', from)).not.toContain('foto');
    expect([transfers(), city.store.read.evidence.get(2)]).toEqual(before);
  });

  test('that stay the same, as a reaction tells them, do nothing', async () => {
    const id = await captioned('LISTO 1');
    expect(await changesCaption(id, 'LISTO 1', photo('creek'))).toBe('');
  });

  test('can be a STOP', async () => {
    const id = await captioned('');
    expect(await changesCaption(id, 'Alto', photo('creek'))).toContain('te diste de baja');
  });
});

test('STOP is obeyed at any time', async () => {
  const { id } = await saidAs(ana, 'SALDO');
  expect(await changes(id, 'Alto', 86_400)).toContain('te diste de baja');
  expect(await city.ask(ana, 'SALDO')).toBe('');
});

test('a thumbs-up on a message does nothing', async () => {
  await city.ask(ana, 'OLVÍDAME');
  const thumb = [{ type: 'emoji', emoji: '👍' }];
  const chat = { id: ana.id, type: 'private', first_name: 'Ana' };
  const facts = { chat, message_id: 3, date: SENT_AT, user: ana };
  const reacted = {
    update_id: 99_001,
    message_reaction: { ...facts, old_reaction: [], new_reaction: thumb },
  } as unknown as Update;
  const counted = {
    update_id: 99_002,
    message_reaction_count: { ...facts, reactions: [{ type: thumb[0], total_count: 1 }] },
  } as unknown as Update;
  for (const update of [reacted, counted]) expect(await city.send(ana, update)).toEqual([]);
  expect(await city.ask(ana, 'NO')).not.toContain('No entendí');
});
