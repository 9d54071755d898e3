/** What is said when the books do not agree, and when credits are corrected. */
import type { books as en } from '../../en/texts/books.ts';

export const books: Readonly<Record<keyof typeof en, string>> = {
  'books.closed':
    'Las cuentas de la ciudad no cuadran y los créditos están detenidos. Lo demás sigue. Quien opera la máquina debe usar: npm run books',
  'books.open': 'Las cuentas de la ciudad ya cuadran. Los créditos vuelven a moverse.',
  'refused.books-checking':
    'La ciudad está revisando sus cuentas: por ahora no se mueven créditos. Nada se pierde. Intenta más tarde.',

  'adjust.summary': '{word} id +28 por qué: corrige créditos',
  'adjust.usage':
    'Responde AJUSTAR, el id público, los créditos y por qué, como AJUSTAR p-abc123def456 +28 porque faltó una tarea',
  'adjust.asked':
    'Corrección {correction}: {participantId} de {was, number} a {is, number}, porque {reason}. Otra persona que administra debe responder AVALAR {correction} en 3 días.',
  'adjust.told':
    '{admin} pide corregir los créditos de {participantId} de {was, number} a {is, number}, porque {reason}. Si es correcto, responde AVALAR {correction}',
  'agree.summary': '{word} 3: avala una corrección',
  'agree.usage': 'Responde AVALAR y el número de la corrección, como AVALAR 3',
  'agree.done':
    'Listo: {participantId} tenía {was, number} créditos para usar y tiene {is, number}. ¿No es así? Responde AJUSTAR',
  'agree.asker':
    'Corrección {correction} hecha: {participantId} tenía {was, number} créditos para usar y tiene {is, number}.',
  'agree.holder':
    'La ciudad corrigió tus créditos: eran {was, number}, son {is, number}, porque {reason}. Responde HISTORIAL para verlo.',
  'refused.correction-amount': 'Escribe los créditos con + o -, en número entero, como +28 o -5',
  'refused.correction-reason':
    '¿Por qué? La persona lo sabrá y será público. Agrégalo al final, como: porque faltó una tarea',
  'refused.correction-person':
    'Nadie tiene aquí el id {participantId}. Responde AJUSTAR para ver cómo se escribe.',
  'refused.correction-own':
    'Son tus propios créditos: deben corregirlos otras dos personas que administran.',
  'refused.correction-asked':
    'Tú pediste esta corrección: otra persona que administra debe avalarla.',
  'refused.correction-alone':
    'Una corrección necesita a dos que administran y no hay nadie más que la avale. Quien opera la máquina puede agregar a alguien: npm run admin',
  'refused.correction-short':
    'Es más de lo que tiene. Créditos que puede usar: {available, number}. Responde AJUSTAR con un número menor.',
  'refused.correction-room':
    'Una corrección se apoya en movimientos anteriores. Esos permiten {max, number} como máximo. Responde AJUSTAR con un número menor.',
  'refused.correction-unknown':
    'No hay ninguna corrección {correction} abierta. Quizá ya se hizo o pasaron 3 días. Responde AJUSTAR para pedir otra.',
};
