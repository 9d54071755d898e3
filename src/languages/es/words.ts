/** What people write in Spanish. */
import type { CommandWords, LanguagePack } from '../language.ts';

export const words: CommandWords = {
  hello: ['HOLA', 'BUENAS', 'BUENOS DIAS', 'BUENAS TARDES', 'BUENAS NOCHES'],
  help: ['AYUDA', 'INFO'],
  stop: [
    ...['ALTO', 'CANCELAR', 'SALIR', 'TERMINAR', 'PARAR', 'BAJA', 'CANCELA', 'CANCELO', 'CANCELEN'],
    ...['SALIRME', 'SÁCAME', 'SÁQUENME', 'QUÍTAME', 'QUÍTENME', 'BÓRRAME', 'DARME DE BAJA'],
  ],
  start: ['INICIAR', 'ALTA'],
  ok: ['SÍ', 'VALE', 'DE ACUERDO', 'OKEY'],
  tasks: ['TAREAS', 'TAREAS ABIERTAS', 'QUÉ TAREAS', 'QUÉ HAY'],
  task: ['TAREA', 'DE QUÉ TRATA', 'DE QUÉ SE TRATA'],
  join: [
    ...['UNIRME', 'ME APUNTO', 'ME UNO', 'UNIR', 'APUNTARME', 'APÚNTAME', 'APÚNTENME', 'YO VOY'],
    ...['VOY', 'ME ANOTO', 'ANOTARME', 'ANÓTAME', 'ANÓTENME', 'ME SUMO', 'SUMARME', 'PARTICIPAR'],
    ...['PARTICIPO', 'ME INSCRIBO', 'INSCRIBIRME', 'INSCRÍBEME', 'REGISTRARME', 'ME REGISTRO'],
    ...['CUENTEN CONMIGO', 'CUENTA CONMIGO', 'ME INTERESA', 'ME INTERESAN', 'LE ENTRO', 'ASISTIR'],
    ...['QUIERO IR', 'QUISIERA IR', 'ME GUSTARÍA IR', 'QUIERO AYUDAR', 'QUISIERA AYUDAR', 'AHÍ ESTARÉ'],
    ...['ME GUSTARÍA AYUDAR', 'PUEDO AYUDAR', 'YO AYUDO', 'AHÍ VOY', 'QUIERO LA', 'QUIERO EL'],
  ],
  drop: [
    ...['DEJAR', 'SOLTAR', 'YA NO VOY', 'NO VOY', 'NO PUEDO IR', 'YA NO PUEDO IR', 'NO PODRÉ IR'],
    ...['YA NO PODRÉ IR', 'NO VOY A PODER IR', 'NO VOY A IR', 'NO PUEDO ASISTIR', 'NO PODRÉ ASISTIR'],
    ...['YA NO PUEDO ASISTIR', 'DEJO', 'NO PODEMOS IR', 'YA NO QUIERO IR'],
  ],
  done: [
    ...['LISTO', 'HECHO', 'YA ACABÉ', 'ACABÉ', 'YA ACABAMOS', 'ACABAMOS', 'YA QUEDÓ', 'YA LO HICE'],
    ...['YA ESTÁ', 'YA ESTÁ LISTO'],
  ],
  balance: [
    ...['SALDO', 'CRÉDITOS', 'MIS CRÉDITOS', 'MI SALDO', 'PUNTOS', 'MIS PUNTOS', 'CUÁNTOS CRÉDITOS'],
    ...['CUÁNTOS PUNTOS', 'CUÁNTO TENGO'],
  ],
  history: ['HISTORIAL', 'HISTORIA'],
  offers: ['OFERTAS', 'RECOMPENSAS', 'PREMIOS', 'QUÉ OFERTAS', 'QUÉ PREMIOS'],
  redeem: ['CANJEAR', 'CANJE', 'CANJEO', 'CANJEA', 'USAR'],
  codes: ['CÓDIGOS', 'MIS CÓDIGOS', 'CÓDIGO', 'MI CÓDIGO'],
  release: ['DEVOLVER', 'LIBERAR', 'DEVUELVO'],
  me: ['YO'],
  more: ['MÁS'],
  link: ['VINCULAR'],
  mydata: ['MIS DATOS', 'QUE SABEN DE MI', 'QUE GUARDAN DE MI'],
  forget: ['OLVÍDAME', 'OLVIDENME', 'BORRA MIS DATOS', 'BORRAR MIS DATOS', 'BORRA MI CUENTA'],
  unlink: ['DESVINCULAR'],
  move: ['MUDAR'],
  alerts: ['AVISOS', 'AVISO', 'ALERTAS', 'ALERTA', 'NOTIFICACIONES'],
  lang: ['IDIOMA', 'LENGUA'],
  accept: ['ACEPTAR', 'ACEPTO'],
  as: ['A NOMBRE DE'],
  announce: ['ANUNCIAR', 'ANUNCIO'],
  review: ['REVISAR'],
  approve: ['APROBAR', 'APRUEBO', 'APRUEBA', 'APROBADO', 'APROBADA'],
  reject: ['RECHAZAR', 'RECHAZO', 'RECHAZA'],
  roster: ['PERSONAS', 'QUIÉN VIENE', 'QUIÉNES VIENEN', 'QUIÉN VA'],
  close: ['CERRAR', 'CIERRA', 'CIERRO'],
  offer: ['OFERTA'],
  confirm: ['CONFIRMAR', 'CONFIRMO', 'CONFIRMA'],
  invite: ['INVITAR'],
  uninvite: ['DESINVITAR'],
  suspend: ['SUSPENDER'],
  resume: ['REANUDAR'],
  cap: ['LÍMITE', 'TOPE'],
  mute: ['SILENCIAR', 'FRENAR'],
  replay: ['REPETIR'],
  adjust: ['AJUSTAR'],
  agree: ['AVALAR'],
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
  yes: [
    ...['OK', 'OKEY', 'SÍ', 'S', 'SIP', 'SIPI', 'SIMÓN', 'VALE', 'DE ACUERDO', 'ACEPTO', 'SÍ ACEPTO'],
    ...['CLARO', 'CLARO QUE SÍ', 'POR SUPUESTO', 'DALE', 'VA', 'SALE', 'ÓRALE', 'ÁNDALE', 'ASÍ ES'],
    ...['CORRECTO', 'EXACTO', 'ESTÁ BIEN', 'TÁ BIEN', 'BUENO', 'BIEN', 'MUY BIEN', 'PERFECTO'],
    ...['EXCELENTE', 'ADELANTE', 'DESDE LUEGO', 'CÓMO NO', 'POR QUÉ NO', 'SIN PROBLEMA', 'SEGURO'],
    ...['NO HAY PROBLEMA', 'CON GUSTO', 'CON MUCHO GUSTO', 'ESTOY DE ACUERDO', 'QUIERO', 'SÍ QUIERO'],
    ...['YO QUIERO', 'HAZLO', 'HÁGALO', 'MÁNDALO', 'MÁNDALA', 'PUBLÍCALA', 'PUBLÍCALO', 'ANÚNCIALA'],
    ...['ME PARECE BIEN', 'TODO BIEN', 'VENGA', 'ÉCHALE', 'ESO ES', 'ES CORRECTO', 'SÍ PUEDES'],
  ],
  no: [
    ...['NO', 'NO GRACIAS', 'NEL', 'NOP', 'NEGATIVO', 'MEJOR NO', 'AHORA NO', 'AHORITA NO', 'HOY NO'],
    ...['TODAVÍA NO', 'AÚN NO', 'CLARO QUE NO', 'POR SUPUESTO QUE NO', 'DE NINGUNA MANERA'],
    ...['PARA NADA', 'NUNCA', 'JAMÁS', 'NO QUIERO', 'YA NO', 'YA NO QUIERO', 'NO ACEPTO', 'NO LO HAGAS'],
    ...['NO ESTOY DE ACUERDO', 'NO LO MANDES', 'NO LA MANDES', 'OLVÍDALO', 'DÉJALO', 'DÉJALO ASÍ'],
    ...['NO HACE FALTA', 'YO NO', 'YO CREO QUE NO', 'CREO QUE NO'],
  ],
  consent: ['OK', 'OKEY', 'SÍ', 'ACEPTO', 'INICIAR'],
  back: ['ATRÁS', 'VOLVER', 'REGRESAR', 'REGRESA'],
  another: ['NUEVO', 'NUEVA', 'OTRO'],
  unlimited: ['SIN LÍMITE', 'SIN LÍMITES', 'TODOS', 'TODAS', 'LOS QUE QUIERAN'],
  on: ['SI', 'OK'],
  off: ['NO', 'FIN', 'ALTO'],
  issuer: ['EMISOR', 'EMISORA', 'ORGANIZADOR', 'ORGANIZADORA', 'ORGANIZACION'],
  redeemer: ['COMERCIO', 'NEGOCIO', 'TIENDA', 'CANJEADOR'],
  letGo: ['DEJAR', 'SOLTAR'],
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

export const smallWords: LanguagePack['smallWords'] = {
  before: [
    ...['POR FAVOR', 'PORFA', 'PORFAVOR', 'PUES', 'BUENO', 'ENTONCES', 'TAMBIÉN', 'Y', 'YA', 'OYE'],
    ...['OIGAN', 'DISCULPA', 'DISCULPEN', 'PERDÓN', 'QUÉ TAL', 'AMIGOS', 'AMIGAS', 'EQUIPO', 'A TODOS'],
    ...['SÍ', 'SÍ CLARO', 'CLARO', 'DALE', 'VA', 'SALE', 'VALE', 'GRACIAS', 'LO SIENTO', 'NI MODO'],
    ...['QUIERO', 'YO QUIERO', 'QUISIERA', 'ME GUSTARÍA', 'ME ENCANTARÍA', 'NOS GUSTARÍA', 'QUEREMOS'],
    ...['ME QUIERO', 'ME QUISIERA', 'ME PUEDO', 'ME PODRÍA', 'PUEDO', 'PODRÍA', 'PUEDES', 'PUEDEN'],
    ...['PODRÍAS', 'PODRÍAN', 'DESEO', 'NECESITO', 'VOY A', 'ME VOY A', 'CÓMO PUEDO', 'CÓMO', 'QUE'],
    ...['MUÉSTRAME', 'MOSTRAR', 'MUESTRA', 'VER', 'DIME', 'DAME', 'MANDA', 'MÁNDAME', 'CUÁLES SON'],
    ...['CUÁL ES', 'QUÉ', 'TENGO QUE', 'ME INTERESARÍA', 'LAS', 'LOS', 'LA', 'EL', 'MIS', 'MI', 'TUS'],
  ],
  between: [
    ...['EL', 'LA', 'LOS', 'LAS', 'AL', 'A', 'A LA', 'DE', 'DEL', 'EN', 'NÚMERO', 'NÚMEROS', 'NÚM'],
    ...['N', 'O', 'NO', 'NRO', 'NUM', 'TAREA', 'TAREAS', 'OFERTA', 'OFERTAS', 'EVIDENCIA', 'PRUEBA'],
    ...['EVIDENCIAS', 'CÓDIGO', 'CON', 'POR', 'PARA', 'MI', 'SU', 'TU', 'ESA', 'ESE', 'ESTA', 'ESTE'],
    ...['ES', 'OPCIÓN', 'LUGAR', 'PERSONA', 'PAREJA', 'CORRECCIÓN', 'MUDANZA', 'IR A', 'AYUDAR EN'],
    ...['PARTICIPAR EN', 'POR FAVOR', 'PORFA', 'ME', 'QUE DICE'],
  ],
  after: [
    ...['POR FAVOR', 'PORFA', 'PORFAVOR', 'PORFIS', 'GRACIAS', 'MUCHAS GRACIAS', 'MIL GRACIAS'],
    ...['DE ANTEMANO', 'YA', 'AHORA', 'AHORITA', 'PUES', 'AMIGO', 'AMIGA', 'SEÑOR', 'SEÑORA'],
    ...['SEÑORITA', 'HAY', 'TENGO', 'TIENEN', 'DISPONIBLES', 'SI SE PUEDE', 'SI ES POSIBLE', 'HOLA'],
    ...['ENTONCES', 'OTRA VEZ', 'SALUDOS', 'LAS DOS', 'AMBAS', 'JOVEN', 'HOY', 'PERDÓN', 'LO SIENTO'],
  ],
  and: ['Y', 'E', 'Y TAMBIÉN', 'TAMBIÉN', 'MÁS'],
  or: ['O', 'U', 'O TAL VEZ', 'A', 'AL', 'HASTA'],
  times: ['A LAS', 'COMO A LAS', 'DE LAS', 'DESDE LAS'],
  counted: [
    ...['PERSONAS', 'PERSONA', 'AMIGOS', 'AMIGAS', 'HIJOS', 'HIJAS', 'NIÑOS', 'NIÑAS', 'ADULTOS'],
    ...['HORAS', 'HORA', 'HRS', 'MINUTOS', 'MIN', 'DÍAS', 'SEMANAS', 'MESES', 'AÑOS', 'VECES'],
    ...['CRÉDITOS', 'PUNTOS', 'FOTOS', 'LUGARES', 'PESOS', 'DE LA TARDE', 'DE LA MAÑANA', 'DE LA NOCHE'],
  ],
  ofTask: ['TAREA', 'TAREAS', 'LUGAR', 'CUPO', 'INSCRIPCIÓN', 'PARTICIPACIÓN', 'REGISTRO'],
};

export const numerals: LanguagePack['numerals'] = {
  ...{ UNO: 1, UNA: 1, DOS: 2, TRES: 3, CUATRO: 4, CINCO: 5, SEIS: 6, SIETE: 7, OCHO: 8 },
  ...{ NUEVE: 9, DIEZ: 10, ONCE: 11, DOCE: 12, TRECE: 13, CATORCE: 14, QUINCE: 15 },
  ...{ DIECISÉIS: 16, DIECISIETE: 17, DIECIOCHO: 18, DIECINUEVE: 19, VEINTE: 20 },
};

export const limited: LanguagePack['limited'] = {
  whole: ['YO'],
  alone: [
    ...['MÁS', 'USAR', 'VOY', 'YO VOY', 'AHÍ VOY', 'DEJAR', 'DEJO', 'SÍ', 'YA ESTÁ', 'PUNTOS'],
    ...['PERSONAS', 'QUÉ HAY', 'NO VOY', 'APROBADO', 'APROBADA', 'CIERRA', 'QUIÉN VA', 'UNIR', 'HISTORIA'],
    ...['ASISTIR', 'QUIERO IR', 'QUISIERA IR', 'ME GUSTARÍA IR'],
  ],
  numbered: ['FRENAR', 'CONFIRMO', 'ACEPTO', 'QUIERO LA', 'QUIERO EL', 'DE QUÉ TRATA', 'DE QUÉ SE TRATA'],
  aboutTask: [
    ...['CANCELA', 'CANCELO', 'CANCELEN', 'SALIRME', 'SÁCAME', 'SÁQUENME', 'QUÍTAME', 'QUÍTENME'],
    ...['BÓRRAME', 'DARME DE BAJA'],
  ],
};

export const amounts: LanguagePack['amounts'] = {
  credits: ['crédito', 'créditos'],
  slots: [...['persona', 'personas', 'lugares', 'cupo', 'cupos', 'plazas'], ...['voluntarios']],
  perDay: ['por día', 'al día', '/día'],
};
