/** What redeemers hear: their offers and the counter. */
import type { redeemer as keys } from '../../en/texts/redeemer.ts';

export const redeemer: Readonly<Record<keyof typeof keys, string>> = {
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
};
