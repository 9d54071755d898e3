/** Texts of the sign of a task in English. */
export const sign = {
  'sign.title': 'Check-in sign',
  'sign.private':
    'Only you have this page. Print it and put it up where people arrive. Don’t share the link.',
  'sign.arrived': 'Are you here? Check in with this code:',
  'sign.word': 'HERE {code}',
  'sign.sms': 'Text {word} to {sms}',
  'sign.telegram': 'Scan the square, or send {word} to @{telegram}',
  'sign.bluesky': 'Send {word} in a message to @{bluesky}',
  'sign.any': 'Send {word} to the city’s bot',
  'sign.qr.sms': 'QR code: a text message that checks you in',
  'sign.qr.telegram': 'QR code: the Telegram bot, which checks you in',
} as const;
