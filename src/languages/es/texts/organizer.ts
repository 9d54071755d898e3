/** What organizers hear: announcing, reviewing, closing. */
import type { organizer as keys } from '../../en/texts/organizer.ts';

export const organizer: Readonly<Record<keyof typeof keys, string>> = {
  // Organizers: announcing, reviewing, closing.
  'announce.summary': '{word}: publicar una tarea',
  'announce.title':
    '¿Cuál es la tarea? Escribe un título corto. (En cualquier paso: NO la descarta, ATRÁS regresa.)',
  'announce.credits': '¿Cuántos créditos recibe cada persona? Escribe un número entero.',
  'announce.when': '¿Cuándo es? Escríbelo así: sábado 9 a 11',
  'announce.where': '¿Dónde se encuentran?',
  'announce.slots': '¿Cuántas personas pueden unirse? Escribe un número entero.',
  'announce.usage':
    'Escribe ANUNCIAR título; créditos; cuándo; dónde; lugares - como ANUNCIAR Limpieza; 30; sábado 9 a 11; Puente de la 8; 10',
  'announce.elsewhere':
    '{when} de aquí (escribiste {said, time, short} {zone, select, pacific {hora del Pacífico} mountain {hora de la montaña} central {hora del centro} eastern {hora del este} mexico {hora de la Ciudad de México} other {hora universal}})',
  'announce.read-back':
    '{title}. {when}, {place}. {slots, plural, one {# persona} other {# personas}}, {credits} por persona, {total} como máximo. Responde OK para anunciarla, NO para descartarla, ATRÁS para cambiarla.',
  'announce.confirm-again':
    'Responde OK para anunciarla, NO para descartarla, ATRÁS para cambiarla.',
  'announce.discarded': 'De acuerdo, no se anunció nada. Responde ANUNCIAR para empezar otra vez.',
  'announce.announced':
    'Anunciada: tarea {task}, {title}. Responde PERSONAS {task} para ver quién viene, CERRAR {task} para cerrarla.',
  'announce.left-out':
    'Sin aviso por mensaje, porque hoy ya recibieron muchos: {count, plural, one {# persona} other {# personas}}.',
  'review.summary': '{word}: evidencia por revisar',
  'review.none': 'Ahora no hay nada por revisar. Responde TAREAS para ver qué hay.',
  'review.next':
    'Evidencia {evidence}, tarea {task}, {title}. {participantId}, {at}: {hasText, select, yes {"{text}", } other {}}{pictures, plural, =0 {sin foto} one {1 foto} other {# fotos}}. Responde APROBAR {evidence}, o RECHAZAR {evidence} y por qué.{others, plural, =0 {} other { # más por revisar.}}',
  'review.alike':
    '{likeness, select, same {La misma foto} other {Casi la misma foto}}: evidencia {evidence}, tarea {task}, {at, date, short}, {person, select, same {misma persona} other {{participantId}}}.',
  'approve.summary': '{word} 31: se emiten créditos',
  'approve.usage':
    'Responde APROBAR y el número de la evidencia, como APROBAR 31. Responde REVISAR para verla.',
  'approve.approved':
    'Aprobada: evidencia {evidence}, {title}. Se emitieron {credits}.{isLast, select, no {} other {{waiting, plural, =0 { Era la última. Responde TAREAS para ver qué hay.} other { # más por revisar: responde REVISAR.}}}}',
  'approve.usage-all':
    'Responde APROBAR TODAS y el número de la tarea, como APROBAR TODAS 12. Responde REVISAR para verlas.',
  'approve.none-on-task':
    'No hay evidencia de la tarea {task} que puedas revisar. Responde REVISAR para ver la que hay.',
  'approve.read-back':
    '¿Apruebas todas las de la tarea {task}, {title}? Evidencia: {list}. {credits} por cada una, {total} en total. Responde OK para aprobarlas, o NO.',
  'approve.approved-all':
    'Aprobadas: {count} de la tarea {task}, {title}. Se emitieron {credits}.{waiting, plural, =0 { Responde TAREAS para ver qué hay.} other { # más por revisar: responde REVISAR.}}',
  'review.all': 'Aprobar las {count} de la tarea {task}',
  'approve.told':
    '¡Gracias! Se aprobó tu trabajo en {title}. Ganaste {credits}.{hasNote, select, yes { "{note}"} other {}} Responde OFERTAS para ver en qué usarlos.',
  'approve.public': 'Se aprobó el trabajo en {title}. ¡Gracias! Lo demás va en un mensaje privado.',
  'several.which': '¿Cuál evidencia es: {all}? Responde con el número.',
  'several.or-words':
    '¿Evidencia {all}? ¿O solo la {first}, con las palabras "{words}"? Responde {all} o {first}.',
  'reject.summary': '{word} 31 y por qué: no se aprueba',
  'reject.why':
    '¿Por qué no se aprueba la evidencia {evidence}?\n{list}\nResponde con un número o con tus palabras, o NO para dejarla.',
  'reject.why-line': '{number} {reason}',
  'why.no-evidence': 'La foto o las palabras no lo muestran',
  'why.wrong-task': 'Es de otra tarea',
  'why.not-done': 'No está hecho',
  'why.unsafe': 'No fue seguro',
  'why.duplicate': 'Ya se mandó antes',
  'why.not-present': 'No estuvo ahí',
  'reason.no-evidence':
    'la foto o las palabras no muestran el trabajo.{hasNote, select, yes { "{note}"} other {}}',
  'reason.wrong-task': 'es de otra tarea.{hasNote, select, yes { "{note}"} other {}}',
  'reason.not-done': 'el trabajo no está hecho.{hasNote, select, yes { "{note}"} other {}}',
  'reason.unsafe': 'no se hizo de forma segura.{hasNote, select, yes { "{note}"} other {}}',
  'reason.duplicate': 'ya se había mandado antes.{hasNote, select, yes { "{note}"} other {}}',
  'reason.not-present': 'quien organiza no te vio ahí.{hasNote, select, yes { "{note}"} other {}}',
  'reason.other': '"{note}"',
  'reject.usage':
    'Responde RECHAZAR, el número de la evidencia y por qué, como RECHAZAR 31 no está hecho',
  'reject.rejected':
    'No aprobada: evidencia {evidence}, {title}. Le avisamos el motivo.{isLast, select, no {} other {{waiting, plural, =0 { Era la última. Responde TAREAS para ver qué hay.} other { # más por revisar: responde REVISAR.}}}}',
  'reject.kept': 'De acuerdo, queda por revisar. Responde REVISAR para verla.',
  'reject.told':
    'Gracias por tu tiempo en {title}. No se aprobó por esto: {reason} Esta vez no hay créditos. Dudas: {contact}',
  'reject.told-credited':
    'Gracias por tu tiempo en {title}. No se aprobó por esto: {reason} De todos modos recibes {credits}. Dudas: {contact}',
  'roster.summary': '{word} 12: quién viene',
  'roster.usage': 'Responde PERSONAS y el número de tu tarea, como PERSONAS 12',
  'roster.head': 'Tarea {task}, {title}. Lugares ocupados: {taken} de {slots}.',
  'roster.line':
    '{position} {participantId} {state, select, joined {tiene lugar} confirmed {sí viene} standby {en lista de espera} offered {falta que responda} checked_in {ya llegó} submitted {mandó evidencia} verified {con aprobación} absent {no vino} other {sin aprobación}}{guests, plural, =0 {} other { +#}}{heard, select, no {, no le llegó el aviso} other {}}',
  'roster.more': 'y {count} más',
  'roster.how':
    'Código de llegada: {code}. Para anotar quién llegó, responde AQUÍ {task}: y sus números, como AQUÍ {task}: 1 3',
  'roster.sign': 'Letrero con el código, para imprimir: {sign}',

  // Whom the texts about a task reached.
  'reach.broadcast':
    'Tarea {task}. Llegaron: {reached, number}. No llegaron: {missed, number}{missed, plural, =0 {} other { ({why})}}.{waiting, plural, =0 {} other { Aún sin saber: #.}}{untold, plural, =0 {} other { Sin mandar: #.}}',
  'reach.notices':
    'Tarea {task}. El aviso no llegó a todas las personas: {missed, number} ({why}). Responde PERSONAS {task} para ver a quién.',
  'reach.why':
    '{count, number} {reason, select, stopped {de baja} unreachable {fuera de servicio} closed {sin mensajes privados} retry {teléfono apagado} rejected {los bloqueó la red} misconfigured {falla nuestra} other {sin motivo}}',
  'answer.summary': '{word} 55 y tus palabras: contestar una pregunta',
  'answer.usage':
    'Escribe RESPONDER, el número de la pregunta y tus palabras, como RESPONDER 55 sí, trae guantes',
  'answer.passed': 'Pasamos tu respuesta. Responde PERSONAS {task} para ver quién viene.',
  'tell.summary': '{word} 12 y tus palabras: avisar a quien ya tiene lugar',
  'tell.usage':
    'Escribe DECIR, el número de la tarea y tus palabras, como DECIR 12 traigan guantes',
  'tell.long':
    'Es muy largo para dos mensajes. Escríbelo otra vez con menos palabras: DECIR, el número y tus palabras.',
  'tell.read-back':
    '{people, plural, one {1 persona recibe} other {# personas reciben}} esto de la tarea {task}, {title}: "{text}" Responde OK para mandarlo, o NO.{left, plural, =0 { Es el último de esta tarea.} other {}}',
  'tell.discarded':
    'De acuerdo, no se mandó nada. Responde DECIR y el número de la tarea para escribir otro.',
  'tell.told':
    'Se mandó a {people, plural, one {1 persona} other {# personas}}. Puedes escribir {left, plural, =0 {cero más} other {# más}} de la tarea {task}. Responde PERSONAS {task} para ver quién viene.',
  'change.summary': '{word} 12 cuándo, dónde, lugares o nota: cambiar una tarea',
  'change.usage':
    'Escribe CAMBIAR, el número de la tarea y lo nuevo, como CAMBIAR 12 cuándo sáb 10-12; dónde Parque Live Oak. Puedes cambiar cuándo, dónde, lugares y nota.',
  'change.read-back':
    'Tarea {task}, {title}. Antes: {before}, {beforePlace}. Ahora: {when}, {place}. Lugares: {slots}.{hasNote, select, yes { Nota: {note}.} other {}} {people, plural, =0 {Nadie tiene lugar todavía.} one {Avisamos a 1 persona.} other {Avisamos a # personas.}} Responde OK para cambiarla, o NO.',
  'change.kept': 'De acuerdo, la tarea {task} queda como estaba. Responde TAREA {task} para verla.',
  'change.done':
    'Cambiada. {people, plural, =0 {Nadie tenía lugar todavía.} one {Avisamos a 1 persona.} other {Avisamos a # personas.}} Responde PERSONAS {task} para ver quién viene.',
  'change.public':
    'Cambió la tarea {task}, {title}: ahora es {when}, {place}.{hasNote, select, yes { {note}} other {}} Responde TAREA {task} para ver más.',
  'calloff.summary': '{word} 12 y por qué: suspender una tarea',
  'calloff.usage': 'Escribe ANULAR, el número de la tarea y por qué, como ANULAR 12 lluvia fuerte',
  'calloff.read-back':
    '¿Suspender la tarea {task}, {title}, {when}? {people, plural, =0 {Nadie tiene lugar todavía.} one {Avisamos enseguida a 1 persona} other {Avisamos enseguida a # personas}}: "{why}" Responde OK para suspenderla, o NO.',
  'calloff.kept': 'De acuerdo, la tarea {task} sigue en pie. Responde TAREA {task} para verla.',
  'calloff.done':
    'Se suspendió la tarea {task}, {title}. {people, plural, =0 {Nadie tenía lugar todavía.} one {Avisamos a 1 persona.} other {Avisamos a # personas.}} Responde ANUNCIAR para publicar otra.',
  'calloff.public':
    '{issuer} suspendió: {title}, {when}; motivo: {why}. Responde TAREAS para ver otras.',
  'announce.announced-series':
    'Anunciada: tarea {task}, {title}, cada semana hasta: {until, date, medium}; por ahora, {dates, plural, one {1 fecha} other {# fechas}}. Para una fecha: UNIRME {task}; para todas: UNIRME {task} TODAS. Responde PERSONAS {task} para ver quién viene.',
  'announce.weekly': '{when}, y cada semana hasta: {until, date, medium}',
  'calloff.done-all':
    'Se suspendió {title}: {dates, plural, one {1 fecha} other {# fechas}}. Avisamos a quien tiene lugar. Responde ANUNCIAR para publicar otra.',
  'change.done-all':
    '{dates, plural, one {Cambió 1 fecha} other {Cambiaron # fechas}}. Avisamos a quien tiene lugar. Responde PERSONAS {task} para ver quién viene.',
  'walkin.summary': '{word} 12: sumar a alguien sin teléfono',
  'walkin.usage': 'Escribe SUMAR y el número de tu tarea, como SUMAR 12',
  'walkin.added':
    'Anotamos al número {position} en la tarea {task}. Escribe esto en un papel para esa persona: {code}. Hasta el {until, date, medium} puede mandar ACEPTAR {code} desde cualquier teléfono o cuenta. Responde PERSONAS {task} para ver a toda la gente.',
  'calloff.read-back-all':
    '¿Suspender {title} en {dates, plural, one {1 fecha} other {# fechas}}, desde {when}? Avisamos enseguida a quien tiene lugar: "{why}" Responde OK para suspenderlas, o NO.',
  'change.read-back-all':
    'Es para {dates, plural, one {1 fecha} other {# fechas}}, esta y todas las siguientes. {text}',
  'close.summary': '{word} 12: cerrar una tarea',
  'close.usage': 'Responde CERRAR y el número de tu tarea, como CERRAR 12',
  'close.closed':
    'La tarea {task}, {title}, quedó cerrada.{released, plural, =0 {} one { 1 persona ya no tiene que ir y se le avisará.} other { # personas ya no tienen que ir y se les avisará.}}{waiting, plural, =0 { Responde ANUNCIAR para publicar otra.} other { # por revisar: responde REVISAR.}}',
};
