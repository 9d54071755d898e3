/** What the city's admin and invited partners hear. */
import type { admin as keys } from '../../en/texts/admin.ts';

export const admin: Readonly<Record<keyof typeof keys, string>> = {
  'halt.summary': '{word} 12: no avisar más de ella',
  'halt.usage': 'Responde FRENAR y el número de la tarea, como FRENAR 12',
  'halt.halted':
    'Frenados los avisos de la tarea {task}. {sent, plural, =0 {No salió ninguno} one {Salió 1} other {Salieron {sent, number}}} de {total, number}; {dropped, number} ya no saldrán.',

  // Partners: invitations, caps.
  'accept.usage': 'Responde ACEPTAR y la invitación como te llegó, así: ACEPTAR 7GK2-M4QX-9TBW',
  'accept.admin':
    'Ya administras City/Sync {city}. INVITAR emisor o INVITAR comercio y un nombre trae un aliado; TOPE, un nombre y un número fija cuánto puede emitir.',
  'accept.issuer':
    'Ahora actúas por {name}: ANUNCIAR publica una tarea, REVISAR muestra evidencia.{cap, plural, =0 { Podrás anunciar cuando la ciudad fije cuánto puedes emitir.} other {}}',
  'accept.redeemer':
    'Ahora actúas por {name}: OFERTA agrega una oferta, CONFIRMAR y un código lo verifica en el mostrador.',
  'accept.terms':
    '{channel, select, sms {City/Sync {city}: al aceptar quedaste de acuerdo en recibir mensajes, frecuencia variable. Pueden aplicar tarifas. AYUDA para ayuda, ALTO para salir.} other {City/Sync {city}: al aceptar quedaste de acuerdo en recibir mensajes aquí. AYUDA para ayuda, ALTO para salir.}}',
  'accept.told':
    '{participantId} aceptó y ahora actúa por {name}.{kind, select, issuer { TOPE {name} 500 les deja emitir hasta 500 créditos.} other {}}',
  'invite.summary': '{word} emisor o comercio y un nombre',
  'invite.usage':
    'Responde INVITAR emisor o INVITAR comercio y el nombre, como INVITAR comercio La Esquina',
  'invite.invited':
    'Pásale esto a {name}: "Manda {words} a City/Sync {city}. Al mandarlo aceptas recibir mensajes; ALTO los termina." Sirve una vez, por {days, plural, one {1 día} other {# días}}.',
  'cap.summary': '{word} nombre 500: cuánto puede emitir',
  'cap.usage': 'Responde TOPE, el nombre del emisor y un número, como TOPE Amigos del Arroyo 500',
  'cap.set': '{name} puede emitir {credits} en {epoch}; emitido hasta ahora: {issued}.',
};
