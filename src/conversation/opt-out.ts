/**
 * The words of the law: opting out, opting in, help. They come before everything else, whatever
 * is going on (channels.md, Opt-out comes before everything).
 */
import { foldWords } from '../lib/text.ts';

const OUT = new Set(
  `STOP|STOPALL|STOP ALL|UNSUBSCRIBE|END|QUIT|CANCEL|REVOKE|OPTOUT|OPT OUT|REMOVE
   |ALTO|PARAR|PARE|BAJA|CANCELAR|SALIR|DETENER|TERMINAR|NO MAS`
    .split('|')
    .map((words) => words.trim()),
);
const IN = new Set(['START', 'YES', 'UNSTOP', 'INICIAR', 'ALTA']);
const HELP = new Set(['HELP', 'INFO', 'AYUDA']);

const POLITE_EN = '(?:(?:PLEASE|PLS|HEY|CAN YOU|COULD YOU|WOULD YOU) )*';
const POLITE_ES = '(?:(?:POR FAVOR|YA|PUEDEN|PUEDES|PODRIAN|PODRIAS) )*';
const TEXTS = '(?:TEXTS?|MESSAGES?|MESSAGING|NOTIFICATIONS?|ALERTS?|SMS)';
const MENSAJES = '(?:MENSAJES?|TEXTOS?|AVISOS|SMS|NOTIFICACIONES)';
const AT_THE_END =
  '(?: (?:PLEASE|PLS|NOW|AGAIN|ANYMORE|ANY MORE|THANKS|POR FAVOR|YA|MAS|GRACIAS))*$';

/**
 * Plain wishes: a short message that says to stop texting, in either language. Each has to say that
 * it is about the messages, or be over: 'stop sending water down the drain' is about something else.
 */
const WISHES = [
  `^${POLITE_EN}(?:STOP|UNSUBSCRIBE|CANCEL|QUIT|OPT OUT|REMOVE)(?: (?:STOP|IT|THIS|THESE|THE|ALL|YOUR|${TEXTS}))*${AT_THE_END}`,
  `^${POLITE_EN}(?:STOP|QUIT) (?:TEXTING|MESSAGING|CONTACTING|BOTHERING|SPAMMING)(?: (?:ME|US|THIS NUMBER))?${AT_THE_END}`,
  `^${POLITE_EN}STOP SENDING(?: (?:ME|US))?(?: (?:ANY|MORE|THESE|THOSE|YOUR|SO MANY|ALL|THE))* ${TEXTS}`,
  `^${POLITE_EN}STOP SENDING (?:ME|US)(?: (?:STUFF|THINGS|THIS|THESE|ANYTHING))?${AT_THE_END}`,
  `^${POLITE_EN}(?:DO NOT|DON T|DONT|NEVER) (?:TEXT|MESSAGE|CONTACT)(?: (?:ME|US|THIS NUMBER))?${AT_THE_END}`,
  `^${POLITE_EN}UNSUBSCRIBE (?:ME|US|MY NUMBER|THIS NUMBER)\\b`,
  `^${POLITE_EN}OPT ME OUT\\b`,
  `^${POLITE_EN}REMOVE (?:ME|US|MY NUMBER|THIS NUMBER)(?: FROM (?:YOUR|THE|THIS) (?:LIST|SYSTEM|DATABASE|${TEXTS}))?${AT_THE_END}`,
  `^${POLITE_EN}TAKE (?:ME|US|MY NUMBER) OFF(?: (?:OF )?(?:YOUR|THE|THIS) LIST)?${AT_THE_END}`,
  `^${POLITE_EN}NO MORE(?: OF)?(?: (?:YOUR|THESE))? ${TEXTS}${AT_THE_END}`,
  `^${POLITE_EN}LEAVE ME ALONE${AT_THE_END}`,
  `^I (?:WANT|WOULD LIKE|D LIKE|WISH) TO (?:OPT OUT|UNSUBSCRIBE|STOP (?:GETTING|RECEIVING) ?.*${TEXTS})`,
  `^I (?:DO NOT|DON T|DONT|NO LONGER) WANT(?: TO (?:GET|RECEIVE))?(?: (?:ANY|THESE|YOUR|MORE))* ${TEXTS}`,
  `^${POLITE_ES}(?:STOP|ALTO|BAJA|BASTA|PAREN?|CANCELAR|DETENER|TERMINAR)(?: (?:LOS|ESTOS|SUS|TODOS|${MENSAJES}))*${AT_THE_END}`,
  `^${POLITE_ES}NO (?:QUIERO|DESEO)(?: RECIBIR)?(?: (?:MAS|SUS|TUS|ESTOS|OTROS))* ${MENSAJES}`,
  `^${POLITE_ES}NO QUIERO QUE ME (?:MANDE|ENVIE|ESCRIBA|MOLESTE)[NS]?(?: (?:MAS|NADA|${MENSAJES}))*${AT_THE_END}`,
  `^${POLITE_ES}NO (?:ME )?(?:MANDE|ENVIE|ESCRIBA|MOLESTE)[NS]?(?: (?:MAS|NADA|SUS|ESTOS))*(?: ${MENSAJES})?${AT_THE_END}`,
  `^${POLITE_ES}(?:DEJEN?|DEJA|DEJE|PAREN?|PARA|PARE) DE (?:MANDAR|ENVIAR|ESCRIBIR|MOLESTAR)(?:ME|NOS)\\b`,
  `^${POLITE_ES}(?:DEJEN?|DEJA|DEJE|PAREN?|PARA|PARE) DE (?:MANDAR|ENVIAR|ESCRIBIR)(?: (?:MAS|TANTOS|SUS|ESTOS))* ${MENSAJES}`,
  `^${POLITE_ES}(?:DENME|DAME|DEME|DARME|QUIERO DARME|ME QUIERO DAR|QUISIERA DARME) DE BAJA\\b`,
  `^${POLITE_ES}(?:QUIERO|QUISIERA) (?:CANCELAR|SALIR)(?: (?:LOS|ESTOS|SUS|${MENSAJES}))*${AT_THE_END}`,
  `^${POLITE_ES}NO MAS(?: ${MENSAJES})?${AT_THE_END}`,
  `^${POLITE_ES}(?:QUITEN?|QUITA|BORREN?|BORRA|SAQUEN?|SACA)ME DE (?:LA|SU|TU|ESTA) LISTA${AT_THE_END}`,
].map((wish) => new RegExp(wish));
const WISH_WORDS_MAX = 12;

export type LegalWord = 'stop' | 'start' | 'help';

/** What a whole message asks for by law; null for anything else. */
export function legalWord(text: string): LegalWord | null {
  // Also as full-width letters, which some keyboards write.
  const folded = foldWords(text.normalize('NFKC'));
  if (OUT.has(folded)) return 'stop';
  if (IN.has(folded)) return 'start';
  if (HELP.has(folded)) return 'help';
  if (folded.split(' ').length <= WISH_WORDS_MAX && WISHES.some((wish) => wish.test(folded))) {
    return 'stop';
  }
  return null;
}
