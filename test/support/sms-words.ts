// What people text on the way from the first hello to the coffee, and what they are answered.

export const IN_BOTH_LANGUAGES = [
  {
    title: 'in English',
    lang: 'LANG en',
    accept: 'ACCEPT',
    issuer: 'INVITE issuer Creek Friends',
    cap: 'CAP Creek Friends 500',
    redeemer: 'INVITE redeemer Northside Cafe',
    offer: 'OFFER Coffee, any size; 10',
    announce: 'ANNOUNCE Creek clean-up; 20; saturday 10am-12pm; Codornices Park; 3',
    announceAnyTime:
      'ANNOUNCE Creek clean-up; 20; any time until saturday 12pm; Codornices Park; 3',
    hello: 'HI',
    join: 'JOIN 1',
    done: 'DONE 1 three bags',
    review: 'REVIEW',
    approve: 'APPROVE 1',
    redeem: 'REDEEM 1',
    confirm: 'CONFIRM',
    stop: 'STOP',
    start: 'START',
    tasks: 'TASKS',
    says: {
      joined: /Creek clean-up/,
      public: /public/i,
      thanks: /Thank you/,
      earned: /20 CITY credits/,
      honor: /^GIVE IT/,
      enjoy: /Coffee, any size/,
      stopped: /START/,
    },
  },
  {
    title: 'in Spanish',
    lang: 'IDIOMA es',
    accept: 'ACEPTAR',
    issuer: 'INVITAR emisora Amigos del Arroyo',
    cap: 'TOPE Amigos del Arroyo 500',
    redeemer: 'INVITAR comercio Cafe del Norte',
    offer: 'OFERTA Café de olla; 10',
    announce: 'ANUNCIAR Limpieza del arroyo; 20; sábado 10 a 12; Parque Codornices; 3',
    announceAnyTime:
      'ANUNCIAR Limpieza del arroyo; 20; cuando quieras hasta el sábado a las 12; Parque Codornices; 3',
    hello: 'HOLA',
    join: 'UNIRME 1',
    done: 'LISTO 1 tres bolsas',
    review: 'REVISAR',
    approve: 'APROBAR 1',
    redeem: 'CANJEAR 1',
    confirm: 'CONFIRMAR',
    stop: 'ALTO',
    start: 'ALTA',
    tasks: 'TAREAS',
    says: {
      joined: /Limpieza del arroyo/,
      public: /p.blica/i,
      thanks: /Gracias|Llegaron|Llegó|Llego/,
      earned: /20 cr.ditos CITY/,
      honor: /^ENTR.GALO/,
      enjoy: /Café de olla/,
      stopped: /ALTA|INICIAR/,
    },
  },
] as const;

export type SmsWords = (typeof IN_BOTH_LANGUAGES)[number];

/** The words that take up an invitation, out of the text that has it. */
export const tokenOf = (text: string, { accept }: SmsWords): string =>
  new RegExp(`${accept} [\\w-]+`).exec(text)?.[0] ?? '';
