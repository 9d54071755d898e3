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
  /^(PLEASE )?STOP( (IT|THIS|NOW|PLEASE|TEXTS|MESSAGES))+$|^PLEASE STOP$/,
  /^(POR FAVOR )?(YA )?(ALTO|BAJA|BASTA)( (YA|POR FAVOR))+$|^POR FAVOR (ALTO|BAJA)$/,
  /^(PLEASE )?(STOP|QUIT) (TEXTING|MESSAGING|SENDING|CONTACTING|BOTHERING)\b/,
  /^(PLEASE )?(DO NOT|DON T|DONT) (TEXT|MESSAGE|CONTACT)( ME)?\b/,
  /^(PLEASE )?(UNSUBSCRIBE|REMOVE|TAKE) ME\b/,
  /^(PLEASE )?NO MORE (TEXTS|MESSAGES)\b/,
  /^(PLEASE )?LEAVE ME ALONE\b/,
  /^(POR FAVOR )?(YA )?NO (QUIERO|DESEO)( RECIBIR)? (MAS )?(SUS )?MENSAJES\b/,
  /^(POR FAVOR )?(YA )?NO ME (MANDEN?|ENVIEN?|ESCRIBAN?|MOLESTEN?)\b/,
  /^(POR FAVOR )?(DEJEN?|PAREN?) DE (MANDAR|ENVIAR|ESCRIBIR|MOLESTAR)/,
  /^(POR FAVOR )?(DENME|DAME) DE BAJA\b/,
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
