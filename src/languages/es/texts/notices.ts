/** Lo que oye quien participa en una tarea cuando algo llega o cambia. */
import type { notices as keys } from '../../en/texts/notices.ts';

export const notices: Readonly<Record<keyof typeof keys, string>> = {
  'notice.reminder-day':
    'Tarea {task}, {title}: {when}, {place}. ¿Vienes? Responde OK {task}. ¿No puedes? Responde DEJAR {task}',
  'notice.reminder-hours':
    'Ya casi: tarea {task}, {title}, {when}, {place}. Al llegar, responde AQUÍ y el código que veas ahí. ¿No puedes ir? Responde DEJAR {task}',
  'notice.organizer-hours':
    'Ya casi: tarea {task}, {title}, {when}; lugares ocupados: {taken}. Código de llegada para la gente: {code}. Responde PERSONAS {task} para ver quién viene.',
  'notice.promoted':
    'Hay lugar y ya es tuyo: tarea {task}, {title}, {when}, {place}. ¿No puedes ir? Responde DEJAR {task}',
  'notice.offered':
    'Hay un lugar: tarea {task}, {title}, {when}, {place}. ¿Lo quieres? Responde OK {task} antes de: {until, time, short}, o DEJAR {task} para dejarlo.',
  'notice.offer-over':
    'El lugar en la tarea {task}, {title}, pasó a la siguiente persona. Sigues en la lista de espera. Responde DEJAR {task} para dejarla.',
  'notice.spot-free':
    'Hay un lugar en la tarea {task}, {title}, {when}, {place}. Es de quien responda primero OK {task}.',
  'notice.changed':
    'Cambió la tarea {task}, {title}: ahora es {when}, {place}.{hasNote, select, yes { {note}.} other {}} ¿Vienes? Responde OK {task}. {free, select, yes {Si ya no te queda bien, no pasa nada: responde DEJAR {task}} other {¿No puedes? Responde DEJAR {task}}}',
  'notice.told':
    'De la tarea {task}, {title}, avisa quien organiza: "{text}" ¿Dudas? Responde PREGUNTAR {task} y tus palabras.',
  'notice.question':
    'Pregunta {question} de la tarea {task}, {title}, de {participantId}: "{text}" Responde RESPONDER {question} y tus palabras.',
  'notice.answer':
    '{issuer}, sobre la tarea {task}, {title}: "{text}" Responde TAREA {task} para verla.',
  'notice.date-missing':
    'No se pudo anunciar una fecha de {title}: {date, date, medium}. Pregunta a la ciudad cuántos créditos te quedan, y luego responde ANUNCIAR para publicarla.',
  'notice.closed':
    'Quien organiza cerró la tarea {task}, {title}; ya no tienes que ir. ¡Gracias! Responde TAREAS para ver qué hay.',
  'notice.called-off':
    'Se suspendió la tarea {task}, {title}, {when}; motivo: {why}. Ya no tienes que ir. Responde TAREAS para ver otras.',
  'notice.lapsed':
    'No supimos de ti en la tarea {task}, {title}, y tu lugar quedó libre. Responde UNIRME {task} para tomarlo otra vez.',
  'notice.absent':
    'No te vimos en la tarea {task}, {title}. ¿Sí fuiste? Responde PREGUNTAR {task} y unas palabras a quien organiza, o LISTO {task} y una foto.',
  'notice.absent-corrected':
    'Quien organiza dice que sí fuiste a la tarea {task}, {title}. Todo en orden. Responde TAREA {task} para ver cómo va.',
};
