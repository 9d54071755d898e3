/** What those hear who look after the machine. */
import type { machine as keys } from '../../en/texts/machine.ts';

export const machine: Readonly<Record<keyof typeof keys, string>> = {
  'replay.summary': '{word}: lo que quedó apartado',
  'replay.usage':
    'Responde REPETIR para ver lo apartado, REPETIR 12 para retomarlo, REPETIR 12 DEJAR para dejarlo',
  'replay.none': 'No hay nada apartado. Responde REPETIR otro día.',
  'replay.head':
    'Apartados: {total, number}. Responde REPETIR 12 para retomar uno, REPETIR 12 DEJAR para dejarlo.',
  'replay.line':
    '{id}: {kind, select, message {de} other {para}} {channel}{tail, select, none {} other { *{tail}}}, {at}, {error}',
  'replay.taken':
    '{kind, select, message {{id} se retoma. Quien lo mandó recibe la respuesta.} other {{id} se manda otra vez.}} Responde REPETIR para ver qué queda.',
  'replay.dropped': '{id} quedó fuera. Responde REPETIR para ver qué queda.',
  'operator.invited':
    'Para tu información: quien opera la máquina de City/Sync {city} hizo una invitación para otra persona que administre.',
  'operator.recovered':
    'City/Sync {city}: quien opera la máquina hizo una invitación para administrar, porque nadie que administra respondía. Si estás aquí, avísale.',
  'operator.revoked':
    '{isYou, select, yes {Ya no representas} other {{participantId} ya no representa}} a {name, select, none {City/Sync {city} en la administración} other {{name}}}. Lo quitó quien opera la máquina de la ciudad.',
  'refused.parked-none':
    'Nada apartado tiene el número {id}. Responde REPETIR para ver lo que hay.',
};
