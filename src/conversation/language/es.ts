/** What the bot says in Spanish: the same names as in `en.ts`, which explains the notation. */
import type { en } from './en.ts';

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
  'refused.picture-too-many-pixels':
    'Esa imagen tiene más de 50 megapíxeles. Manda una más pequeña.',

  'role.organizer':
    'Eso es para organizadores que anuncian y revisan tareas. Responde AYUDA para ver qué puedes hacer.',
  'role.redeemer':
    'Eso es para comercios que aceptan códigos. Responde AYUDA para ver qué puedes hacer.',
  'role.admin':
    'Eso es para la administración de la ciudad. Responde AYUDA para ver qué puedes hacer.',
  'failed.parked':
    'Perdón, algo falló con tu mensaje. Lo guardamos y nuestro equipo lo revisará. No cambió nada.',
  'code.expired-notice':
    'El código de {title} venció y tus {credits, plural, one {# crédito vuelve} other {# créditos vuelven}} a ser tuyos. Responde OFERTAS para elegir de nuevo.',
  'announcement.text':
    '{title}\n{when}, {place}\n{credits} por persona, {slots, plural, one {# lugar} other {# lugares}}. {issuer} te invita: responde {join}',
  'announcement.join': 'Unirme',
  'announcement.details': 'Detalles',
};
