/** What everybody hears: first contact, help, language, labels of choices, ends of replies. */
import type { city as keys } from '../../en/texts/city.ts';

export const city: Readonly<Record<keyof typeof keys, string>> = {
  'credit.amount':
    '{count, plural, one {{count, number} crédito {currencyWord}} other {{count, number} créditos {currencyWord}}}',

  'time.minutes': '{count, plural, one {# minuto} other {# minutos}}',
  'time.hours': '{count, plural, one {# hora} other {# horas}}',
  'time.days': '{count, plural, one {# día} other {# días}}',

  'role.organizer':
    'Eso es para quien organiza: anuncia y revisa tareas. Responde AYUDA para ver qué puedes hacer.',
  'role.redeemer':
    'Eso es para negocios que reciben códigos. Responde AYUDA para ver qué puedes hacer.',
  'role.admin': 'Eso es para quien administra la ciudad. Responde AYUDA para ver qué puedes hacer.',
  'public.sent': 'Te contesté por mensaje privado.',
  'public.closed':
    'Eso es privado y solo te lo puedo decir a ti. Mándame un mensaje privado, o permite mensajes de todos en los ajustes de chat, y pregunta otra vez.',
  'failed.parked':
    'Perdón, algo falló con tu mensaje. Lo guardamos y nuestro equipo lo revisará. No cambió nada. Responde AYUDA para ver a quién preguntar.',
  'limit.messages':
    'Son muchos mensajes. No leí los últimos. Espera {duration} y escribe otra vez. ALTO y AYUDA siempre funcionan.',
  'limit.strangers':
    'Son muchos mensajes por ahora. Responde OK para participar, o escribe otra vez en {duration}. ALTO y AYUDA siempre funcionan.',
  'limit.texts-out':
    'La ciudad ya usó sus mensajes de hoy: hice lo que pediste, pero quizá no te conteste hasta mañana. Los códigos sí funcionan.',
  'limit.segments-low':
    'Mensajes usados hoy: {used, number} de {limit, number}. Hasta mañana solo mando códigos, respuestas a ALTO y AYUDA, y noticias de las tareas de cada quien.',
  'when.day': '{day, date, medium}',
  'when.any-time': 'cuando quieras hasta: {end}',
  'announcement.text':
    '{title}\n{when}, {place}\n{credits} por persona. {standing, select, new {Lugares: {slots}. {issuer} te invita: responde {join}} open {Lugares libres: {free} de {slots}. {issuer} te invita: responde {join}} full {Ya no hay lugares: {slots} de {slots}. Responde {join} para la lista de espera de {issuer}} closed {{issuer} cerró esta tarea. ¡Gracias!} off {{issuer} la suspendió: {reason}} other {Esta tarea de {issuer} ya pasó. ¡Gracias!}}',
  'announcement.join': 'Unirme',
  'announcement.details': 'Detalles',

  // What can be said next: labels of choices.
  'choice.tasks': 'Tareas abiertas',
  'choice.task': 'Tarea {argument}',
  'choice.join': 'Unirme a la {argument}',
  'choice.drop': 'Dejar la {argument}',
  'choice.done': 'Evidencia de la {argument}',
  'choice.balance': 'Mi saldo',
  'choice.history': 'Mi historial',
  'choice.offers': 'Ofertas',
  'choice.redeem': 'Canjear la {argument}',
  'choice.codes': 'Mis códigos',
  'choice.release': 'Devolver {argument}',
  'choice.announce': 'Anunciar una tarea',
  'choice.review': 'Revisar',
  'choice.approve': 'Aprobar {argument}',
  'choice.reject': 'Rechazar {argument}',
  'choice.roster': 'Quién está en la {argument}',
  'choice.offer': 'Agregar una oferta',
  'choice.help': 'Ayuda',
  'choice.confirm': 'Revisar un código',
  'choice.invite': 'Invitar a alguien',
  'choice.ok': 'OK {argument}',
  'choice.no': 'No',

  // Sentences that end a reply: what this person may want to do now.
  'next.review': 'Por revisar: {count, number}. Responde REVISAR para verla.',
  'next.evidence': '¿Ya acabaste la tarea {task}? Responde LISTO {task} con una foto.',
  'next.codes': 'Responde CÓDIGOS para ver tus códigos.',
  'next.offers': 'Tienes {credits}. Responde OFERTAS para ver en qué usarlos.',
  'next.confirm': 'Responde CONFIRMAR y un código para revisarlo.',
  'next.announce': 'Responde ANUNCIAR para publicar una tarea.',
  'next.admin': 'Responde INVITAR para traer una organización o un negocio.',
  'next.tasks': 'Responde TAREAS para ver qué hay.',

  // First contact, in the wording of the carriers (channels.md, SMS).
  'hello.ask':
    '{channel, select, sms {City/Sync {city}: ayuda y gana créditos para ofertas. Responde OK para recibir mensajes; frecuencia variable, pueden aplicar tarifas. AYUDA, ALTO.} other {City/Sync {city}: ayuda en tu barrio y gana créditos para ofertas locales. Responde OK para recibir aquí mensajes de tareas y créditos; su número varía. AYUDA para ayuda, ALTO para no recibir más.}}',
  'hello.joined':
    '{channel, select, sms {City/Sync {city}: ya participas. Avisos de tareas y créditos, frecuencia variable. Pueden aplicar tarifas de msj y datos. AYUDA: ayuda. ALTO: no recibir más.} other {City/Sync {city}: ya participas. Aquí te avisamos de tus créditos; AVISOS agrega las tareas nuevas. AYUDA para ayuda, ALTO para no recibir más.}}',
  'hello.back': 'City/Sync {city}: qué gusto leerte.',
  'hello.declined': 'De acuerdo, sin mensajes. Escribe HOLA cuando quieras participar.',
  'stop.stopped':
    'City/Sync {city}: te diste de baja y no recibirás más mensajes. Responde INICIAR para volver.',
  'way-out.full': 'Responde ALTO para no recibir más.',
  'way-out.short': 'ALTO: no recibir más.',
  'ok.nothing-open': '¡Gracias! Ahora no hay nada a lo que decir OK.',

  // Language and help.
  'lang.summary': '{word} EN: in English',
  'lang.name': '{language, select, en {inglés, English} es {español} other {{name}}}',
  'lang.which': 'Aquí hablo {list}.',
  'lang.changed':
    'Ahora en español. Responde TAREAS para ver qué hay, AYUDA para ver qué puedes escribir.',
  'help.stranger':
    'City/Sync {city}: ayuda y gana créditos. Responde HOLA para empezar, ALTO para no recibir más. De {operator}. Dudas: {contact}',

  // Sent by an app, and nothing that can be taken.
  'unread.location':
    'No puedo usar una ubicación y no la guardé. Responde {tasks} para ver dónde es cada tarea.',
  'unread.contact':
    'No recibo contactos de otras personas y no lo guardé. Quien quiera participar me puede escribir. Responde {tasks} para ver qué hay.',
  'unread.other':
    'Solo puedo leer palabras y ver fotos, y no guardé eso. Mándalo como mensaje o como foto. Responde {tasks} para ver qué hay.',
  'unread.change':
    'No puedo usar un mensaje que se editó, así que no pasó nada. Mándalo otra vez como mensaje nuevo.',

  // Telegram: buttons and posts.
  'telegram.button-of-other': 'Este botón es de otra persona. Escríbeme para tener el tuyo.',
  'telegram.button-too-old': 'Este botón ya es viejo. Escríbeme para tener uno nuevo.',
  'telegram.button-taken': 'Recibido. Un momento.',
  'telegram.open-chat': 'Abrir nuestro chat',
  'telegram.post-unclear':
    'Hay un anuncio en el canal y Telegram no me dice quién lo escribió. Manda {announce} aquí, en este chat, y lo anuncio en el canal.',
  'help.unknown': 'Perdón, no entendí eso.',
  // Not understood once more: never in the same words.
  'help.choose':
    'Sigo sin entender. ¿Qué quieres hacer? Responde con un número:\n{lines}\nO escribe a una persona: {contact}',
  'help.still':
    'Perdón, tampoco conozco esas palabras. Responde AYUDA para ver qué puedes escribir, o pregunta a una persona: {contact}',
  'help.nor-that': 'Eso tampoco lo entiendo. {next}',
  'next.balance': 'Responde SALDO para ver tus créditos.',
  'ask.which': '¿Cuál? Responde con su número.',
  'ask.yes-no': 'Responde OK o NO.',
  'ask.photo': 'Manda una foto del trabajo, o responde NO si no quieres.',
  'again.which':
    'Escribe solo el número que está antes, como {example}. O responde NO para dejarlo así.',
  'again.yes-no': 'Basta una palabra: OK para sí, o NO para dejarlo así.',
  'again.photo': 'Toma una foto de lo que hiciste y mándala aquí. O responde NO para dejarlo así.',
  'again.number':
    'Escribe solo un número, como 20. ATRÁS regresa a la pregunta anterior, NO lo deja así.',
  'again.per-day':
    'Escribe solo un número, como 20, o SIN LÍMITE. ATRÁS regresa a la pregunta anterior, NO lo deja así.',
  'again.title':
    'Escribe unas palabras, como: Limpieza del arroyo. O responde NO para dejarlo así.',
  'again.offer': 'Escribe unas palabras, como: Un café. O responde NO para dejarlo así.',
  'again.place':
    'Escribe el lugar en pocas palabras, como: puente de la calle 8. ATRÁS regresa a la pregunta anterior, NO lo deja así.',
  'again.when':
    'Escribe el día y las horas, como: sábado 9 a 11. ATRÁS regresa a la pregunta anterior, NO lo deja así.',
  'again.read-back':
    'Basta una palabra: OK si está bien, ATRÁS para cambiarlo, NO para dejarlo así.',
  'again.consent':
    'Te puedo ayudar cuando aceptes. Responde OK para participar, AYUDA para ayuda, ALTO para no recibir más.',
  'again.leave': 'O responde NO para dejarlo así.',
  'again.stuck':
    'Todavía no puedo usar esa respuesta. Responde AYUDA para ver qué puedes escribir, o pregunta a una persona: {contact}',
  'which.none': 'De acuerdo, nada cambió. Responde TAREAS para ver qué hay.',
  'help.head': 'City/Sync {city}. Puedes escribir:',
  'help.more': 'Responde AYUDA {page} para ver más.',
  'help.foot':
    '{channel, select, sms {ALTO para no recibir más. Pueden aplicar tarifas. De {operator}: {contact}} other {ALTO para no recibir más. De {operator}. Dudas: {contact}}}',
  'help.organizer': 'En la organización de {name}:',
  'help.redeemer': 'En el mostrador de {name}:',
  'help.admin': 'En la administración de {name}:',
  'more.summary': '{word}: lo que falta de una respuesta larga',
  'more.none': 'La última respuesta ya está completa.',
  'more.hint': 'Responde {word} para lo demás.',

  // A task for samples, as carriers ask for them.
  'sample.title': 'Limpieza del arroyo',
  'sample.place': 'El puente',
};
