/** What organizers hear: announcing, reviewing, closing. */
import type { organizer as keys } from '../../en/texts/organizer.ts';

export const organizer: Readonly<Record<keyof typeof keys, string>> = {
  // Organizers: announcing, reviewing, closing.
  'announce.summary': '{word}: publicar una tarea',
  'announce.title':
    '¿Cuál es la tarea? Un título corto. (Aquí y después: NO descarta, ATRAS regresa.)',
  'announce.credits': '¿Cuántos créditos recibe cada persona? Un número entero.',
  'announce.when': '¿Cuándo es? Escríbelo así: sábado 9 a 11',
  'announce.where': '¿Dónde se encuentran?',
  'announce.slots': '¿Cuántas personas pueden unirse? Un número entero.',
  'announce.usage':
    'Escribe ANUNCIAR título; créditos; cuándo; dónde; lugares - como ANUNCIAR Limpieza; 30; sábado 9 a 11; Puente de la 8; 10',
  'announce.read-back':
    '{title}. {when}, {place}. {slots, plural, one {# persona} other {# personas}}, {credits} por persona, {total} como máximo. Responde OK para anunciarla, NO para descartarla, ATRAS para cambiarla.',
  'announce.confirm-again':
    'Responde OK para anunciarla, NO para descartarla, ATRAS para cambiarla.',
  'announce.discarded': 'De acuerdo, no se anunció nada.',
  'announce.announced':
    'Anunciada: tarea {task}, {title}. LISTA {task} muestra quién está, CERRAR {task} la termina.',
  'review.summary': '{word}: evidencia que espera',
  'review.none': 'Nada espera tu revisión.',
  'review.next':
    'Evidencia {evidence}, tarea {task}, {title}. {participantId}, {at}: {hasText, select, yes {"{text}", } other {}}{pictures, plural, =0 {sin foto} one {1 foto} other {# fotos}}. Responde APROBAR {evidence}, o RECHAZAR {evidence} y por qué.{others, plural, =0 {} one { 1 más espera.} other { # más esperan.}}',
  'review.alike':
    '{likeness, select, same {La misma foto} other {Casi la misma foto}}: evidencia {evidence}, tarea {task}, {at, date, short}, {person, select, same {misma persona} other {{participantId}}}.',
  'approve.summary': '{word} 31: se emiten créditos',
  'approve.usage':
    'Responde APROBAR y el número de la evidencia, como APROBAR 31. REVISAR muestra lo que espera.',
  'approve.approved':
    'Aprobada: evidencia {evidence}, {title}. Se emitieron {credits}.{waiting, plural, =0 {} one { 1 más espera: REVISAR.} other { # más esperan: REVISAR.}}',
  'approve.told':
    '¡Gracias! Tu trabajo en {title} fue aprobado y ganaste {credits}.{hasNote, select, yes { "{note}"} other {}} OFERTAS muestra para qué.',
  'approve.public':
    'El trabajo en {title} fue aprobado. ¡Gracias! El resto está en un mensaje privado.',
  'reject.summary': '{word} 31 y por qué: no se aprueba',
  'reject.usage':
    'Responde RECHAZAR, el número de la evidencia y por qué, como RECHAZAR 31 la foto es de otro lugar',
  'reject.rejected':
    'No aprobada: evidencia {evidence}, {title}. Se avisó el motivo.{waiting, plural, =0 {} one { 1 más espera: REVISAR.} other { # más esperan: REVISAR.}}',
  'reject.kept': 'De acuerdo, sigue esperando revisión.',
  'reject.told':
    'Gracias por tu tiempo en {title}. La revisión no pudo aprobarlo: "{reason}" Por eso esta vez no hay créditos. Dudas: {contact}',
  'reject.told-credited':
    'Gracias por tu tiempo en {title}. La revisión no pudo aprobarlo: "{reason}" De todos modos recibes {credits}. Dudas: {contact}',
  'roster.summary': '{word} 12: quién está',
  'roster.usage': 'Responde LISTA y el número de tu tarea, como LISTA 12',
  'roster.head': 'Tarea {task}, {title}: {taken} de {slots} lugares ocupados.',
  'roster.line':
    '{participantId} {state, select, active {está dentro} standby {en espera} submitted {mandó evidencia} verified {con aprobación} other {sin aprobación}}',
  'roster.more': 'y {count} más',
  'close.summary': '{word} 12: terminar una tarea',
  'close.usage': 'Responde CERRAR y el número de tu tarea, como CERRAR 12',
  'close.closed':
    'La tarea {task}, {title}, quedó cerrada.{released, plural, =0 {} one { 1 persona quedó libre y se le avisará.} other { # personas quedaron libres y se les avisará.}}{waiting, plural, =0 {} one { 1 evidencia espera: REVISAR.} other { # evidencias esperan: REVISAR.}}',
  'close.told':
    'El organizador cerró la tarea {task}, {title}, así que no hace falta que vayas. ¡Gracias! TAREAS muestra lo que hay.',
};
