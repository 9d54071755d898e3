/** What is said when the books do not agree, and when credits are corrected. */
import type { books as en } from '../../en/texts/books.ts';

export const books: Readonly<Record<keyof typeof en, string>> = {
  'books.closed':
    'Las cuentas de la ciudad no cuadran y los créditos están detenidos. Lo demás sigue. Quien opera la máquina debe usar: npm run books',
  'books.open': 'Las cuentas de la ciudad ya cuadran. Los créditos vuelven a moverse.',
  'refused.books-checking':
    'La ciudad está revisando sus cuentas: por ahora no se mueven créditos. Nada se pierde. Intenta más tarde.',
};
