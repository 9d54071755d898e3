// The whole loop in Telegram alone, in Spanish: admin, organizer, resident and café, from the first
// invitation to the coffee, with the post in the channel following the task.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SECOND_MS } from '../../src/lib/clock.ts';
import { openTelegramCity, photoFor, type TelegramCity } from '../support/telegram-city.ts';
import {
  CHANNEL_ID,
  copiedPost,
  copies,
  GROUP_ID,
  photo,
  posts,
  presses,
  saysInGroup,
  sends,
  user,
} from '../support/telegram-updates.ts';
import { waitFor } from '../support/wait-for.ts';

const admin = user(7000100, { first_name: 'Alma' });
const organizer = user(7000110, { first_name: 'Olga', last_name: 'Ruiz' });
const cafe = user(7000120, { first_name: 'Café' });
const ana = user(7000141, { first_name: 'Ana' });
const ben = user(7000142, { first_name: 'Ben' });
const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

let city: TelegramCity;
beforeAll(async () => {
  city = await openTelegramCity();
  for (const person of [admin, organizer, cafe, ana]) city.meet(person);
});
afterAll(() => city.close());

const post = () => city.shown(CHANNEL_ID).at(-1);
const invitation = (text: string): string => /ACEPTAR [\w-]+/.exec(text)?.[0] ?? '';
const onlyMenu = (id: number) =>
  city.telegram.menus.get(`{"type":"chat","chat_id":${id}} `) as
    | readonly { readonly command: string }[]
    | undefined;

test('the city gets its admin, its organizer and its café, each with a menu of their own', async () => {
  expect(await city.ask(admin, `/aceptar ${city.firstInvite()}`)).toContain('Ciudad de México');
  const issuer = await city.ask(admin, 'INVITAR emisora Amigos del Parque');
  expect(await city.ask(organizer, invitation(issuer))).toContain('Amigos del Parque');
  expect(await city.ask(admin, 'TOPE Amigos del Parque 500')).toContain('500 créditos CITY');
  const shop = await city.ask(admin, 'INVITAR comercio Café Roma');
  expect(await city.ask(cafe, invitation(shop))).toContain('OFERTA');
  expect(await city.ask(cafe, '/oferta Un café; 10')).toContain('Un café');
  await waitFor(() => {
    expect(onlyMenu(organizer.id)).toContainEqual(expect.objectContaining({ command: 'anunciar' }));
    expect(onlyMenu(cafe.id)).toContainEqual(expect.objectContaining({ command: 'confirmar' }));
  });
});

test('the organizer announces in private, and the channel shows the task', async () => {
  const readBack = await city.ask(
    organizer,
    '/anunciar Limpieza *del_parque*; 20; cuando quieras hasta el sábado a las 11; Parque México; 2',
  );
  expect(readBack).toContain('Responde OK para anunciarla');
  expect(await city.press(organizer, /OK/)).toContain('Anunciada: tarea 1');
  expect(post()?.text).toMatch(/^Limpieza \*del_parque\*\n.*Lugares: 2/s);
  expect(post()?.buttons.map(({ text }) => text)).toEqual(['Unirme', 'Detalles']);
});

test('a stranger joins by the button of the post, after agreeing', async () => {
  expect(await city.follow(ana, /Unirme/)).toContain('Responde OK para recibir aquí');
  expect(await city.press(ana, /OK/)).toContain('Ya tienes lugar: Limpieza');
  await city.runJobs();
  expect(post()?.text).toContain('Lugares libres: 1 de 2');
  expect(city.shown(CHANNEL_ID)).toHaveLength(1);
});

