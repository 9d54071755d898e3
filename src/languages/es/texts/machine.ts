/** What those hear who look after the machine. */
import type { machine as keys } from '../../en/texts/machine.ts';

export const machine: Readonly<Record<keyof typeof keys, string>> = {
  'replay.summary': '{word}: lo que quedó apartado',
  'replay.usage':
    'Responde REPETIR para ver lo apartado, REPETIR 12 para retomarlo, REPETIR 12 SOLTAR para dejarlo',
  'replay.none': 'No hay nada apartado.',
  'replay.head':
    'Apartados: {total, number}. Responde REPETIR 12 para retomar uno, REPETIR 12 SOLTAR para dejarlo.',
  'replay.line':
    '{id}: {kind, select, message {de} other {para}} {channel}{tail, select, none {} other { *{tail}}}, {at}, {error}',
  'replay.taken':
    '{kind, select, message {{id} se retoma. Su autor recibe la respuesta.} other {{id} se manda otra vez.}}',
  'replay.dropped': '{id} quedó fuera.',
  'refused.parked-none':
    'Nada apartado tiene el número {id}. Responde REPETIR para ver lo que hay.',
};
