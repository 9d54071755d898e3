/** Why something was refused: `refused.<code>` is the text of the refusal with that code. */
import type { refusals as keys } from '../../en/texts/refusals.ts';

export const refusals: Readonly<Record<keyof typeof keys, string>> = {
  'refused.unknown': 'Perdón, eso no se puede ahora. Responde AYUDA para ver qué sí.',

  'refused.when-unclear':
    'No entendí la fecha y la hora. Escríbelas así: sábado 9 a 11, o 28/11 9:00-12:00',
  'refused.when-no-time':
    '¿A qué hora el {day, date, medium}? Escríbelo así: {day, date, short} 9:00-11:00',
  'refused.when-past':
    '{start, date, medium}, {start, time, short} ya pasó. Escribe una hora que esté por venir, así: sábado 9 a 11',
  'refused.when-backwards': 'El final queda antes del comienzo. Escríbelo así: sábado 9 a 11',
  'refused.when-too-far':
    'Falta demasiado para el {start, date, long}. Escribe una fecha dentro de dos años.',
  'refused.when-weekday':
    'El {day, date, long} es otro día de la semana que el que escribiste. ¿Cuál es el correcto?',

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

  // Why something was refused: tasks and evidence.
  'refused.task-unknown': 'No existe la tarea {task}. TAREAS muestra lo que hay.',
  'refused.task-closed': 'La tarea {task} está cerrada. TAREAS muestra lo que hay.',
  'refused.task-over': 'La tarea {task} ya pasó. TAREAS muestra lo que hay.',
  'refused.issuer-not-approved':
    'No es posible unirse a la tarea {task}: su organizador no está activo. TAREAS muestra otras.',
  'refused.joined-already': 'Ya te uniste a la tarea {task}. TAREA {task} muestra cómo va.',
  'refused.standby-already': 'Ya estás en espera de la tarea {task} y te avisaremos.',
  'refused.not-joined': 'No estás en la tarea {task}. UNIRME {task} para participar.',
  'refused.evidence-sent': 'Ya mandaste evidencia de la tarea {task}, por eso no se puede soltar.',
  'refused.standby-evidence':
    'Estás en espera de la tarea {task}: podrás mandar evidencia cuando tengas lugar.',
  'refused.reviewed-already': 'Esa evidencia ya se revisó.',
  'refused.evidence-empty': 'Manda ahora una foto del trabajo, o LISTO {task} y unas palabras.',
  'refused.evidence-unknown':
    'No hay evidencia {evidence} que puedas revisar. REVISAR muestra lo que espera.',
  'refused.own-evidence': 'Nadie revisa su propia evidencia. Otra persona la verá.',
  'refused.reason-missing':
    '¿Por qué no se aprueba la evidencia {evidence}? Responde con el motivo, o NO para dejarla.',

  // Announcing and issuing.
  'refused.title-missing': 'Falta un título. Escribe de qué se trata, en pocas palabras.',
  'refused.title-long': 'Ese título es muy largo: máximo {max} letras.',
  'refused.names-contact': 'Esto será público: no incluyas teléfonos, correos ni códigos.',
  'refused.place-missing': 'Falta el lugar. Escribe dónde se encuentran.',
  'refused.place-long': 'Ese lugar es muy largo: máximo {max} letras.',
  'refused.credits-invalid': 'Los créditos son un número entero de 1 a {max, number}.',
  'refused.slots-invalid': 'El número de personas es un entero de 1 a {max, number}.',
  'refused.starts-in-past': 'Ese momento ya pasó. Escribe uno por venir, así: sábado 9 a 11',
  'refused.ends-before-start': 'El final queda antes del comienzo. Escríbelo así: sábado 9 a 11',
  'refused.cap-short':
    'Eso pide {needed, number} créditos y quedan {left, number} por prometer este trimestre. Escribe menos personas, ATRAS para menos créditos, o pide más a la ciudad.',
  'refused.cap-issuer':
    'Aún no se aprueba: quedan {left, number} créditos por emitir este trimestre. Pide a la ciudad un tope mayor y apruébala después.',
  'refused.cap-city':
    'Aún no se aprueba: a toda la ciudad le quedan {left, number} créditos por emitir este trimestre. Sigue esperando.',
  'refused.broadcast-none': 'No se están mandando avisos de la tarea {task}.',
  'refused.not-issuer':
    'No anuncias por ninguna organización. Responde AYUDA para ver qué puedes hacer.',

  // Offers and codes.
  'refused.not-redeemer':
    'No actúas por ningún comercio que entregue ofertas. Responde AYUDA para ver qué puedes hacer.',
  'refused.per-day-invalid': 'Cuántos al día es un entero de 1 a {max, number}, o SIN LIMITE.',
  'refused.offer-unknown': 'No existe la oferta {offer}. OFERTAS muestra lo que hay.',
  'refused.offer-full': 'La oferta {offer} se agotó por hoy. Prueba mañana, o mira OFERTAS.',
  'refused.link-unknown':
    'Ese código no sirve: es otro, ya se usó o tiene más de 10 minutos. Manda VINCULAR en tu otro canal y recibes uno nuevo.',
  'refused.link-locked': 'Hubo demasiados códigos equivocados hoy. Intenta mañana.',
  'refused.link-both':
    'Los dos canales tienen créditos o tareas abiertas. En uno usa los créditos (OFERTAS) y termina o suelta sus tareas; luego VINCULAR otra vez.',
  'refused.live-codes-max':
    'Ya tienes {max} códigos. Usa uno, o mándame LIBERAR y el código; CODIGOS los muestra.',
  'refused.balance-short':
    'Eso pide {credits, plural, one {# crédito} other {# créditos}} y tienes {available, number}. TAREAS muestra dónde ganar más.',
  'refused.code-malformed':
    'Ese código está mal escrito: léelo otra vez. Tiene 8 letras y números.',
  'refused.code-unknown': 'Aquí no hay ningún código así.',
  'refused.code-own': 'Es tu propio código: otra persona debe confirmarlo.',
  'refused.code-expired': 'Ese código venció; puede pedir otro.',
  'refused.code-released': 'Ese código se devolvió y ya no vale.',
  'refused.guesses-wait':
    'Hubo demasiados códigos equivocados. Espera {minutes, plural, one {1 minuto} other {# minutos}} y prueba otra vez.',
  'refused.guesses-locked':
    'Hubo demasiados códigos equivocados hoy, por eso no se puede confirmar ninguno. La ciudad ya lo sabe.',
  'refused.release-unknown': 'No tienes ningún código abierto así. CODIGOS muestra los tuyos.',

  // Partners.
  'refused.not-admin':
    'Eso es para quien administra la ciudad. Responde AYUDA para ver qué puedes hacer aquí.',
  'refused.name-missing': 'Falta el nombre, así: INVITAR comercio La Esquina',
  'refused.name-long': 'Ese nombre es muy largo: máximo {max} letras.',
  'refused.partner-suspended': '{name} está en suspenso, por eso no se puede invitar a nadie.',
  'refused.invite-unknown':
    'Esa invitación no es válida: quizá ya se usó, venció o tiene un error. Pide otra, por favor.',
  'refused.issuer-unknown':
    'No hay ningún emisor llamado {name}. INVITAR emisor y el nombre lo trae.',
  'refused.cap-invalid': 'Un tope es un número entero de créditos, 0 o más.',
  'refused.cap-above-city':
    'Eso es más de lo que toda la ciudad puede emitir este trimestre: {city, number} créditos.',
  'refused.cap-below-issued':
    'Ya emitieron {issued, number} créditos este trimestre; el tope no puede ser menor.',

  // The ledger: what no honest message leads to.
  'refused.amount-invalid': 'Esa cantidad de créditos no se puede mover.',
  'refused.not-pending': 'Esos créditos ya no están apartados.',
  'refused.resolved-already': 'Eso ya quedó resuelto.',
  'refused.transfer-differs': 'Eso ya se hizo de otra manera.',
};
