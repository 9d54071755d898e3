/** What redeemers hear: their offers and the counter. */
import type { redeemer as keys } from '../../en/texts/redeemer.ts';

export const redeemer: Readonly<Record<keyof typeof keys, string>> = {
  // Redeemers: offers and the counter. The first words of an answer say what to do.
  'offer.summary': '{word}: agregar una oferta',
  'offer.title':
    '¿Qué ofreces? Escribe un título corto, como: Un café. (NO la descarta, ATRÁS regresa.)',
  'offer.credits': '¿Por cuántos créditos? Escribe un número entero.',
  'offer.per-day': '¿Cuántos al día como máximo? Escribe un número entero, o SIN LÍMITE.',
  'offer.usage': 'Escribe OFERTA título; créditos; por día - como OFERTA Un café; 10; 20',
  'offer.discarded':
    'De acuerdo, no se agregó ninguna oferta. Responde OFERTA para empezar otra vez.',
  'offer.added':
    'La oferta {offer} ya se puede canjear: {title} por {credits}, {limit, select, yes {{perDay, number} al día como máximo} other {sin límite diario}}. Cuando veas un código, responde CONFIRMAR y el código.',
  'offer.close-ask':
    '¿Cerrar para siempre la oferta {offer}, {title}? Los códigos que la gente ya tiene sirven. Responde OK para cerrarla, o NO.',
  'offer.close-kept':
    'De acuerdo, la oferta {offer} sigue. Responde PAUSAR {offer} para detenerla un tiempo.',
  'offer.closed': 'La oferta {offer}, {title}, quedó cerrada. Responde OFERTA para agregar otra.',
  'pause.summary': '{word} 3: detener una oferta un tiempo',
  'pause.list':
    '{lines}\nResponde PAUSAR y un número, como PAUSAR {offer}. Con PAUSAR {offer} NO regresa.',
  'pause.line': '{offer} {title}: {credits}{state, select, paused {, en pausa} other {}}',
  'pause.none': 'Todavía no tienes ofertas. Responde OFERTA para agregar una.',
  'pause.paused':
    'La oferta {offer}, {title}, está en pausa. Los códigos que la gente ya tiene sirven. Responde PAUSAR {offer} NO para que regrese.',
  'pause.ended':
    'La oferta {offer}, {title}, ya regresó. Responde PAUSAR {offer} para detenerla un tiempo.',
  'price.summary': '{word} 3 12: cambiar el precio de una oferta',
  'price.usage': 'Responde PRECIO, el número de tu oferta y los créditos, como PRECIO 3 12',
  'price.set':
    'Oferta {offer}, {title}: ahora {credits}. Los códigos que la gente ya tiene conservan su precio. Responde PRECIO {offer} y un número para cambiarlo.',
  'price.to-come':
    'Oferta {offer}, {title}: {credits} hasta el {from, date, short}, después {next}. Para subir hay que avisar 30 días antes. Responde PRECIO {offer} y un número para cambiarlo.',
  'confirm.summary': '{word} y un código: entregar o no',
  'confirm.usage': 'Responde CONFIRMAR y el código de su teléfono, como CONFIRMAR 7GK2-M4QX',
  'confirm.ask':
    '¿Revisar {code}? Si es bueno, queda usado y lo entregas. Responde OK para revisarlo, o NO.',
  'confirm.kept':
    'De acuerdo, ese código no se usó. Responde CONFIRMAR y un código para revisar uno.',
  'confirm.honored': 'ENTRÉGALO: {title}, {credits} ({at}).',
  'confirm.honored-late':
    'ENTRÉGALO: {title}, {credits}. Tarde: tu mensaje llegó cuando el código ya había vencido ({at}).',
  'confirm.repeated': 'NO LO ENTREGUES otra vez. Recibo: {title}, {credits}, ya entregado ({at}).',
  'confirm.no': 'NO LO ENTREGUES. {reason}',
  'confirm.told': '¡Que lo disfrutes! Recibiste {title} por {credits}. Gracias por lo que haces.',
  'confirm.told-late':
    'Recibiste {title} por {credits}. Lo supimos tarde, cuando tu código ya había vencido.',
  'undo.summary': '{word}: deshacer lo último que confirmaste',
  'undo.ask':
    '¿Deshacer {title}, {credits}, confirmado {at}? Los créditos regresan a la persona. Responde OK para deshacerlo, o NO.',
  'undo.kept': 'De acuerdo, no se deshizo nada. Responde CONFIRMAR y un código para revisar uno.',
  'undo.undone':
    'Deshecho: {title}, {credits}. La persona tiene otra vez sus créditos. Para usarlos responde CANJEAR y recibe otro código.',
  'undo.told':
    'En el mostrador se deshizo {title}. Tienes otra vez tus {credits}. Responde OFERTAS para ver en qué usarlos.',
  'today.summary': '{word}: la suma de lo que entregaste hoy',
  'today.sum':
    'Entregado hoy: {count, number}, por {credits}.\n{lines}\nResponde HOY y tu propia cuenta para comparar, como HOY 14.',
  'today.offer': '{count, number} x {title}: {credits}',
  'today.none': 'Hoy no se entregó nada. Responde CONFIRMAR y un código para revisar uno.',
  'today.same': 'Sí, {count, number} hoy, por {credits}. Responde HOY para verlos por oferta.',
  'today.differs':
    'Nosotros tenemos {count, number} hoy y tú {said, number}. Estos son:\n{lines}\nSi un código no está, responde CONFIRMAR y el código.',
  'today.line': '{at, time, short} {title}, {credits}',
  'confirm.locked':
    'Alguien de {redeemer} escribió demasiados códigos equivocados y no puede confirmar por un día. Por favor revísalo.',
};
