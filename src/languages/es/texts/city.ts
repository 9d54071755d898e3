/** What everybody hears: first contact, help, language, labels of choices, ends of replies. */
import type { city as keys } from '../../en/texts/city.ts';

export const city: Readonly<Record<keyof typeof keys, string>> = {
  'credit.amount':
    '{count, plural, one {{count, number} crédito {currencyWord}} other {{count, number} créditos {currencyWord}}}',

  'time.minutes': '{count, plural, one {# minuto} other {# minutos}}',
  'time.hours': '{count, plural, one {# hora} other {# horas}}',
  'time.days': '{count, plural, one {# día} other {# días}}',

  'role.organizer':
    'Eso es para organizadores que anuncian y revisan tareas. Responde AYUDA para ver qué puedes hacer.',
  'role.redeemer':
    'Eso es para comercios que aceptan códigos. Responde AYUDA para ver qué puedes hacer.',
  'role.admin':
    'Eso es para la administración de la ciudad. Responde AYUDA para ver qué puedes hacer.',
  'public.sent': 'Te contesté por mensaje privado.',
  'public.closed':
    'Eso es privado y solo te lo puedo decir a ti: escríbeme un mensaje privado, o permite mensajes de todos en los ajustes de chat, y pregunta de nuevo.',
  'failed.parked':
    'Perdón, algo falló con tu mensaje. Lo guardamos y nuestro equipo lo revisará. No cambió nada.',
  'announcement.text':
    '{title}\n{when}, {place}\n{credits} por persona, {standing, select, new {{slots, plural, one {# lugar} other {# lugares}}. {issuer} te invita: responde {join}} open {{free} de {slots, plural, one {# lugar} other {# lugares}} libres. {issuer} te invita: responde {join}} full {ya sin lugares libres ({slots}). Lista de espera de {issuer}: responde {join}} closed {{slots, plural, one {# lugar} other {# lugares}}. {issuer} cerró esta tarea. ¡Gracias!} other {{slots, plural, one {# lugar} other {# lugares}}. Esta tarea de {issuer} ya terminó. ¡Gracias!}}',
  'announcement.join': 'Unirme',
  'announcement.details': 'Detalles',

  // What can be said next: labels of choices.
  'choice.tasks': 'Tareas abiertas',
  'choice.task': 'Tarea {argument}',
  'choice.join': 'Unirme a la {argument}',
  'choice.drop': 'Soltar la {argument}',
  'choice.done': 'Evidencia de la {argument}',
  'choice.balance': 'Mi saldo',
  'choice.history': 'Mi historial',
  'choice.offers': 'Ofertas',
  'choice.redeem': 'Canjear la {argument}',
  'choice.codes': 'Mis códigos',
  'choice.release': 'Liberar {argument}',
  'choice.announce': 'Anunciar una tarea',
  'choice.review': 'Revisar',
  'choice.approve': 'Aprobar {argument}',
  'choice.reject': 'Rechazar {argument}',
  'choice.roster': 'Quién está en la {argument}',
  'choice.offer': 'Agregar una oferta',
  'choice.help': 'Ayuda',
  'choice.ok': 'OK',
  'choice.no': 'No',

  // Sentences that end a reply: what this person may want to do now.
  'next.review':
    '{count, plural, one {1 evidencia espera: REVISAR.} other {# evidencias esperan: REVISAR.}}',
  'next.evidence': '¿Terminaste la tarea {task}? Manda LISTO {task} y una foto.',
  'next.codes': 'CODIGOS muestra tus códigos.',
  'next.offers': 'Tienes {credits}: OFERTAS muestra para qué.',
  'next.confirm': 'CONFIRMAR y un código lo verifica.',
  'next.announce': 'ANUNCIAR publica una tarea.',
  'next.admin': 'INVITAR trae aliados.',
  'next.tasks': 'TAREAS muestra lo que hay.',

  // First contact, in the wording of the carriers (channels.md, SMS).
  'hello.ask':
    '{channel, select, sms {City/Sync {city}: ayuda y gana créditos para ofertas. Responde OK para recibir mensajes; frecuencia variable, pueden aplicar tarifas. AYUDA, ALTO.} other {City/Sync {city}: ayuda en tu barrio y gana créditos para ofertas locales. Responde OK para recibir aquí mensajes de tareas y créditos; su número varía. AYUDA para ayuda, ALTO para no recibir más.}}',
  'hello.joined':
    '{channel, select, sms {City/Sync {city}: ya participas. Avisos de tareas y créditos, frecuencia variable. Pueden aplicar tarifas de msj y datos. AYUDA para ayuda, ALTO para salir.} other {City/Sync {city}: ya participas. Aquí te avisamos de tus créditos; AVISOS agrega las tareas nuevas. AYUDA para ayuda, ALTO para salir.}}',
  'hello.back': 'City/Sync {city}: qué gusto leerte.',
  'hello.declined': 'De acuerdo, sin mensajes. Escribe HOLA cuando quieras participar.',
  'stop.stopped':
    'City/Sync {city}: te diste de baja y no recibirás más mensajes. Responde ALTA para volver.',
  'way-out.full': 'Responde ALTO para salir.',
  'way-out.short': 'ALTO: salir.',
  'ok.nothing-open': '¡Gracias! Nada espera tu OK en este momento.',

  // Language and help.
  'lang.summary': '{word} EN: in English',
  'lang.name': '{language, select, en {inglés, English} other {español}}',
  'lang.which': 'Aquí hablo {list}.',
  'lang.changed': 'Seguimos en español. TAREAS muestra lo que hay, AYUDA lo que puedes escribir.',
  'help.stranger':
    'City/Sync {city}: ayuda y gana créditos. Responde HOLA para empezar, ALTO para salir. De {operator}. Dudas: {contact}',

  // Sent by an app, and nothing that can be taken.
  'unread.location':
    'No puedo usar una ubicación, así que no guardé nada. Con {tasks} ves dónde es cada tarea.',
  'unread.contact':
    'No recibo contactos de otras personas, así que no guardé nada. Quien quiera participar me escribe. Con {tasks} ves qué hay abierto.',
  'unread.other':
    'Puedo leer palabras y ver fotos, nada más, así que no guardé nada. Mándalo como mensaje o como foto. Con {tasks} ves qué hay abierto.',

  // Telegram: buttons and posts.
  'telegram.button-of-other': 'Este botón es de otra persona. Escríbeme y te doy el tuyo.',
  'telegram.button-too-old': 'Este botón ya es viejo. Escríbeme y te doy uno nuevo.',
  'telegram.button-taken': 'Recibido: un momento.',
  'telegram.open-chat': 'Abrir nuestro chat',
  'telegram.post-unclear':
    'Hay un anuncio en el canal y Telegram no me dice qué organizador lo escribió. Manda {announce} aquí, en este chat, y yo lo anuncio en el canal.',
  'help.unknown': 'Perdón, no entendí eso.',
  'help.head': 'City/Sync {city}. Puedes escribir:',
  'help.foot':
    '{channel, select, sms {ALTO para salir. Pueden aplicar tarifas. De {operator}: {contact}} other {ALTO para salir. De {operator}. Dudas: {contact}}}',
  'help.organizer': 'Como organizador de {name}:',
  'help.redeemer': 'En el mostrador de {name}:',
  'help.admin': 'Como administrador de {name}:',
  'more.summary': '{word}: lo que falta de una respuesta larga',
  'more.none': 'La última respuesta ya está completa.',
  'more.hint': 'Responde {word} para lo demás.',

  // A task for samples, as carriers ask for them.
  'sample.title': 'Limpieza del arroyo',
  'sample.place': 'El puente',
};
