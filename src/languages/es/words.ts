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
  me: ['YO'],
  more: ['MAS'],
  link: ['VINCULAR'],
  mydata: ['MIS DATOS', 'QUE SABEN DE MI', 'QUE GUARDAN DE MI'],
  forget: ['OLVÍDAME', 'OLVIDENME', 'BORRA MIS DATOS', 'BORRAR MIS DATOS', 'BORRA MI CUENTA'],
  alerts: ['AVISOS', 'AVISO'],
  lang: ['IDIOMA', 'LENGUA'],
  accept: ['ACEPTAR'],
  as: ['A NOMBRE DE'],
  announce: ['ANUNCIAR', 'ANUNCIO'],
  review: ['REVISAR'],
  approve: ['APROBAR'],
  reject: ['RECHAZAR'],
  roster: ['LISTA'],
  close: ['CERRAR'],
  offer: ['OFERTA'],
  confirm: ['CONFIRMAR'],
  invite: ['INVITAR'],
  uninvite: ['DESINVITAR'],
  suspend: ['SUSPENDER'],
  resume: ['REANUDAR'],
  cap: ['TOPE'],
  halt: ['FRENAR'],
  replay: ['REPETIR'],
  adjust: ['AJUSTAR'],
  agree: ['AVALAR'],
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
  unlimited: ['SIN LIMITE', 'TODOS', 'TODAS'],
  on: ['SI', 'OK'],
  off: ['NO', 'FIN', 'ALTO'],
  issuer: ['EMISOR', 'EMISORA', 'ORGANIZADOR', 'ORGANIZADORA', 'ORGANIZACION'],
  redeemer: ['COMERCIO', 'NEGOCIO', 'TIENDA', 'CANJEADOR'],
  letGo: ['SOLTAR', 'DEJAR'],
  because: ['PORQUE'],
  admin: ['ADMIN', 'ADMINISTRADOR', 'ADMINISTRADORA'],
  owner: ['TITULAR', 'DUEÑA', 'DUEÑO'],
  manager: ['GERENTE'],
  reviewer: ['REVISION', 'REVISOR', 'REVISORA'],
  counter: ['MOSTRADOR', 'CAJA'],
  green: ['VERDE'],
  yellow: ['AMARILLO'],
  red: ['ROJO'],
  until: ['HASTA'],
};

export const amounts: LanguagePack['amounts'] = {
  credits: ['crédito', 'créditos'],
  slots: [...['persona', 'personas', 'lugares', 'cupo', 'cupos', 'plazas'], ...['voluntarios']],
  perDay: ['por día', 'al día', '/día'],
};
