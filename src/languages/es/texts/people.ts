/** What people hear about whose account is whose: linked, parted, moved, shared, alike. */
import type { people as keys } from '../../en/texts/people.ts';

const address =
  '{channel, select, sms {el teléfono que acaba en {ending}} telegram {la cuenta de Telegram que acaba en {ending}} other {la cuenta de Bluesky que acaba en {ending}}}';
const due = '{due, date, short}, {due, time, short}';

export const people: Readonly<Record<keyof typeof keys, string>> = {
  // Linking: both sides agree.
  'link.ask': `{again, select, yes {Otra vez, pues representas a alguien: ¿v} other {¿V}}incular con ${address}? Si ambos son tuyos, responde OK: serán una sola cuenta. Si no, NO.`,
  'link.ask-number': `Último paso: ¿vincular con ${address}? Podrá actuar en tu nombre. Si ambos son tuyos, responde {number}. Si no, responde NO.`,
  'link.asked': `Gracias. Ahora preguntamos en ${address}. Responde ahí para acabar.`,
  'link.busy': `Falta responder otra pregunta en ${address}. Responde ahí primero y luego manda VINCULAR aquí.`,
  'link.declined': 'De acuerdo, no se vinculó nada. Responde VINCULAR si cambias de idea.',
  'link.share': 'Compartir mi número',
  'link.judged-told':
    '{one} y {other} querían ser una sola cuenta. No se hizo: una revisó el trabajo o aceptó un código de la otra. Por favor revísalo.',
  'unlink.only': 'Este es tu único canal aquí. Responde VINCULAR para sumar otro.',
  'unlink.line': `{number} ${address}`,
  'unlink.how': 'Responde DESVINCULAR y un número para separarlo, como DESVINCULAR 2',
  'unlink.ask': `¿Separar ${address}? Será una cuenta aparte, sin créditos. Responde OK o NO.`,
  'unlink.kept': 'De acuerdo, nada cambió. Responde DESVINCULAR para ver tus canales.',
  'unlink.done': `Listo: ${address} es ahora una cuenta aparte. Responde VINCULAR para unirla otra vez.`,

  // Moving to another address.
  'move.usage':
    '¿Otro teléfono? Manda MUDAR y tu código. ¿Perdiste el código? Manda MUDAR y tu número anterior. Responde MUDAR NUEVO para otro código.',
  'move.keep': 'Código de respaldo: {code}',
  'move.code':
    'Tu código de respaldo: {code}. Anótalo. Si pierdes este teléfono, manda MUDAR y el código desde el nuevo. No lo compartas.',
  'move.waiting': `Tu cuenta pasa aquí el ${due}, si ningún canal anterior nos escribe. Un OK desde ahí la pasa ya.`,
  'move.told': `Tu cuenta pasará a ${address} el ${due}. ¿No fuiste tú? Responde NO para detenerlo. ¿Sí? Responde OK y pasa ya.`,
  'move.told-number': `Tu cuenta pasará a ${address} el ${due}. ¿No fuiste tú? Responde NO para detenerlo. ¿Sí? Responde {number} y pasa ya.`,
  'move.admins': `La cuenta de {participantId}, que representa a alguien, pasará a ${address} (${due}). Un mensaje de ahí lo detiene.`,
  'move.proven':
    'Gracias, ya sabemos que eres tú. Todo funciona otra vez. Responde AYUDA para ver qué puedes escribir.',
  'move.ask-new': '¿Quieres otro código de respaldo? El anterior ya no servirá. Responde OK o NO.',
  'move.kept': 'De acuerdo, nada cambió. Responde AYUDA para ver qué puedes escribir.',
  'move.asked':
    'Si ese número participa, lo revisa la ciudad. Si está de acuerdo, la cuenta pasa aquí dos semanas después, si el número anterior no nos escribe.',
  'move.asked-old': `Alguien quiere pasar tu cuenta a ${address} y dice que perdió el código. La ciudad decide. ¿No fuiste tú? Responde NO y no pasa.`,
  'move.asked-admins':
    '{channel, select, sms {El teléfono} telegram {La cuenta de Telegram} other {La cuenta de Bluesky}} que acaba en {ending} perdió su código y pide la cuenta del teléfono que acaba en {from}. ¿Es cierto? Responde PERMITIR {number} y por qué.',
  'move.stopped': `Escribiste, así que tu cuenta no pasa a ${address}. Nada cambió.`,
  'move.stopped-there': 'Un canal anterior nos escribió, así que la cuenta no pasa aquí.',
  'move.away': `Tu cuenta está ahora en ${address} y ya no aquí.`,
  'move.done':
    'Tu cuenta ya está aquí. Tu nuevo código de respaldo: {code}. Anótalo y no lo compartas. Responde SALDO para ver tus créditos.',
  'move.agreed': `Tu cuenta está ahora también en ${address}. Responde DESVINCULAR para ver todos.`,
  'move.failed':
    'La cuenta no pudo pasar aquí: este canal ya tiene créditos, tareas o permisos. Responde AYUDA para ver a quién preguntar.',
  'allow.usage': 'Responde PERMITIR, el número y por qué, como PERMITIR 3 la conozco en persona',
  'allow.allowed': `Permitido. Pasa el ${due}, si ningún canal anterior nos escribe.`,

  // Two people on one phone.
  'me.turn': 'Persona {turn, number}: ',
  'me.ask-second':
    '¿Otra persona usa este teléfono? Con OK acepta recibir mensajes aquí y tiene cuenta propia. Pueden aplicar tarifas. Responde OK o NO.',
  'me.kept': 'De acuerdo, nada cambió. Responde AYUDA para ver qué puedes escribir.',
  'me.now': 'Es el turno de la persona {turn, number}. Responde YO {other, number} para cambiar.',

  // Accounts that may be one person's.
  'alike.summary': '{word}: cuentas que se parecen',
  'alike.none': 'No hay cuentas que se parezcan. Responde PARECIDOS otro día.',
  'alike.line':
    '{number}: {one} y {other}, {basis, select, photos {mismas fotos} times {a la misma hora} other {mismos lugares}} ({times, number})',
  'alike.how':
    'Responde IGUALES o DISTINTOS, un número y por qué, como IGUALES {number} mismo teléfono.',
  'same.usage': 'Responde IGUALES, el número y por qué. Responde PARECIDOS para verlas.',
  'same.said':
    '{one} y {other} cuentan como una persona. Ya lo saben. Ninguna puede aprobar a la otra. Responde PARECIDOS para ver otras.',
  'same.told':
    'La ciudad cree que también tienes la cuenta {other}: {reason}. Ninguna puede aprobar a la otra. ¿No es así? Escribe a {contact}',
  'different.usage': 'Responde DISTINTOS, el número y por qué. Responde PARECIDOS para verlas.',
  'different.said': '{one} y {other} cuentan como dos personas. Responde PARECIDOS para ver otras.',

  'refused.link-judged':
    'No pueden ser una sola cuenta: una aprobó trabajo o aceptó un código de la otra. La ciudad ya lo sabe. Responde AYUDA para ver a quién preguntar.',
  'refused.link-public':
    'Otras personas pudieron leer ese código y ya no sirve. Responde VINCULAR en privado para otro.',
  'refused.link-over': 'Esa pregunta ya venció. Responde VINCULAR si aún quieres vincular.',
  'refused.link-no-phone':
    'Ninguna otra cuenta tiene ese número. Responde VINCULAR para sumar otro canal con un código.',
  'refused.unlink-last': 'Este es tu único canal aquí. Responde VINCULAR para sumar otro primero.',
  'refused.unlink-unknown': 'Ese no es uno de tus canales. Responde DESVINCULAR para verlos.',
  'refused.number-returned':
    'Este número no escribió en mucho tiempo. Muestra que eres tú: responde MUDAR y tu código. ¿Sin código? Responde MUDAR y este número.',
  'refused.recovery-unknown':
    'Ese código no sirve. Revísalo e intenta otra vez. ¿Lo perdiste? Manda MUDAR y tu número anterior.',
  'refused.recovery-public':
    'Otras personas pudieron leer ese código y ya no sirve. Responde MUDAR NUEVO desde tu teléfono anterior.',
  'refused.move-own': 'Tu cuenta ya está aquí. Manda MUDAR y el código desde el teléfono nuevo.',
  'refused.move-unheard':
    'No podemos avisar al teléfono anterior, así que nada cambió. Manda MUDAR y el número anterior: la ciudad decide.',
  'refused.move-under-way': 'Ya hay una mudanza en camino. Te avisamos cuando esté lista.',
  'refused.move-both':
    'Este canal tiene créditos, tareas o permisos propios. Úsalos primero y luego manda MUDAR otra vez.',
  'refused.move-unknown':
    'No hay una mudanza {number} que puedas permitir. Responde PERMITIR para ver cómo se escribe.',
  'refused.reason-wanted': 'Mándalo otra vez y di por qué, después del número.',
  'refused.turn-unknown': 'Solo las personas 1 y 2 comparten un teléfono. Responde YO 1 o YO 2',
  'refused.pair-unknown': 'No existe esa pareja. Responde PARECIDOS para verlas.',
  'refused.pair-own': 'Se trata de tu propia cuenta; lo debe decir otra persona de la ciudad.',
};