test('a button that was meant for somebody else does nothing and says so', async () => {
  const data =
    city
      .shown(ana.id)
      .flatMap(({ buttons }) => buttons)
      .at(-1)?.data ?? '';
  city.meet(ben);
  await city.send(ben, presses(ben, data));
  expect(city.shown(ben.id)).toEqual([]);
  await waitFor(() => expect(city.telegram.pressed.size).toBe(0));
  const answers = city.telegram.calls.filter(({ method }) => method === 'answerCallbackQuery');
  expect(answers.at(-1)?.fields['text']).toContain('Este botón es de otra persona');
});

test('a neighbor joins from the discussion of the post; what is private is said in private', async () => {
  const copy = copiedPost(post()?.id ?? 0, post()?.text ?? '');
  await city.deliver(copies(copy));
  const comment = (text: string) => saysInGroup(ben, text, { reply_to_message: copy });
  await city.send(ben, comment('me apunto'));
  await city.send(ben, comment('OK'));
  const group = city
    .shown(GROUP_ID)
    .map(({ text }) => text)
    .join('\n');
  expect(group).toContain('Ya tienes lugar: Limpieza');
  await city.send(ben, comment('/saldo'));
  expect(city.shown(GROUP_ID).at(-1)?.text).toBe('Te contesté por mensaje privado.');
  expect(city.shown(ben.id).at(-1)?.text).toMatch(/0 créditos CITY/);
  await city.runJobs();
  expect(post()?.text).toContain('Ya no hay lugares');
});

test('an album is one evidence, with one question and one answer', async () => {
  for (const [at, name] of ['a', 'b', 'c', 'd'].entries()) {
    city.telegram.addFile(name, await photoFor(40 + at * 60));
  }
  const part = (name: string, more: object = {}) =>
    sends(ana, photo(name, { media_group_id: '900', ...more }));
  const before = city.shown(ana.id).length;
  for (const update of [part('b'), part('a', { caption: 'Listo 1, quedó limpio' }), part('d')]) {
    await city.deliver(update);
  }
  city.clock.time += 3 * SECOND_MS;
  await city.deliver(part('c'));
  await city.patience.pass(4 * SECOND_MS);
  // Pictures are opened in a process of their own, which has to start first.
  await waitFor(async () => {
    await city.settle();
    expect(city.shown(ana.id).length).toBe(before + 1);
  });
  expect(city.shown(ana.id).at(-1)?.text).toContain('La evidencia es pública');
  const thanks = await city.press(ana, /OK/);
  expect(thanks).toContain('Llegaron tus 4 fotos de la tarea 1');
});

test('the organizer reviews the pictures with buttons, and rejects with a reason or approves', async () => {
  const before = city.shown(organizer.id).length;
  expect(await city.ask(organizer, '/revisar')).toContain('quedó limpio');
  const [album, words] = city.shown(organizer.id).slice(before);
  expect(album?.photos).toHaveLength(4);
  expect(words?.buttons.map(({ text }) => text)).toEqual(['Aprobar 1', 'Rechazar 1']);
  expect(await city.press(organizer, /Rechazar/)).toMatch(/por qué/i);
  await city.ask(organizer, 'no');
  expect(await city.press(organizer, /Aprobar/)).toContain('Se emitieron 20 créditos CITY');
  expect(city.shown(ana.id).at(-1)?.text).toContain('Ganaste 20 créditos CITY');
});

test('the café is paid: offers to tap, a code to show, and the counter honors it once', async () => {
  expect(await city.ask(ana, '/ofertas')).toContain('Un café');
  const told = await city.press(ana, /Canjear/);
  const code = CODE.exec(told)?.[0] ?? '';
  const shown = city.shown(ana.id).at(-1);
  expect([shown?.photos.length, shown?.text.includes(code)]).toEqual([1, true]);
  expect(await city.ask(cafe, `/confirmar ${code}`)).toMatch(/^ENTRÉGALO: Un café/);
  expect(city.shown(ana.id).at(-1)?.text).toContain('¡Que lo disfrutes!');
  expect(await city.ask(cafe, `/confirmar ${code}`)).toMatch(/^NO LO ENTREGUES/);
  expect(await city.ask(ana, '/saldo')).toContain('10 créditos CITY');
});

