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
  [ANA, 'hello there', /Reply OK/],
  [ANA, 'okay', /you're in/],
  [ANA, 'open tasks', /Codornices Creek/],
  [ANA, 'count me in 1', /You're in for/],
  [ANA, 'done 1 all clean', /Evidence is public/, true],
  [ANA, 'sure', /Your photo is in/],
  [ORGANIZER, 'review', /Evidence 1/],
  [ORGANIZER, 'approve 1 great work', /credits issued/],
  [ANA, 'my credits', /20 CITY credits/],
  [ANA, 'rewards', /Coffee/],
  [ANA, 'redeem 1', CODE],
  [REDEEMER, (code) => `confirm ${code}`, /^GIVE IT/],
];

const SPANISH: readonly Line[] = [
  [BEN, 'hola, buenas tardes', /Responde OK/],
  [BEN, 'de acuerdo', /ya participas/],
  [BEN, 'tareas abiertas', /Codornices Creek/],
  [BEN, 'me apunto 1', /Ya tienes lugar/],
  [BEN, 'listo 1 quedó limpio', /es publica/, true],
  [BEN, 'sí', /foto/],
  [ORGANIZER, 'revisar', /[Ee]viden/],
  [ORGANIZER, 'aprobar 2 gracias', /cr[eé]di/],
  [BEN, 'mis créditos', /20 cr[eé]ditos CITY|20 CITY/],
  [BEN, 'ofertas', /Coffee/],
  [BEN, 'canjear 1', CODE],
  [REDEEMER, (code) => `confirmar ${code}`, /^(GIVE IT|ENTR[EÉ]GALO)/],
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
