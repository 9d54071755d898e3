/** What people write in Spanish. */
import type { CommandWords, LanguagePack } from '../language.ts';

export const words: CommandWords = {
  hello: ['HOLA', 'BUENAS', 'BUENOS DIAS', 'BUENAS TARDES', 'BUENAS NOCHES'],
  help: ['AYUDA', 'INFO'],
  stop: ['ALTO'],
  start: ['ALTA'],
  ok: ['VALE', 'DE ACUERDO', 'SI', 'OKEY'],
  tasks: ['TAREAS', 'TAREAS ABIERTAS'],
  task: ['TAREA'],
  join: ['UNIRME', 'ME APUNTO', 'ME UNO', 'APUNTARME', 'YO VOY', 'CUENTEN CONMIGO'],
  drop: ['SOLTAR', 'DEJAR'],
  done: ['LISTO', 'HECHO'],
  balance: ['SALDO', 'CREDITOS', 'MIS CREDITOS', 'MI SALDO'],
  history: ['HISTORIAL', 'HISTORIA'],
  offers: ['OFERTAS', 'RECOMPENSAS'],
  redeem: ['CANJEAR', 'CANJE'],
  codes: ['CODIGOS', 'MIS CODIGOS', 'CODIGO', 'MI CODIGO'],
  release: ['LIBERAR'],
  me: ['YO', 'MIS DATOS'],
  more: ['MAS'],
  link: ['VINCULAR'],
  unlink: ['DESVINCULAR'],
  move: ['MUDAR'],
  alerts: ['AVISOS', 'AVISO'],
  lang: ['IDIOMA', 'LENGUA'],
  accept: ['ACEPTAR'],
  announce: ['ANUNCIAR', 'ANUNCIO'],
  review: ['REVISAR'],
  approve: ['APROBAR'],
  reject: ['RECHAZAR'],
  roster: ['LISTA'],
  close: ['CERRAR'],
  offer: ['OFERTA'],
  confirm: ['CONFIRMAR'],
  invite: ['INVITAR'],
  cap: ['TOPE'],
  halt: ['FRENAR'],
  alike: ['PARECIDOS'],
  same: ['IGUALES'],
  different: ['DISTINTOS'],
  allow: ['PERMITIR'],
};

export const shorthands: LanguagePack['shorthands'] = {
  ESPANOL: 'IDIOMA ES',
  'EN ESPANOL': 'IDIOMA ES',
  INGLES: 'IDIOMA EN',
};

export const languageNames: LanguagePack['languageNames'] = {
  en: ['INGLES'],
  es: ['ESPANOL', 'ESP', 'CASTELLANO'],
};

export const answers: LanguagePack['answers'] = {
  yes: ['OK', 'OKEY', 'SI', 'S', 'VALE', 'DE ACUERDO', 'ACEPTO'],
  no: ['NO', 'NO GRACIAS'],
  back: ['ATRAS', 'VOLVER'],
  another: ['NUEVO', 'NUEVA', 'OTRO'],
  unlimited: ['SIN LIMITE', 'TODOS', 'TODAS'],
  on: ['SI', 'OK'],
  off: ['NO', 'FIN', 'ALTO'],
  issuer: ['EMISOR', 'EMISORA', 'ORGANIZADOR', 'ORGANIZADORA', 'ORGANIZACION'],
  redeemer: ['COMERCIO', 'NEGOCIO', 'TIENDA', 'CANJEADOR'],
};

export const amounts: LanguagePack['amounts'] = {
  credits: ['crédito', 'créditos'],
  slots: [...['persona', 'personas', 'lugares', 'cupo', 'cupos', 'plazas'], ...['voluntarios']],
  perDay: ['por día', 'al día', '/día'],
};
