/** What the city's admin and invited partners hear. */
import type { admin as keys } from '../../en/texts/admin.ts';

export const admin: Readonly<Record<keyof typeof keys, string>> = {
  'mute.summary': '{word} 12: no avisar más de ella',
  'mute.usage': 'Responde SILENCIAR y el número de la tarea, como SILENCIAR 12',
  'mute.muted':
    'Ya no se manda: avisos de la tarea {task}. Enviados: {sent, number} de {total, number}. Sin enviar: {dropped, number}. Responde TAREA {task} para verla.',

  'broadcast.braked':
    'Detuvimos los avisos de la tarea {task}: {stopped, number} de {sent, number} personas respondieron ALTO. Sin mandar: {dropped, number}.',

  // Partners: invitations, caps.
  'accept.usage': 'Responde ACEPTAR y la invitación como te llegó, así: ACEPTAR 7GK2-M4QX-9TBW',
  'accept.admin':
    'Ya administras City/Sync {city}. Responde INVITAR organización o INVITAR negocio y un nombre para sumar a alguien. Responde LÍMITE, un nombre y un número para fijar cuántos créditos puede emitir.',
  'accept.issuer':
    'Ahora representas a {name}. Responde ANUNCIAR para publicar una tarea, REVISAR para ver evidencia.{cap, plural, =0 { Podrás anunciar cuando la ciudad fije cuántos créditos puedes emitir.} other {}}',
  'accept.redeemer':
    'Ahora representas a {name}. Responde OFERTA para agregar una oferta. En el mostrador, responde CONFIRMAR y un código para revisarlo.',
  'accept.slip':
    '¡Qué bien! La tarea {task}, {title}, ya es tuya. Manda LISTO {task} y una foto del trabajo, o responde TAREA {task} para verla.',
  'accept.terms':
    '{channel, select, sms {City/Sync {city}: al aceptar quedaste de acuerdo en recibir mensajes, frecuencia variable. Pueden aplicar tarifas. AYUDA: ayuda. ALTO: no recibir más.} other {City/Sync {city}: al aceptar quedaste de acuerdo en recibir mensajes aquí. AYUDA para ayuda, ALTO para no recibir más.}}',
  'accept.told':
    '{participantId} aceptó y ahora representa a {name}.{kind, select, issuer { Responde LÍMITE {name} 500 para que pueda emitir hasta 500 créditos.} other {}}',
  'invite.summary': '{word}: sumar a alguien',
  'invite.usage':
    'Responde INVITAR organización o INVITAR negocio y el nombre, como INVITAR negocio La Esquina. Para su gente, la función: INVITAR TITULAR, GERENTE, REVISION o MOSTRADOR y el nombre',
  'invite.invited':
    'Pásale esto a {name}: "Manda {words} a City/Sync {city}. Al mandarlo aceptas recibir mensajes; ALTO para no recibir más." Sirve una vez, por {days, plural, one {1 día} other {# días}}.',
  'cap.summary': '{word} nombre 500: cuánto puede emitir',
  'cap.usage':
    'Responde LÍMITE, el nombre de la organización y un número, como LÍMITE Amigos del Arroyo 500',
  'cap.set':
    '{name} puede emitir {credits} en {epoch}. Emitido hasta ahora: {issued}. Responde LÍMITE {name} y un número para cambiarlo.',
  'cap.set-next':
    '{name} puede emitir {credits} en el trimestre desde el {date, date, short}. Responde LÍMITE {name}, un número y PRÓXIMO para cambiarlo.',
  'caps.turn':
    'El {date, date, short} empieza otro trimestre. Los límites siguen igual. Usado hasta ahora: {issued, number} de {amount, number} en toda la ciudad.',
  'caps.issuer': '{name}: {issued, number} de {amount, number}.',
  'caps.next': 'Desde entonces: {next, number}.',
  'caps.pace': 'A este ritmo harían falta {pace, number}.',
  'caps.more': 'Faltan {count, number}, que usaron menos.',
  'caps.end':
    'No podemos sugerir un límite para la ciudad: no se sabe cuánto pueden dar los negocios. Responde LÍMITE, un nombre, un número y PRÓXIMO para cambiar uno, como LÍMITE {name} 500 PRÓXIMO.',
};
