/** Why evidence is not approved, in Spanish. */
import type { LanguagePack } from '../language.ts';

export const reasons: LanguagePack['reasons'] = {
  'no-evidence': [
    ...['FALTA EVIDENCIA', 'SIN EVIDENCIA', 'NO HAY EVIDENCIA', 'SIN PRUEBA', 'NO HAY PRUEBA'],
    ...['SIN FOTO', 'NO HAY FOTO', 'FALTA LA FOTO', 'NO SE VE', 'NO SE VE EL TRABAJO'],
  ],
  'wrong-task': [
    ...['OTRA TAREA', 'ES DE OTRA TAREA', 'ES OTRA TAREA', 'TAREA EQUIVOCADA', 'NO ES LA TAREA'],
    ...['NO ES ESTA TAREA', 'LUGAR EQUIVOCADO'],
  ],
  'not-done': [
    ...['NO ESTÁ HECHO', 'NO ESTÁ HECHA', 'NO SE HIZO', 'NO LO HIZO', 'INCOMPLETO', 'INCOMPLETA'],
    ...['NO SE ACABÓ', 'SIN ACABAR', 'NO ESTÁ COMPLETO', 'FALTA TRABAJO', 'QUEDÓ A MEDIAS'],
  ],
  unsafe: [
    ...['NO FUE SEGURO', 'NO ES SEGURO', 'INSEGURO', 'PELIGROSO', 'FUE PELIGROSO', 'ES PELIGROSO'],
  ],
  duplicate: [
    ...['YA LA MANDÓ', 'REPETIDA', 'REPETIDO', 'ESTÁ REPETIDA', 'DUPLICADA', 'DUPLICADO'],
    ...['YA LO MANDÓ', 'LA MISMA FOTO', 'MISMA FOTO', 'YA SE CONTÓ', 'ES LA MISMA FOTO'],
  ],
  'not-present': [
    ...['NO ESTUVO', 'NO VINO', 'NO FUE', 'NO LLEGÓ', 'NO ESTABA', 'FALTÓ', 'NO ESTUVO AHÍ'],
    ...['NO ESTABA AHÍ', 'AUSENTE'],
  ],
  other: ['OTRO MOTIVO', 'OTRA RAZÓN', 'OTRO', 'OTRA COSA'],
};
