// Two loops to the coffee in the words of every day, with no command in capitals. Texts by SMS have
// no accents that GSM-7 lacks.
import { expect, test } from 'vitest';
import { ANA, BEN, ORGANIZER, openConversation, REDEEMER } from '../support/conversation.ts';

const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

type Line = readonly [
  who: string,
  says: string | ((code: string) => string),
  hears: RegExp,
  photo?: true,
];

const ENGLISH: readonly Line[] = [
  [ANA, 'hi! I saw the sign at the library', /Reply OK/],
  [ANA, 'yes', /you're in/],
  [ANA, "what's open?", /Codornices Creek/],
  [ANA, "I'd like to join number 1 please", /You're in for/],
  [ANA, 'all done, took out two bags', /Evidence is public/, true],
  [ANA, 'yes please', /Your photo is in/],
  [ORGANIZER, 'review please', /Evidence 1/],
  [ORGANIZER, 'approve number 1, great work', /credits issued/],
  [ANA, 'how many credits do I have?', /20 CITY credits/],
  [ANA, 'rewards?', /Coffee/],
  [ANA, 'get me number 1', CODE],
  [REDEEMER, (code) => `please confirm ${code}, thanks`, /^GIVE IT/],
];

const SPANISH: readonly Line[] = [
  [BEN, 'hola, buenas tardes', /Responde OK/],
  [BEN, 'sí', /ya participas/],
  [BEN, '¿qué tareas hay?', /Codornices Creek/],
  [BEN, 'me interesa la 1', /Ya tienes lugar/],
  [BEN, 'ya quedó todo limpio', /es publica/, true],
  [BEN, 'sí, claro', /foto/],
  [ORGANIZER, 'revisar por favor', /[Ee]viden/],
  [ORGANIZER, 'aprobar la 2, muchas gracias', /cr[eé]di/],
  [BEN, '¿cuántos puntos tengo?', /20 cr[eé]ditos CITY|20 CITY/],
  [BEN, '¿qué premios hay?', /Coffee/],
  [BEN, 'quiero usar la 1', CODE],
  [REDEEMER, (code) => `quiero confirmar el ${code} por favor`, /^(GIVE IT|ENTR[EÉ]GALO)/],
];

test('people reach the coffee in English and in Spanish with everyday words', async () => {
  const city = openConversation();
  let code = '';
  for (const [who, says, hears, photo] of [...ENGLISH, ...SPANISH]) {
    const text = typeof says === 'string' ? says : says(code);
    const answer = await city.ask(who, text, photo === true ? { pictures: ['ok'] } : {});
    expect(answer, text).toMatch(hears);
    code = CODE.exec(answer)?.[0] ?? code;
  }
  await city.close();
});
