/** What residents hear: tasks, evidence, credits, offers and codes. */
import type { resident as keys } from '../../en/texts/resident.ts';

export const resident: Readonly<Record<keyof typeof keys, string>> = {
  'code.expired-notice':
    'El código de {title} venció y tus {credits, plural, one {# crédito vuelve} other {# créditos vuelven}} a ser tuyos. Responde OFERTAS para elegir otra vez.',

  'code.which': 'Veo más de un código. ¿Cuál es? Responde {one} o {other}',

  'code.taken-back':
    'No pudimos hacerte llegar tu código de {title}. Recuperaste {credits}. Responde OFERTAS para elegir otra vez.',

  // Texts about new tasks, and what reaches many.
  'alerts.summary': '{word}: avisos de tareas nuevas, o de algunas, como {word} sábado',
  'alerts.on':
    '{channel, select, sms {City/Sync {city}: te avisamos de tareas nuevas, frecuencia variable. Pueden aplicar tarifas. AYUDA. AVISOS NO: sin avisos. ALTO: sin mensajes.} other {City/Sync {city}: aquí te avisamos de tareas nuevas; su número varía. AVISOS NO: sin avisos. ALTO: sin mensajes.}}',
  'alerts.on-already': 'Recibes avisos de tareas nuevas. Responde AVISOS NO para no recibirlos.',
  'alerts.off':
    'City/Sync {city}: ya no te avisamos de tareas nuevas. Responde AVISOS para recibirlos otra vez.',
  'alerts.off-already': 'No recibes avisos de tareas nuevas. Responde AVISOS para recibirlos.',
  'alerts.filter':
    'Avisos de: {filter}. Responde AVISOS para recibir todos o AVISOS NO para ninguno.',
  'alerts.all':
    'Otra vez te avisamos de todas las tareas nuevas. Responde AVISOS NO para no recibir avisos.',
  'alerts.here':
    'Desde ahora te contamos aquí lo que pasa con tus tareas y créditos. Si prefieres otro canal, escribe allí AVISOS AQUÍ.',
  'alerts.usage':
    'Responde AVISOS para recibir avisos, AVISOS NO para no recibirlos, o di cuáles, como AVISOS parque fines de semana',

  // One person, several channels.
  'link.summary': '{word}: una cuenta, varios canales',
  'link.code':
    'Para usar esta cuenta también en otro canal, manda ahí VINCULAR {code} en {minutes} minutos. No lo des a nadie ni mandes el que te dé otra persona.',
  'link.usage':
    'Responde VINCULAR y recibes un código; luego manda VINCULAR y el código en tu otro canal.',
  'link.linked':
    'Listo: este y tu otro canal son ahora una sola cuenta, con {credits} para usar. Responde TAREAS para ver qué hay.',

  // Tasks.
  'tasks.summary': '{word}: tareas abiertas, o algunas, como {word} sábado',
  'tasks.line':
    '{task} {title}: {when}, {place}, {credits}, {free, plural, =0 {llena} one {1 lugar} other {# lugares}}',
  'tasks.how': 'Responde UNIRME {task} para ir o TAREA {task} para ver más.',
  'tasks.more': 'Hay más: TAREAS y un día o una palabra',
  'tasks.none': 'Ahora no hay tareas abiertas. Responde TAREAS otro día.',
  'tasks.none-with': 'No hay tareas con {words}. Responde TAREAS para ver todas.',
  'task.facts':
    'Tarea {task}, {title}: {when}, {place}. De {issuer}. {credits} por persona. Lugares libres: {free} de {slots}.',
  'task.open': 'Responde UNIRME {task} para participar.',
  'task.joined':
    'Ya tienes lugar. {anyTime, select, yes {} other {Al llegar, responde AQUÍ y el código que veas ahí. }}Al acabar, manda LISTO {task} y una foto. ¿No puedes ir? Responde DEJAR {task}',
  'task.offered':
    'Guardamos un lugar para ti. Responde OK {task} para tomarlo, o DEJAR {task} para dejarlo.',
  'task.checked-in': 'Ya anotamos que llegaste. Manda LISTO {task} y una foto del trabajo.',
  'task.absent':
    'No te vimos ahí. ¿Sí fuiste? Avisa a quien organiza: responde PREGUNTAR {task} y unas palabras, o LISTO {task} y una foto.',
  'task.called-off': 'Se suspendió. Responde TAREAS para ver otras.',
  'drop.dropped':
    'Dejaste la tarea {task}, {title}.{isFree, select, yes { No pasa nada.} other {}} Gracias por avisar. Responde TAREAS para ver otras.',
  'join.calendar': 'Agrega la tarea a tu calendario: {url}',
  'join.guests':
    'Ya tienes lugar en {title} con {guests, plural, one {1 acompañante} other {# acompañantes}}: {when}, {place}. Quien te acompaña no gana créditos. ¿No puedes ir? Responde DEJAR {task}',
  'ok.summary': '{word} 12: quedarte con tu lugar o tomarlo',
  'ok.kept':
    '¡Muy bien, te esperamos! {title}, {when}, {place}. ¿Al final no puedes ir? Responde DEJAR {task}',
  'ok.taken': 'El lugar es tuyo: {title}, {when}, {place}. ¿No puedes ir? Responde DEJAR {task}',
  'task.standby': 'Está llena y estás en la lista de espera. Responde DEJAR {task} para dejarla.',
  'task.submitted': 'Ya tenemos tu evidencia; falta revisarla. Responde TAREAS para ver otras.',
  'task.verified': 'Se aprobó tu trabajo. ¡Gracias! Responde SALDO para ver tus créditos.',
  'task.rejected': 'Revisamos tu evidencia y no se aprobó. Responde TAREAS para ver otras.',
  'task.ended': 'Ya no puedes unirte. Responde TAREAS para ver otras.',
  'join.summary': '{word} 12: participar',
  'join.which': '¿Cuál tarea? Responde con su número:',
  'join.joined':
    'Ya tienes lugar: {title}, {when}, {place}. Después manda LISTO {task} y una foto. ¿No puedes ir? DEJAR {task}',
  'join.series':
    'Ya tienes lugar en {title} en {joined, plural, one {1 fecha} other {# fechas}}{standby, plural, =0 {} other {, y en # estás en lista de espera}}. Te preguntamos otra vez antes de cada una. ¿Ya no puedes? Responde DEJAR {task} TODAS',
  'drop.series':
    'Dejaste {title} en {left, plural, =0 {ninguna fecha: no estabas en ellas} one {1 fecha} other {# fechas}}. Responde TAREAS para ver otras.',
  'join.standby':
    '{title} está llena. Eres el número {position} en la lista de espera. Te avisamos cuando haya lugar: {when}, {place}. Responde DEJAR {task} para dejarla.',
  'drop.summary': '{word} 12: dejarla',
  'drop.which': '¿Cuál tarea quieres dejar? Responde con su número:',
  'drop.none': 'No estás en ninguna tarea que puedas dejar. Responde TAREAS para ver qué hay.',
  'drop.or-stop': 'DEJAR {task} es para dejar la tarea; ALTO es para no recibir más mensajes.',
  'drop.none-or-stop':
    'No estás en ninguna tarea que puedas dejar. Responde ALTO para no recibir más mensajes, o TAREAS para ver qué hay.',
  'drop.sure':
    '¿No puedes ir? Responde OK para dejar la tarea {task}, {title}, o NO para quedarte con tu lugar.',
  'drop.kept':
    'Muy bien, tu lugar en la tarea {task}, {title}, sigue siendo tuyo. Después manda LISTO {task} y una foto.',

  'here.summary': '{word} 4821: avisar que llegaste',
  'here.usage': '¿Ya llegaste? Responde AQUÍ y los cuatro números que ves ahí, como AQUÍ 4821',
  'here.now':
    'Anotamos que llegaste a la tarea {task}, {title}. Al acabar, manda LISTO {task} y una foto.',
  'here.already':
    'Ya habíamos anotado que llegaste a la tarea {task}, {title}. Al acabar, manda LISTO {task} y una foto.',
  'here.marked': 'Ya llegaron: {people}.',
  'here.marked-already': 'Anotados antes: {people}.',
  'here.marked-none': 'Sin anotar, porque no tienen lugar: {people}.',
  'here.marked-next': 'Responde PERSONAS {task} para ver a toda la gente.',

  // Questions about a task.
  'ask.summary': '{word} 12 y tu pregunta: para quien organiza',
  'ask.usage':
    '¿De cuál tarea? Escribe PREGUNTAR, el número de la tarea y tu pregunta, como PREGUNTAR 12 ¿qué llevo?',
  'ask.words': '¿Qué quieres preguntar de la tarea {task}? Escribe tu pregunta, o NO.',
  'ask.left': 'De acuerdo, no se preguntó nada. Responde TAREAS para ver qué hay.',
  'ask.passed': 'Le pasamos tu pregunta a {issuer}, sin tu número. Te mandamos la respuesta.',

  // Evidence.
  'done.summary': '{word} 12 y una foto: evidencia',
  'done.which': '¿De cuál tarea es? Responde con su número:',
  'done.which-kept': 'También llegó. ¿De cuál tarea es? Responde con su número.',
  'done.kept':
    'Guardamos tu foto por una hora. Responde LISTO y el número de una tarea, y ahí se queda.',
  'done.none': 'Ninguna tarea tuya necesita evidencia ahora. Responde TAREAS para ver qué hay.',
  'done.ask-public':
    '{isPost, select, yes {La evidencia es pública: el registro de la ciudad tendrá un enlace a tu publicación, con tu cuenta; cualquiera puede verlo. Responde OK para aceptar, o NO.} other {La evidencia es pública: la gente ve tus palabras y fotos. Tapamos teléfonos y quitamos datos ocultos de las fotos. Responde OK para aceptar y mandarla, o NO.}}',
  'done.public-kept': 'También llegó. Responde OK para aceptar que sea pública y mandarla, o NO.',
  'done.answer-first':
    'Primero responde OK o NO para la tarea {task}: guardamos lo que mandaste. Luego manda LISTO {other} otra vez.',
  'done.all-right':
    '¡Muy bien! Ya tienes lugar en {title}: {when}. Al acabar, manda LISTO {task} y una foto.',
  'done.discarded': 'De acuerdo, no se mandó nada. Manda LISTO y una foto cuando quieras.',
  'done.sent':
    '¡Gracias! {pictures, plural, =0 {Llegaron tus palabras} one {Llegó tu foto} other {Llegaron tus # fotos}} de la tarea {task}, {title}: evidencia {evidence}. {issuer} lo revisará y te avisamos. Responde TAREAS para ver otras.',
  'also.alone': '¿También quieres {words}? Responde solo {words}.',
  'done.partly': 'Sin usar: {refused}',
  'done.told':
    'Hay evidencia nueva de la tarea {task}, {title}.{alike, select, yes { Una de sus fotos llegó también para otro trabajo.} other {}} Responde REVISAR para verla.',

  // Credits, offers and codes.
  'balance.summary': '{word}: tus créditos',
  'balance.available': 'Tienes {credits} para usar.',
  'balance.held': 'Apartados para tus CÓDIGOS: {credits}.',
  'balance.spend': 'Responde OFERTAS para ver en qué usarlos.',
  'balance.earn': 'Responde TAREAS para ver dónde ganar.',
  'history.summary': '{word}: sus movimientos',
  'history.head': 'Tus últimos movimientos, cada uno con su registro público:',
  'history.none': 'Todavía no hay movimientos. Responde TAREAS para ver dónde ganar créditos.',
  'history.line':
    '{at, date, short} {code, select, issue {+{credits, number} ganados} hold {{credits, number} apartados} burn {-{credits, number} canjeados} release {{credits, number} devueltos} expire {-{credits, number} vencidos} other {{sign}{credits, number} corregidos}}{hasUri, select, yes {: {uri}} other {}}',
  'history.how': 'Responde SALDO para ver cuánto puedes usar.',
  'offers.summary': '{word}: para qué sirven',
  'offers.line': '{offer} {title}: {credits} en {redeemer}',
  'offers.next': '({next, number} desde el {from, date, short})',
  'offers.how': 'Tienes {credits}. Responde CANJEAR y un número, como CANJEAR {offer}',
  'offers.more': 'Hay más. Responde OFERTAS y una palabra, como OFERTAS café',
  'offers.none':
    'Ahora no hay ofertas. Tus créditos siguen siendo tuyos. Responde OFERTAS otro día.',
  'offers.none-with': 'No hay ofertas con {words}. Responde OFERTAS para ver todas.',
  'redeem.summary': '{word} 3: código de una oferta',
  'redeem.usage':
    'Responde CANJEAR y el número de una oferta, como CANJEAR 3. Responde OFERTAS para verlas.',
  'redeem.ask':
    '¿Quieres la oferta {offer}, {title}, por {credits}? Responde OK para recibir un código, o NO.',
  'redeem.which':
    '¿Cuál oferta? Un código a la vez: responde CANJEAR y su número, como CANJEAR {offer}',
  'redeem.kept': 'De acuerdo, no se apartaron créditos. Responde OFERTAS para ver otras.',
  'redeem.code':
    'Tu código: {code} - {title}, {credits}. Muéstralo en {redeemer}; vence: {until, time, short} ({duration}). ¿No lo usarás? DEVOLVER {code}',
  'codes.summary': '{word}: tus códigos',
  'codes.none': 'Ahora no tienes códigos. Responde OFERTAS para ver en qué usar tus créditos.',
  'codes.line': '{code}: {title} en {redeemer}, vence: {until, time, short}',
  'codes.how': '¿No lo usarás? Responde DEVOLVER {code}',
  'release.summary': '{word} y un código: devolver',
  'release.usage':
    'Responde DEVOLVER y el código, como DEVOLVER 7GK2-M4QX. Responde CÓDIGOS para ver los tuyos.',
  'release.released':
    'Devolviste el código. Recuperaste {credits} de {title}. Responde OFERTAS para ver otras.',
  'me.summary': '{word}: lo público de ti',
  'me.facts':
    'En público eres {participantId}, nunca tu nombre ni tu número: {tasks, plural, =0 {ninguna tarea} one {1 tarea} other {# tareas}}, {credits}.',
  'me.records': 'Registros públicos más nuevos:',
  'me.how': 'Responde MIS DATOS para ver todo lo que guardamos de ti.',
};
