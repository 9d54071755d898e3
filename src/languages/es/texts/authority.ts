/** Quién puede actuar por quién. */
import type { authority as keys } from '../../en/texts/authority.ts';

export const authority: Readonly<Record<keyof typeof keys, string>> = {
  'number.ask':
    'Para hacerlo, responde {number} desde este teléfono en {minutes} minutos: {words}. Si no lo pediste, no respondas.',
  'number.wrong':
    'Ese no es el número. Intentos que quedan: {left}. Responde con el número que mandamos.',
  'number.ended':
    'El número estuvo mal tres veces y nada cambió. Manda las palabras de nuevo para recibir otro.',
  'number.dropped':
    'Ese no era el número, así que nada cambió. Manda las palabras de nuevo para recibir otro.',
  'number.wait':
    'Hoy hubo demasiados números equivocados y nada cambió. Intenta mañana, o escribe por Telegram o Bluesky.',

  'role.short':
    'Tu función no permite eso. Pregunta a la persona titular, o responde AYUDA para ver qué puedes hacer.',

  'as.summary': '{word} y un nombre: representar a otra organización',
  'as.answer': '{name}: {text}',
  'as.which': 'Representas a {names}. Responde A NOMBRE DE y el nombre que quieras.',
  'as.one': 'Representas a {name} y a nadie más. Responde AYUDA para ver qué puedes escribir.',
  'as.none': 'No representas a ninguna organización. Responde AYUDA para ver qué puedes hacer.',
  'as.now':
    'Desde ahora representas a {name} ({roles}). Responde AYUDA para ver qué puedes escribir.',

  'login.summary': '{word}: tu escritorio en el navegador',
  'login.link':
    'Abre tu escritorio en {minutes, number} minutos. El enlace sirve una vez; solo tú lo abres: {url} ENTRAR NO cierra todos tus escritorios.',
  'login.no-page':
    'Esta ciudad no tiene página web, así que no hay escritorio. Responde AYUDA para hacerlo por mensaje, o pregunta a {contact}.',
  'login.off':
    'Tu escritorio se cerró en todas partes. Navegadores cerrados: {count, number}. Responde ENTRAR para abrirlo de nuevo.',
  'login.told': 'Hecho en tu escritorio: {text} Si no fuiste tú, responde ENTRAR NO.',
  'login.decision-open': 'Tu decisión sobre la evidencia {evidence} no se hizo: {text}',
  'login.question-over': 'Esa pregunta ya pasó. Nada cambió. Intenta de nuevo.',
  'login.no-answer':
    'Eso no responde la pregunta. Elige una de las respuestas, o intenta de nuevo.',
  'refused.login-nobody':
    'No representas a ninguna organización ni a la ciudad, así que no tienes escritorio. Responde AYUDA para ver qué puedes hacer.',

  'invite.invited-role':
    'Pásale esto: "Manda {words} a City/Sync {city} para representar a {name} ({role}). Al mandarlo aceptas recibir mensajes; ALTO para no recibir más." Sirve una vez, por {days, plural, one {1 día} other {# días}}.{ends, select, yes { La función acaba el {until, date, short}.} other {}}',
  'invite.invited-admin':
    'Pásale esto: "Manda {words} a City/Sync {city} para administrar la ciudad. Al mandarlo aceptas recibir mensajes; ALTO para no recibir más." Sirve una vez, por {days, plural, one {1 día} other {# días}}. Lo sabrá toda la administración.',
  'invite.told-admins': '{participantId} invitó a alguien a administrar City/Sync {city}.',
  'accept.manager':
    'Ahora representas a {name} ({role}). Responde {kind, select, issuer {ANUNCIAR para publicar una tarea} other {OFERTA para agregar una oferta}}.',
  'accept.reviewer': 'Ahora representas a {name} ({role}). Responde REVISAR para ver evidencia.',
  'accept.counter':
    'Ahora representas a {name} ({role}). En el mostrador, responde CONFIRMAR y un código para revisarlo.',
  'accept.deferred':
    'Ahora representas a {name}. La ciudad lo dejó para después: "{reason}" Te avisamos cuando puedas empezar.',
  'accept.told-admin': '{participantId} aceptó y ahora administra City/Sync {city}.',
  'accept.told-role': '{participantId} aceptó y ahora representa a {name} ({role}).',
  'accept.public':
    'Otras personas pudieron leer esa invitación y ya no sirve. Pide otra y mándala en un mensaje privado.',

  'team.summary': '{word}: quién los representa',
  'team.none': 'No tienes una organización con ese nombre. Responde EQUIPO para ver las tuyas.',
  'team.city': '{name}, la ciudad:',
  'team.issuer': '{name}, organización:',
  'team.redeemer': '{name}, negocio:',
  'team.person':
    '{role}: {participantId}{isYou, select, yes { (tú)} other {}}{ends, select, yes {, hasta el {until, date, short}} other {}}',
  'team.more': 'Personas que faltan: {count, number}',
  'team.invited': 'Invitaciones abiertas: {count, number}',
  'team.foot':
    'Responde INVITAR, una función y {name} para sumar a alguien. Responde DESINVITAR para acabar una función o invitación.',
  'team.foot-city':
    'Responde INVITAR admin para sumar a alguien. Responde DESINVITAR admin para quitar a alguien.',
  'uninvite.summary': '{word}: acabar una función o invitación',
  'uninvite.which': '¿Cuál quieres acabar? Responde así: {like}',
  'uninvite.more': '{count} más: responde DESINVITAR y el nombre de la organización para verlas.',
  'uninvite.none': 'No hay función ni invitación así. Responde DESINVITAR para verlas.',
  'uninvite.person': '{participantId}, {role}, {name}',
  'uninvite.invite': 'Invitación del {at, date, short}, {role}, {name}',
  'uninvite.ended-person':
    'Hecho: {participantId} ya no representa a {name}. Responde DESINVITAR para ver quién queda.',
  'uninvite.ended-invite':
    'Hecho: esa invitación para {name} ya no sirve. Responde DESINVITAR para ver qué queda.',
  'uninvite.told': 'Ya no representas a {name}. Preguntas: {contact}',
  'uninvite.told-others': '{participantId} ya no representa a {name}.',

  'suspend.summary': '{word} nombre y por qué: detiene a una organización',
  'suspend.usage':
    'Responde SUSPENDER, el nombre y por qué, como SUSPENDER La Esquina cierra por obras',
  'suspend.done':
    '{name} está en suspenso: sin tareas, aprobaciones, ofertas ni códigos nuevos. Se avisó a: {told}. Responde REANUDAR {name} para deshacerlo, REVISAR para ver su evidencia.',
  'suspend.told':
    'La ciudad puso en suspenso a {name}: "{reason}" Por ahora no puedes publicar, revisar ni ofrecer. Preguntas: {contact}',
  'suspend.told-admins': '{participantId} puso en suspenso a {name}: "{reason}"',
  'suspend.joined':
    'Tarea {task}, {title}: la ciudad puso en suspenso a quien organiza; puede que no se haga. Pregunta antes de ir: {contact}',
  'resume.summary': '{word} nombre: una organización vuelve a actuar',
  'resume.usage': 'Responde REANUDAR y el nombre, como REANUDAR La Esquina',
  'resume.done':
    '{name} puede actuar de nuevo. Se avisó a: {told}. Responde SUSPENDER {name} y por qué para detenerla otra vez.',
  'resume.told':
    '¡Buenas noticias! {name} puede actuar de nuevo. Responde AYUDA para ver qué puedes hacer.',
  'resume.told-admins': '{participantId} deja que {name} actúe de nuevo.',
  'resume.joined':
    'Tarea {task}, {title}: quien organiza está de vuelta. Responde TAREA {task} para ver el plan.',
  'cap.half': 'Es la mitad de {asked}. Responde REANUDAR {name} para permitirlo todo.',

  'refused.role-short':
    'Tu función en {name} no permite eso. Pregunta a la persona titular, o responde AYUDA.',
  'refused.partner-unknown':
    'No hay ninguna organización llamada {name}. Responde INVITAR organización o INVITAR negocio para sumarla.',
  'refused.defer-why': 'Agrega por qué: INVITAR negocio La Esquina; rojo y la razón',
  'refused.delegations-many':
    'Ya hubo demasiadas personas en {name}. Avisa a quien opera la ciudad.',
  'refused.ends-in-past': 'Esa fecha ya pasó. Escribe un día futuro, así: hasta el 20 de diciembre',
  'refused.invite-half':
    '{name} es organización y negocio. Escribe cuál: INVITAR GERENTE organización {name}, o INVITAR GERENTE negocio {name}. Igual con TITULAR.',
  'refused.uninvite-unknown': 'No hay función ni invitación así. Responde DESINVITAR para verlas.',
  'refused.last-admin':
    'Es la última persona que administra la ciudad y no se puede quitar. Primero invita a otra: INVITAR admin',
  'refused.suspend-why': 'Agrega por qué; será público: SUSPENDER {name} y la razón',
  'refused.suspend-already':
    '{name} ya está en suspenso. Responde REANUDAR {name} para deshacerlo.',
  'refused.resume-nothing':
    '{name} ya puede actuar, o nadie ha aceptado su invitación. Responde AYUDA para ver qué puedes escribir.',
  'refused.as-unknown':
    'No representas a ninguna organización con ese nombre. Responde A NOMBRE DE para ver cuáles.',
};
