/** Why something was refused: `refused.<code>` is the text of the refusal with that code. */
import type { refusals as keys } from '../../en/texts/refusals.ts';

export const refusals: Readonly<Record<keyof typeof keys, string>> = {
  'refused.unknown': 'Perdón, eso no se puede ahora. Responde AYUDA para ver qué sí.',

  'refused.when-unclear':
    'No entendí la fecha y la hora. Escríbelas así: sábado 9 a 11, o 28/11 9:00-12:00',
  'refused.when-word':
    'No entendí "{word}" en la fecha y la hora. Escríbelas así: sábado 9 a 11, o 28/11 9:00-12:00',
  'refused.when-no-time':
    '¿A qué hora el {day, date, medium}? Escríbelo así: {day, date, short} 9:00-11:00',
  'refused.when-two-days':
    '¿Es el {day, date, medium} o el {other, date, medium}? Escribe la fecha, así: {other, date, short} 9:00-11:00',
  'refused.when-midnight':
    '¿A la medianoche en que empieza o en que acaba el {day, date, medium}? Escribe {day, date, short} 12 a.m., o {next, date, short} 12 a.m.',
  'refused.when-twelve':
    '¿Son las 12 del día o las 12 de la noche? Escríbelo así: sábado 12 del día, o sábado 12 de la noche',
  'refused.when-skipped':
    'El {day, date, medium} el reloj se adelanta y esa hora no existe. Escribe otra hora, así: {day, date, short} 9:00-11:00',
  'refused.when-twice':
    'El {day, date, medium} el reloj se atrasa y esa hora pasa dos veces. Escribe otra hora, así: {day, date, short} 9:00-11:00',
  'refused.when-past':
    '{start, date, medium}, {start, time, short} ya pasó. Escribe una hora futura, así: sábado 9 a 11',
  'refused.when-backwards': 'El final va antes del comienzo. Escríbelo así: sábado 9 a 11',
  'refused.when-too-far':
    'Falta demasiado para el {start, date, long}. Escribe una fecha de los próximos dos años, así: 28/11 9 a 11',
  'refused.when-weekday':
    'El día y la fecha no coinciden: esa fecha es {day, date, long}. Escribe la fecha correcta, así: {day, date, short} 9:00-11:00',

  'refused.picture-not-a-picture':
    'Ese archivo no es una imagen. Manda una foto en JPEG, PNG o WebP.',
  'refused.picture-heic':
    'No puedo abrir fotos HEIC. En el iPhone: Configuración, Cámara, Formatos, Más compatible. Luego manda otra foto.',
  'refused.picture-video': 'Un video no sirve de evidencia. Manda una foto.',
  'refused.picture-document': 'Un documento no sirve de evidencia. Manda una foto.',
  'refused.picture-drawing': 'Un dibujo no sirve de evidencia. Manda una foto.',
  'refused.picture-kind': 'No puedo abrir ese tipo de imagen. Manda la foto en JPEG, PNG o WebP.',
  'refused.picture-animated': 'Una imagen en movimiento no sirve de evidencia. Manda una foto.',
  'refused.picture-broken':
    'Esa imagen está dañada y no se puede abrir. Mándala otra vez o toma otra.',
  'refused.picture-too-large': 'Esa imagen pasa de 10 MB. Manda una más pequeña.',
  'refused.picture-unreachable': 'No pude recibir esa imagen. Mándala de nuevo o toma otra.',
  'refused.picture-too-many-pixels':
    'Esa imagen tiene más de 50 megapíxeles, o más de 20,000 píxeles de lado. ' +
    'Manda una más pequeña.',
  'refused.picture-too-heavy':
    'Esa imagen es muy pesada para abrirla. Mándala como foto normal o manda una captura de pantalla.',
  'refused.picture-too-many':
    'Mandaste muchas fotos en poco tiempo. Manda esta otra vez en una hora.',
  'refused.picture-no-room': 'Ahora no puedo recibir fotos. Manda esta otra vez en una hora.',
  'refused.picture-before-consent':
    'Esa foto llegó antes de que aceptaras y no la abrí. Mándala otra vez.',

  'refused.records-wait':
    'Ya hiciste mucho en esta hora, así que eso no se hizo. Prueba después de las {until, time, short}.',

  // Why something was refused: tasks and evidence.
  'refused.task-unknown': 'No existe la tarea {task}. Responde TAREAS para ver qué hay.',
  'refused.task-closed': 'La tarea {task} está cerrada. Responde TAREAS para ver qué hay.',
  'refused.task-called-off': 'La tarea {task} se suspendió. Responde TAREAS para ver otras.',
  'refused.guests-many':
    'Puedes llevar a {max} personas como máximo. Responde UNIRME {task} +{max}',
  'refused.spots-short':
    'Lugares libres: {free}. Responde UNIRME {task} solo para ti, o con menos gente, como UNIRME {task} +1',
  'refused.task-clash':
    'Tienes la tarea {other} casi a la misma hora. Responde DEJAR {other} para dejarla, y luego UNIRME {task}.',
  'refused.spot-taken':
    'Otra persona tomó el lugar en la tarea {task}. Sigues en la lista de espera; te avisamos si hay otro.',
  'refused.evidence-early':
    'Todavía no es hora de mandar evidencia de la tarea {task}. Mándala desde: {from, date, medium}, {from, time, short}.',
  'refused.evidence-late':
    'La evidencia de la tarea {task} se recibió hasta: {until, date, medium}, {until, time, short}. ¿Dudas? Responde PREGUNTAR {task} y unas palabras.',
  'refused.check-in-none':
    'Ahora no tienes ninguna tarea a la que llegar. Responde TAREAS para ver qué hay.',
  'refused.check-in-early':
    'Todavía es temprano. Puedes avisar que llegaste a la tarea {task} desde: {from, date, medium}, {from, time, short}. Responde TAREA {task} para verla.',
  'refused.check-in-wait':
    'Fueron muchos códigos equivocados. Intenta después de: {until, time, short}, o pide a quien organiza que te anote.',
  'refused.check-in-wrong':
    'Ese no es el código. Lee otra vez los cuatro números que están ahí y responde AQUÍ y el código.',
  'refused.attendance-early':
    'Todavía es temprano. Puedes anotar quién llegó desde: {from, date, medium}, {from, time, short}. Responde PERSONAS {task} para ver quién viene.',
  'refused.attendance-late':
    'Se podía cambiar quién llegó hasta: {until, date, medium}, {until, time, short}. Responde PERSONAS {task} para verlo.',
  'refused.question-unknown':
    'No hay pregunta {question} que puedas contestar. Responde AYUDA para ver qué puedes hacer.',
  'refused.tells-many':
    'Ya escribiste {max} veces de la tarea {task}, y no se puede más. Responde CAMBIAR {task} si algo es distinto.',
  'refused.tell-nobody':
    'Nadie tiene lugar en la tarea {task} todavía. Responde PERSONAS {task} para ver quién viene.',
  'refused.why-missing':
    '¿Por qué se suspende la tarea {task}? Escribe el motivo, o NO para que siga en pie.',
  'refused.why-long': 'Ese motivo es muy largo. Puede tener {max} letras. Escribe uno más corto.',
  'refused.note-long':
    'Esa nota es muy larga. Puede tener {max} letras. Responde CAMBIAR {task} nota y una más corta.',
  'refused.change-nothing': 'La tarea {task} ya es así. Responde TAREA {task} para verla.',
  'refused.changes-many':
    'La tarea {task} cambió {max} veces. Responde ANULAR {task} y por qué, y luego ANUNCIAR otra.',
  'refused.slots-taken':
    'Ya hay {taken, plural, one {1 lugar ocupado} other {# lugares ocupados}}. Responde CAMBIAR {task} lugares {taken}, o más.',
  'refused.when-no-last':
    '¿Cada semana hasta cuándo? Escríbelo así: cada sáb 9-11 hasta el 20 de dic',
  'refused.when-last-early':
    'Ese último día es antes del primero. Escríbelo así: cada sáb 9-11 hasta el 20 de dic',
  'refused.series-none': 'La tarea {task} es una sola vez. Responde UNIRME {task} o DEJAR {task}',
  'refused.walk-in-full':
    'Los {slots} lugares de la tarea {task} están ocupados. Responde CAMBIAR {task} lugares y un número mayor.',
  'refused.slip-decided': 'Ese trabajo ya se revisó y queda así. Responde TAREAS para ver qué hay.',
  'refused.check-in-far':
    'Eso queda a más de {max} metros de la tarea {task}. Al llegar, responde AQUÍ y los cuatro números que veas ahí.',
  'refused.check-in-placeless':
    'No sabemos dónde queda ese lugar. Al llegar, responde AQUÍ y los cuatro números que veas ahí.',
  'refused.task-over': 'La tarea {task} ya pasó. Responde TAREAS para ver qué hay.',
  'refused.issuer-not-approved':
    'Ahora no puedes unirte a la tarea {task}: su organización no está activa. Responde TAREAS para ver otras.',
  'refused.joined-already':
    'Ya te uniste a la tarea {task}. Responde TAREA {task} para ver cómo va.',
  'refused.standby-already':
    'Ya estás en la lista de espera de la tarea {task}. Te avisamos cuando haya lugar. Responde DEJAR {task} para dejarla.',
  'refused.not-joined': 'No estás en la tarea {task}. Responde UNIRME {task} para participar.',
  'refused.evidence-sent':
    'Ya tenemos tu evidencia de la tarea {task}, así que no la puedes dejar. Responde TAREA {task} para ver cómo va.',
  'refused.standby-evidence':
    'Estás en la lista de espera de la tarea {task}. Puedes mandar evidencia cuando tengas lugar. Responde TAREA {task} para ver cómo va.',
  'refused.reviewed-already': 'Esa evidencia ya se revisó. Responde REVISAR para ver la que falta.',
  'refused.questions-many':
    'Hoy hiciste muchas preguntas, así que esta no la pasamos. Pregunta otra vez mañana.',
  'refused.evidence-empty': 'Manda ahora una foto del trabajo, o LISTO {task} y unas palabras.',
  'refused.consent-missing':
    'Falta que aceptes que sea pública. Responde LISTO {task} y te preguntamos.',
  'refused.evidence-unknown':
    'No hay evidencia {evidence} que puedas revisar. Responde REVISAR para ver la que hay.',
  'refused.evidence-held':
    'Alguien está decidiendo sobre la evidencia {evidence}. Responde REVISAR en un minuto.',
  'refused.own-evidence':
    'No puedes revisar tu propia evidencia. Otra persona la verá. Responde REVISAR para ver otras.',
  'refused.reason-missing':
    '¿Por qué no se aprueba la evidencia {evidence}? Responde con el motivo, o NO para dejarla.',

  // Announcing and issuing.
  'refused.title-missing': 'Falta el título. Escribe de qué se trata, en pocas palabras.',
  'refused.title-long': 'Ese título es muy largo: máximo {max} letras. Escribe uno más corto.',
  'refused.names-contact':
    'Esto será público. Escríbelo otra vez sin teléfonos, correos, nombres de usuario ni códigos.',
  'refused.place-missing': 'Falta el lugar. Escribe dónde se encuentran.',
  'refused.place-link':
    'No puedo abrir enlaces. Escribe el nombre del lugar o sus coordenadas, o manda un enlace más largo que las tenga.',
  'refused.place-long': 'Ese lugar es muy largo: máximo {max} letras. Escribe uno más corto.',
  'refused.credits-invalid': 'Escribe los créditos como un número entero de 1 a {max, number}.',
  'refused.slots-invalid': 'Escribe el número de personas como un entero de 1 a {max, number}.',
  'refused.starts-in-past': 'Esa hora ya pasó. Escribe una hora futura, así: sábado 9 a 11',
  'refused.ends-before-start': 'El final va antes del comienzo. Escríbelo así: sábado 9 a 11',
  'refused.cap-short':
    '{left, plural, =0 {No quedan créditos por prometer este trimestre. Pide más a la ciudad.} other {Créditos que pide: {needed, number}. Créditos por prometer este trimestre: {left, number}. Escribe menos personas, ATRÁS para menos créditos, o pide más a la ciudad.}}',
  'refused.cap-issuer':
    'Aún no se aprueba. Créditos por emitir este trimestre: {left, number}. Pide a la ciudad un límite mayor y luego responde REVISAR.',
  'refused.cap-city':
    'Aún no se aprueba. Créditos que le quedan a toda la ciudad este trimestre: {left, number}. Responde REVISAR para verla después.',
  'refused.announcements-wait':
    'Tu organización ya anunció muchas tareas. Responde ANUNCIAR otra vez después del {until, date, medium}, {until, time, short}.',
  'refused.broadcast-none':
    'No se están mandando avisos de la tarea {task}. Responde TAREAS para ver qué hay.',
  'refused.not-issuer':
    'No anuncias por ninguna organización. Responde AYUDA para ver qué puedes hacer.',

  // Offers and codes.
  'refused.not-redeemer':
    'No representas a ningún negocio que reciba códigos. Responde AYUDA para ver qué puedes hacer.',
  'refused.per-day-invalid':
    'Escribe cuántos al día como un entero de 1 a {max, number}, o SIN LÍMITE.',
  'refused.offer-unknown': 'No existe la oferta {offer}. Responde OFERTAS para ver qué hay.',
  'refused.offer-paused': 'La oferta {offer} está en pausa. Responde OFERTAS para ver otras.',
  'refused.offer-not-yours':
    'No tienes ninguna oferta {offer}. Responde PAUSAR para ver las tuyas.',
  'refused.offer-changed-often':
    'La oferta {offer} cambió demasiadas veces. Responde OFERTA {offer} CERRAR y luego OFERTA para agregarla otra vez.',
  'refused.price-step':
    'La oferta {offer} cuesta {credits, number} ahora. Un paso va de {min, number} a {max, number}. Responde PRECIO {offer} y un número entre los dos.',
  'refused.offer-full':
    'La oferta {offer} se agotó por hoy. Prueba mañana, o responde OFERTAS para ver otras.',
  'refused.link-unknown':
    'Ese código no sirve: es otro, ya se usó o tiene más de 10 minutos. Manda VINCULAR en tu otro canal y recibes uno nuevo.',
  'refused.link-locked': 'Hubo demasiados códigos equivocados hoy. Intenta mañana.',
  'refused.link-both':
    'Los dos canales tienen créditos o tareas abiertas. En uno usa los créditos (OFERTAS) y acaba o deja sus tareas; luego VINCULAR otra vez.',
  'refused.live-codes-max':
    'Ya tienes {max} códigos. Usa uno, o responde DEVOLVER y el código para devolverlo. Responde CÓDIGOS para verlos.',
  'refused.balance-short':
    'Eso pide {credits, plural, one {# crédito} other {# créditos}} y tienes {available, number}. Responde TAREAS para ver dónde ganar más.',
  'refused.code-malformed':
    'Ese código está mal escrito. Léelo y mándalo otra vez: tiene 8 letras y números.',
  'refused.code-unknown':
    'Aquí no hay ningún código así. Léelo otra vez y responde CONFIRMAR y el código.',
  'refused.code-own': 'Es tu propio código, así que otra persona debe confirmarlo.',
  'refused.code-expired': 'Ese código venció. Puede responder CANJEAR y pedir otro.',
  'refused.code-undone':
    'Ese código se deshizo y los créditos regresaron. Puede responder CANJEAR y pedir otro.',
  'refused.undo-none':
    'No confirmaste nada que se pueda deshacer. Responde CONFIRMAR y un código para revisar uno.',
  'refused.undo-late':
    'Tu último código se confirmó hace más de 10 minutos; ya no se puede deshacer. Responde AYUDA para ver a quién preguntar.',
  'refused.undo-corrected':
    'La ciudad ya corrigió esos créditos; no se puede deshacer. Responde AYUDA para ver a quién preguntar.',
  'refused.code-released':
    'Ese código se devolvió y ya no vale. Puede responder CANJEAR y pedir otro.',
  'refused.guesses-wait':
    'Hubo demasiados códigos equivocados. Espera {minutes, plural, one {1 minuto} other {# minutos}} y prueba otra vez.',
  'refused.guesses-locked':
    'Hubo demasiados códigos equivocados hoy, así que ya no puedes confirmar. Le avisamos a la ciudad. Responde AYUDA para ver a quién preguntar.',
  'refused.release-unknown':
    'No tienes ningún código abierto así. Responde CÓDIGOS para ver los tuyos.',

  // Partners.
  'refused.not-admin':
    'Eso es para quien administra la ciudad. Responde AYUDA para ver qué puedes hacer aquí.',
  'refused.name-missing': 'Falta el nombre. Escríbelo así: INVITAR negocio La Esquina',
  'refused.name-long':
    'Ese nombre es muy largo: máximo {max} letras. Mándalo otra vez con uno más corto.',
  'refused.partner-suspended':
    '{name} está en suspenso: por ahora no se puede. Pregunta a quien administra la ciudad. Responde AYUDA para ver a quién preguntar.',
  'refused.invite-unknown':
    'Esa invitación no es válida: quizá ya se usó, venció o tiene un error. Pide otra, por favor.',
  'refused.issuer-unknown':
    'No hay ninguna organización llamada {name}. Responde INVITAR organización y el nombre para sumarla.',
  'refused.cap-invalid':
    'Escribe el límite como un número entero, 0 o más, como LÍMITE Amigos del Arroyo 500',
  'refused.cap-above-city':
    'Eso es más de lo que toda la ciudad puede emitir este trimestre: {city, number} créditos. Responde LÍMITE con un número menor.',
  'refused.cap-below-issued':
    'Ya emitieron {issued, number} créditos este trimestre. El límite no puede ser menor. Responde LÍMITE con un número mayor.',

  // The ledger: what no honest message leads to.
  'refused.amount-invalid': 'Esa cantidad de créditos no se puede mover.',
  'refused.not-pending': 'Esos créditos ya no están apartados.',
  'refused.resolved-already': 'Eso ya quedó resuelto.',
  'refused.transfer-differs': 'Eso ya se hizo de otra manera.',
};
