/** Texts of the sign of a task in Spanish. */
import type { sign as english } from '../en/sign.ts';

export const sign: Readonly<Record<keyof typeof english, string>> = {
  'sign.title': 'Letrero de llegada',
  'sign.private':
    'Esta página es solo para ti. Imprímela y ponla donde llega la gente. No compartas el enlace.',
  'sign.arrived': '¿Ya llegaste? Avisa con este código:',
  'sign.word': 'AQUÍ {code}',
  'sign.sms': 'Envía {word} al {sms}',
  'sign.telegram': 'Escanea el cuadro o envía {word} a @{telegram}',
  'sign.bluesky': 'Envía {word} en un mensaje a @{bluesky}',
  'sign.any': 'Envía {word} al bot de la ciudad',
  'sign.qr.sms': 'Código QR: un mensaje de texto que avisa que llegaste',
  'sign.qr.telegram': 'Código QR: el bot de Telegram, que anota que llegaste',
};
