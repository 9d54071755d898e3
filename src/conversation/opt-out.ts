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

/** Plain wishes: a short message that says to stop texting, in either language. */
const WISHES = [
  /^(PLEASE |PLS )?STOP( (IT|THIS|THESE|THE|NOW|PLEASE|TEXTS|MESSAGES|ALL))+$|^(PLEASE|PLS) (STOP|UNSUBSCRIBE)$/,
  /^(POR FAVOR )?(YA )?(ALTO|BAJA|BASTA)( (YA|POR FAVOR))+$|^POR FAVOR (ALTO|BAJA)$/,
  /^(PLEASE |PLS )?(STOP|QUIT) (TEXTING|MESSAGING|SENDING|CONTACTING|BOTHERING)\b/,
  /^(PLEASE |PLS )?(DO NOT|DON T|DONT) (TEXT|MESSAGE|CONTACT)( ME)?\b/,
  /^(PLEASE |PLS )?(UNSUBSCRIBE|REMOVE|TAKE|OPT) (ME|MY NUMBER)\b/,
  /^(PLEASE |PLS )?NO MORE (TEXTS|MESSAGES)\b/,
  /^(PLEASE |PLS )?LEAVE ME ALONE\b/,
  /^I (WANT|WOULD LIKE|D LIKE|WISH) TO (OPT OUT|UNSUBSCRIBE|STOP)\b/,
  /^I (DO NOT|DON T|DONT) WANT( TO (GET|RECEIVE))?( ANY| THESE| YOUR| MORE)* (TEXTS|MESSAGES)\b/,
  /^(POR FAVOR )?(YA )?NO (QUIERO|DESEO)( RECIBIR)?( MAS| SUS| TUS| ESTOS)* MENSAJES\b/,
  /^(POR FAVOR )?(YA )?NO QUIERO QUE ME (MANDE|ENVIE|ESCRIBA|MOLESTE)[NS]?\b/,
  /^(POR FAVOR )?(YA )?NO ME (MANDE|ENVIE|ESCRIBA|MOLESTE)[NS]?\b/,
  /^(POR FAVOR )?(DEJEN?|DEJA|DEJE|PAREN?|PARA) DE (MANDAR|ENVIAR|ESCRIBIR|MOLESTAR)/,
  /^(POR FAVOR )?(DENME|DAME|DEME|QUIERO DARME|QUISIERA DARME) DE BAJA\b/,
  /^(POR FAVOR )?(YA )?NO MAS (MENSAJES|TEXTOS|SMS)\b/,
  /^(POR FAVOR )?(QUITEN?|QUITA|BORREN?|BORRA|SAQUEN?|SACA)ME( DE (LA|SU|TU|ESTA) LISTA)?$/,
];
const WISH_WORDS_MAX = 12;

export type LegalWord = 'stop' | 'start' | 'help';

/** What a whole message asks for by law; null for anything else. */
export function legalWord(text: string): LegalWord | null {
  const folded = foldWords(text);
  if (OUT.has(folded)) return 'stop';
  if (IN.has(folded)) return 'start';
  if (HELP.has(folded)) return 'help';
  if (folded.split(' ').length <= WISH_WORDS_MAX && WISHES.some((wish) => wish.test(folded))) {
    return 'stop';
  }
  return null;
}