test('one person on Telegram and by SMS has one balance', async () => {
  const phone = '+525555550141';
  await city.askBySms(phone, 'HOLA');
  await city.askBySms(phone, 'OK');
  expect(await city.askBySms(phone, 'SALDO')).toContain('0 créditos CITY');
  const code = /VINCULAR [\d ]+\d/.exec(await city.ask(ana, '/vincular'))?.[0] ?? '';
  expect(await city.askBySms(phone, code)).toContain('la cuenta de Telegram');
  expect(await city.askBySms(phone, 'OK')).toContain('Responde ahí');
  expect(city.shown(ana.id).at(-1)?.text).toContain('el teléfono que acaba en 0141');
  expect(await city.ask(ana, 'OK')).toContain('una sola cuenta');
  expect(await city.askBySms(phone, 'SALDO')).toContain('10 créditos CITY');
  expect(await city.ask(ana, '/saldo')).toContain('10 créditos CITY');
});

test('what nobody can read is answered kindly, and nothing of it is kept', async () => {
  const contact = { contact: { phone_number: '+525555550177', first_name: 'Eva' } };
  const [answer] = await city.send(ana, sends(ana, contact));
  expect(answer?.text).toContain('No recibo contactos');
  const [place] = await city.send(
    ana,
    sends(ana, { location: { latitude: 19.41, longitude: -99 } }),
  );
  expect(place?.text).toContain('No puedo usar una ubicación');
  const [sticker] = await city.send(ana, sends(ana, { sticker: { file_id: 's' } }));
  expect(sticker?.text).toContain('Solo puedo leer palabras y ver fotos');
});

test('an announcement written in the channel is asked about in private, and posted after OK', async () => {
  city.telegram.administratedBy([
    { status: 'creator', user: organizer, is_anonymous: false },
    { status: 'administrator', user: city.telegram.bot, can_post_messages: true },
  ] as never);
  const before = city.shown(organizer.id).length;
  await city.deliver(posts('/tarea Pintar bancas; 10; domingo 9 a 11; Parque México; 3'));
  await city.settle();
  expect(city.shown(organizer.id).slice(before)[0]?.text).toContain('Pintar bancas');
  expect(post()?.text).toContain('Limpieza');
  await city.press(organizer, /OK/);
  expect(post()?.text).toContain('Pintar bancas');
});

test('the post says when the task is closed, and offers nothing to join', async () => {
  expect(await city.ask(organizer, '/cerrar 2')).not.toBe('');
  await city.runJobs();
  expect(post()?.text).toContain('cerró esta tarea');
  expect(post()?.buttons.map(({ text }) => text)).toEqual(['Detalles']);
});

test('the database holds nobody’s Telegram id, and no contact or place that was sent', () => {
  const bytes = city.database();
  expect(bytes).toContain('Pintar bancas');
  for (const { id } of [admin, organizer, cafe, ana, ben]) expect(bytes).not.toContain(String(id));
  expect(bytes).not.toMatch(/5555550177|19\.41|test-token_of_nobody/);
});

test('whoever blocks the bot is not written to any more, until they write again', async () => {
  const blocked = { code: 403, description: 'Forbidden: bot was blocked by the user' };
  city.telegram.refuse(ben.id, blocked);
  expect(await city.ask(ben, 'hola')).toBe('');
  const identity = () => {
    const lookup = city.core.foundation.keys.identityLookup('telegram', String(ben.id));
    const id = city.store.read.identities.idOf('telegram', lookup);
    return id === undefined ? undefined : city.store.read.identities.get(id);
  };
  expect(identity()?.unreachableAt).not.toBeNull();
  city.telegram.refuse(ben.id, undefined);
  expect(await city.ask(ben, 'saldo')).toMatch(/créditos CITY/);
  expect(identity()?.unreachableAt).toBeNull();
});
