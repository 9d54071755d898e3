/** What the bot says in Spanish: the same names as in `en.ts`, which explains the notation. */
import type { en } from '../en/texts.ts';

export const es: Readonly<Record<keyof typeof en, string>> = {
  'credit.amount':
    '{count, plural, one {{count, number} crédito {currencyWord}} other {{count, number} créditos {currencyWord}}}',

  'time.minutes': '{count, plural, one {# minuto} other {# minutos}}',
  'time.hours': '{count, plural, one {# hora} other {# horas}}',
  'time.days': '{count, plural, one {# día} other {# días}}',

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

  'role.organizer':
    'Eso es para organizadores que anuncian y revisan tareas. Responde AYUDA para ver qué puedes hacer.',
  'role.redeemer':
    'Eso es para comercios que aceptan códigos. Responde AYUDA para ver qué puedes hacer.',
  'role.admin':
    'Eso es para la administración de la ciudad. Responde AYUDA para ver qué puedes hacer.',
  'public.sent': 'Te contesté por mensaje privado.',
  'public.closed':
    'Eso es privado y solo te lo puedo decir a ti: escríbeme un mensaje privado, o permite mensajes de todos en los ajustes de chat, y pregunta de nuevo.',
  'failed.parked':
    'Perdón, algo falló con tu mensaje. Lo guardamos y nuestro equipo lo revisará. No cambió nada.',
  'code.expired-notice':
    'El código de {title} venció y tus {credits, plural, one {# crédito vuelve} other {# créditos vuelven}} a ser tuyos. Responde OFERTAS para elegir de nuevo.',
  'announcement.text':
    '{title}\n{when}, {place}\n{credits} por persona, {standing, select, new {{slots, plural, one {# lugar} other {# lugares}}. {issuer} te invita: responde {join}} open {{free} de {slots, plural, one {# lugar} other {# lugares}} libres. {issuer} te invita: responde {join}} full {ya sin lugares libres ({slots}). Lista de espera de {issuer}: responde {join}} closed {{slots, plural, one {# lugar} other {# lugares}}. {issuer} cerró esta tarea. ¡Gracias!} other {{slots, plural, one {# lugar} other {# lugares}}. Esta tarea de {issuer} ya terminó. ¡Gracias!}}',
  'announcement.join': 'Unirme',
  'announcement.details': 'Detalles',

  // What can be said next: labels of choices.
  'choice.tasks': 'Tareas abiertas',
  'choice.task': 'Tarea {argument}',
  'choice.join': 'Unirme a la {argument}',
  'choice.drop': 'Soltar la {argument}',
  'choice.done': 'Evidencia de la {argument}',
  'choice.balance': 'Mi saldo',
  'choice.history': 'Mi historial',
  'choice.offers': 'Ofertas',
  'choice.redeem': 'Canjear la {argument}',
  'choice.codes': 'Mis códigos',
  'choice.release': 'Liberar {argument}',
  'choice.announce': 'Anunciar una tarea',
  'choice.review': 'Revisar',
  'choice.approve': 'Aprobar {argument}',
  'choice.reject': 'Rechazar {argument}',
  'choice.roster': 'Quién está en la {argument}',
  'choice.offer': 'Agregar una oferta',
  'choice.help': 'Ayuda',
  'choice.ok': 'OK',
  'choice.no': 'No',

  // Sentences that end a reply: what this person may want to do now.
  'next.review':
    '{count, plural, one {1 evidencia espera: REVISAR.} other {# evidencias esperan: REVISAR.}}',
  'next.evidence': '¿Terminaste la tarea {task}? Manda LISTO {task} y una foto.',
  'next.codes': 'CODIGOS muestra tus códigos.',
  'next.offers': 'Tienes {credits}: OFERTAS muestra para qué.',
  'next.confirm': 'CONFIRMAR y un código lo verifica.',
  'next.announce': 'ANUNCIAR publica una tarea.',
  'next.admin': 'INVITAR trae aliados.',
  'next.tasks': 'TAREAS muestra lo que hay.',

  // First contact, in the wording of the carriers (channels.md, SMS).
  'hello.ask':
    '{channel, select, sms {City/Sync {city}: ayuda y gana créditos para ofertas. Responde OK para recibir mensajes; frecuencia variable, pueden aplicar tarifas. AYUDA, ALTO.} other {City/Sync {city}: ayuda en tu barrio y gana créditos para ofertas locales. Responde OK para recibir aquí mensajes de tareas y créditos; su número varía. AYUDA para ayuda, ALTO para no recibir más.}}',
  'hello.joined':
    '{channel, select, sms {City/Sync {city}: ya participas. Avisos de tareas y créditos, frecuencia variable. Pueden aplicar tarifas de msj y datos. AYUDA para ayuda, ALTO para salir.} other {City/Sync {city}: ya participas. Aquí te avisamos de tus créditos; AVISOS agrega las tareas nuevas. AYUDA para ayuda, ALTO para salir.}}',
  'hello.back': 'City/Sync {city}: qué gusto leerte.',
  'hello.declined': 'De acuerdo, sin mensajes. Escribe HOLA cuando quieras participar.',
  'stop.stopped':
    'City/Sync {city}: te diste de baja y no recibirás más mensajes. Responde ALTA para volver.',
  'way-out.full': 'Responde ALTO para salir.',
  'way-out.short': 'ALTO: salir.',
  'ok.nothing-open': '¡Gracias! Nada espera tu OK en este momento.',

  // Language and help.
  'lang.summary': '{word} EN: in English',
  'lang.name': '{language, select, en {inglés, English} other {español}}',
  'lang.which': 'Aquí hablo {list}.',
  'lang.changed': 'Seguimos en español. TAREAS muestra lo que hay, AYUDA lo que puedes escribir.',
  'help.stranger':
    'City/Sync {city}: ayuda y gana créditos. Responde HOLA para empezar, ALTO para salir. De {operator}. Dudas: {contact}',
  // Sent by an app, and nothing that can be taken.
  'unread.location':
    'No puedo usar una ubicación, así que no guardé nada. Con {tasks} ves dónde es cada tarea.',
  'unread.contact':
    'No recibo contactos de otras personas, así que no guardé nada. Quien quiera participar me escribe. Con {tasks} ves qué hay abierto.',
  'unread.other':
    'Puedo leer palabras y ver fotos, nada más, así que no guardé nada. Mándalo como mensaje o como foto. Con {tasks} ves qué hay abierto.',
  // Telegram: buttons and posts.
  'telegram.button-of-other': 'Este botón es de otra persona. Escríbeme y te doy el tuyo.',
  'telegram.button-too-old': 'Este botón ya es viejo. Escríbeme y te doy uno nuevo.',
  'telegram.button-taken': 'Recibido: un momento.',
  'telegram.open-chat': 'Abrir nuestro chat',
  'telegram.post-unclear':
    'Hay un anuncio en el canal y Telegram no me dice qué organizador lo escribió. Manda {announce} aquí, en este chat, y yo lo anuncio en el canal.',
  'help.unknown': 'Perdón, no entendí eso.',
  'help.head': 'City/Sync {city}. Puedes escribir:',
  'help.foot':
    '{channel, select, sms {ALTO para salir. Pueden aplicar tarifas. De {operator}: {contact}} other {ALTO para salir. De {operator}. Dudas: {contact}}}',
  'help.organizer': 'Como organizador de {name}:',
  'help.redeemer': 'En el mostrador de {name}:',
  'help.admin': 'Como administrador de {name}:',

  // Texts about new tasks, and what reaches many.
  'alerts.summary': '{word}: mensajes de tareas nuevas',
  'alerts.on':
    '{channel, select, sms {City/Sync {city}: te avisamos de tareas nuevas, frecuencia variable. Pueden aplicar tarifas. AYUDA. AVISOS NO termina estos; ALTO, todo.} other {City/Sync {city}: aquí te avisamos de tareas nuevas; su número varía. AVISOS NO termina estos; ALTO, todo.}}',
  'alerts.on-already': 'Recibes avisos de tareas nuevas. AVISOS NO los termina.',
  'alerts.off': 'City/Sync {city}: ya no te avisamos de tareas nuevas. AVISOS los trae de vuelta.',
  'alerts.off-already': 'No recibes avisos de tareas nuevas. Responde AVISOS para recibirlos.',
  'alerts.usage':
    'Responde AVISOS para recibir avisos de tareas nuevas, o AVISOS NO para que terminen.',
  'halt.summary': '{word} 12: no avisar más de ella',
  'halt.usage': 'Responde FRENAR y el número de la tarea, como FRENAR 12',
  'halt.halted':
    'Frenados los avisos de la tarea {task}. {sent, plural, =0 {No salió ninguno} one {Salió 1} other {Salieron {sent, number}}} de {total, number}; {dropped, number} ya no saldrán.',

  // One person, several channels.
  'link.summary': '{word}: una cuenta, varios canales',
  'link.code':
    'Para usar esta cuenta también en otro canal, manda ahí VINCULAR {code} en {minutes} minutos. No lo des a nadie ni mandes el que otros te den.',
  'link.usage':
    'Responde VINCULAR y recibes un código; luego manda VINCULAR y el código en tu otro canal.',
  'link.linked': 'Listo: este y tu otro canal son ahora una sola cuenta, con {credits} para usar.',

  // Tasks.
  'tasks.summary': '{word}: tareas abiertas',
  'tasks.line':
    '{task} {title}: {when}, {place}, {credits}, {free, plural, =0 {llena} one {1 lugar} other {# lugares}}',
  'tasks.how': 'UNIRME {task} para participar, TAREA {task} para saber más.',
  'tasks.more': 'Hay más: TAREAS y una palabra, como TAREAS parque',
  'tasks.none': 'Ahora no hay tareas abiertas. Escribe TAREAS otro día.',
  'tasks.none-with': 'Ninguna tarea abierta va con {words}. TAREAS muestra todas.',
  'task.facts':
    'Tarea {task}: {title}. {when}, {place}. De {issuer}. {credits} por persona, {free} de {slots} lugares libres.',
  'task.open': 'Responde UNIRME {task} para participar.',
  'task.active':
    'Estás dentro: después manda LISTO {task} y una foto. ¿No puedes ir? SOLTAR {task}',
  'task.standby': 'Está llena y estás en lista de espera. SOLTAR {task} para salir.',
  'task.submitted': 'Tu evidencia espera su revisión.',
  'task.verified': 'Tu trabajo fue aprobado. ¡Gracias!',
  'task.rejected': 'Tu evidencia se revisó y no se aprobó.',
  'task.ended': 'Ya no es posible unirse.',
  'join.summary': '{word} 12: participar',
  'join.which': '¿Cuál tarea? Responde con su número:',
  'join.joined':
    'Estás dentro: {title}, {when}, {place}. Después manda LISTO {task} y una foto. ¿No puedes ir? SOLTAR {task}',
  'join.standby':
    '{title} está llena. Eres el número {position} en espera y te avisamos si hay lugar: {when}, {place}. SOLTAR {task} para salir.',
  'drop.summary': '{word} 12: dejarla',
  'drop.which': '¿Cuál tarea quieres soltar? Responde con su número:',
  'drop.none': 'No estás en ninguna tarea que puedas soltar. TAREAS muestra lo que hay.',
  'drop.dropped': 'Soltaste la tarea {task}, {title}. Gracias por avisar.',
  'drop.promoted':
    'Hay lugar y estás dentro: {title}, {when}, {place}. Después manda LISTO {task} y una foto. ¿No puedes ir? SOLTAR {task}',

  // Evidence.
  'done.summary': '{word} 12 y una foto: evidencia',
  'done.which': '¿De cuál tarea es? Responde con su número:',
  'done.which-kept': 'También llegó. ¿De cuál tarea es? Responde con su número.',
  'done.none': 'Ninguna tarea tuya espera evidencia. TAREAS muestra lo que hay.',
  'done.ask-public':
    '{isPost, select, yes {La evidencia es pública: el registro de la ciudad señalará esta publicación tuya, con tu cuenta, a la vista de todos. Responde OK para aceptar, o NO.} other {La evidencia es pública: todos ven tus palabras y fotos. Tapamos teléfonos y quitamos datos ocultos de las fotos. Responde OK para aceptar y mandarla, o NO.}}',
  'done.public-kept': 'También llegó. Responde OK para aceptar que sea pública y mandarla, o NO.',
  'done.answer-first':
    'Primero responde OK o NO para la tarea {task}: lo que mandaste espera. Luego manda LISTO {other} otra vez.',
  'done.discarded': 'De acuerdo, no se mandó nada.',
  'done.sent':
    '¡Gracias! {pictures, plural, =0 {Llegaron tus palabras} one {Llegó tu foto} other {Llegaron tus # fotos}} de la tarea {task}, {title}. {issuer} lo revisará y te avisamos.',
  'done.partly': 'Sin usar: {refused}',
  'done.told':
    'Hay evidencia nueva de la tarea {task}, {title}.{alike, select, yes { Una de sus fotos llegó también para otro trabajo.} other {}} Responde REVISAR para verla.',

  // Credits, offers and codes.
  'balance.summary': '{word}: tus créditos',
  'balance.available': 'Tienes {credits} para usar.',
  'balance.held': 'Apartados para tus CODIGOS: {credits}.',
  'balance.spend': 'OFERTAS muestra para qué.',
  'balance.earn': 'TAREAS muestra dónde ganar.',
  'history.summary': '{word}: sus movimientos',
  'history.head': 'Tus últimos movimientos, cada uno con su registro público:',
  'history.none': 'Todavía no hay movimientos. TAREAS muestra dónde ganar créditos.',
  'history.line':
    '{at, date, short} {code, select, issue {+{credits, number} ganados} hold {{credits, number} apartados} burn {-{credits, number} canjeados} release {{credits, number} devueltos} expire {-{credits, number} vencidos} other {{credits, number} corregidos}}{hasUri, select, yes {: {uri}} other {}}',
  'more.summary': '{word}: lo que falta de una respuesta larga',
  'more.none': 'La última respuesta ya está completa.',
  'more.hint': 'Responde {word} para lo demás.',
  'offers.summary': '{word}: para qué sirven',
  'offers.line': '{offer} {title}: {credits} en {redeemer}',
  'offers.how': 'Tienes {credits}. Responde CANJEAR y un número, como CANJEAR {offer}',
  'offers.more': 'Hay más: OFERTAS y una palabra, como OFERTAS café',
  'offers.none': 'Ahora no hay ofertas. Tus créditos siguen siendo tuyos.',
  'offers.none-with': 'Ninguna oferta va con {words}. OFERTAS muestra todas.',
  'redeem.summary': '{word} 3: código de una oferta',
  'redeem.usage':
    'Responde CANJEAR y el número de una oferta, como CANJEAR 3. OFERTAS las muestra.',
  'redeem.code':
    'Tu código: {code} - {title}, {credits}. Muéstralo en {redeemer} hasta las {until, time, short} ({duration}). LIBERAR {code} devuelve los créditos.',
  'codes.summary': '{word}: tus códigos',
  'codes.none': 'Ahora no tienes código. OFERTAS muestra lo que puedes obtener.',
  'codes.line': '{code}: {title} en {redeemer}, hasta las {until, time, short}',
  'release.summary': '{word} y un código: devolver',
  'release.usage':
    'Responde LIBERAR y el código, como LIBERAR 7GK2-M4QX. CODIGOS muestra los tuyos.',
  'release.released': 'El código quedó anulado y recuperaste {credits} de {title}.',
  'me.summary': '{word}: lo público de ti',
  'me.facts':
    'En público eres {participantId}, nunca tu nombre ni tu número: {tasks, plural, =0 {ninguna tarea} one {1 tarea} other {# tareas}}, {credits}.',
  'me.records': 'Registros públicos más nuevos:',

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

  // Redeemers: offers and the counter. The first words of an answer say what to do.
  'offer.summary': '{word}: agregar una oferta',
  'offer.title': '¿Qué ofreces? Un título corto, como: Un café. (NO descarta, ATRAS regresa.)',
  'offer.credits': '¿Por cuántos créditos? Un número entero.',
  'offer.per-day': '¿Cuántos al día como máximo? Un número entero, o SIN LIMITE.',
  'offer.usage': 'Escribe OFERTA título; créditos; por día - como OFERTA Un café; 10; 20',
  'offer.discarded': 'De acuerdo, no se agregó ninguna oferta.',
  'offer.added':
    'La oferta {offer} está abierta: {title} por {credits}, {limit, select, yes {{perDay, number} al día como máximo} other {sin límite diario}}. Cuando veas un código, manda CONFIRMAR y el código.',
  'confirm.summary': '{word} y un código: entregar o no',
  'confirm.usage': 'Responde CONFIRMAR y el código de su teléfono, como CONFIRMAR 7GK2-M4QX',
  'confirm.honored': 'ENTRÉGALO: {title}, {credits}. {at}.',
  'confirm.repeated':
    'NO LO ENTREGUES otra vez. Recibo: {title}, {credits}, entregado primero {at}.',
  'confirm.no': 'NO LO ENTREGUES. {reason}',
  'confirm.told': '¡Que lo disfrutes! {title} se entregó por {credits}. Gracias por lo que haces.',
  'confirm.locked':
    'Alguien de {redeemer} escribió demasiados códigos equivocados y no puede confirmar por un día. Por favor revísalo.',

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
