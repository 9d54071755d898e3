/**
 * What the bot says in English: ICU messages by name. `{currencyWord}` is the city's word for its
 * credits and is always there. Dates are `{start, date, short | medium | long}` ('Nov 28',
 * 'Sat, Nov 28', 'Saturday, November 28, 2026') and `{start, time, short}`. Aim at one SMS.
 * `refused.<code>` is the text of the refusal with that code.
 */
export const en = {
  'credit.amount':
    '{count, plural, one {{count, number} {currencyWord} credit} other {{count, number} {currencyWord} credits}}',

  'time.minutes': '{count, plural, one {# minute} other {# minutes}}',
  'time.hours': '{count, plural, one {# hour} other {# hours}}',
  'time.days': '{count, plural, one {# day} other {# days}}',

  'refused.unknown': "Sorry, that can't be done right now. Reply HELP to see what can.",

  'refused.when-unclear':
    'I could not read the date and time. Write it like: sat 9am-11am, or Nov 28 9:00-12:00',
  'refused.when-no-time':
    'At what time on {day, date, medium}? Write it like: {day, date, short} 9am-11am',
  'refused.when-past':
    '{start, date, medium}, {start, time, short} has already passed. Write a time to come, like: sat 9am-11am',
  'refused.when-backwards': 'The end comes before the start. Write it like: sat 9am-11am',
  'refused.when-too-far': '{start, date, long} is too far ahead. Write a date within two years.',
  'refused.when-weekday':
    '{day, date, long} is another day of the week than you wrote. Which one is right?',

  'refused.picture-not-a-picture': 'That file is not a picture. Send a photo as JPEG, PNG or WebP.',
  'refused.picture-heic':
    'I cannot open HEIC photos. On an iPhone: Settings, Camera, Formats, Most Compatible. Then send a new photo.',
  'refused.picture-video': 'I cannot take videos as evidence. Send a photo.',
  'refused.picture-document': 'I cannot take documents as evidence. Send a photo.',
  'refused.picture-drawing': 'I cannot take drawings as evidence. Send a photo.',
  'refused.picture-kind':
    'I cannot open that kind of picture. Send the photo as JPEG, PNG or WebP.',
  'refused.picture-animated': 'Moving pictures cannot be evidence. Send a photo.',
  'refused.picture-broken':
    'That picture is damaged and cannot be opened. Send it again or take another one.',
  'refused.picture-too-large': 'That picture is larger than 10 MB. Send a smaller one.',
  'refused.picture-too-many-pixels':
    'That picture has more than 50 megapixels. Send a smaller one.',

  'role.organizer':
    'That is for organizers who announce and review tasks. Reply HELP to see what you can do.',
  'role.redeemer': 'That is for businesses that honor codes. Reply HELP to see what you can do.',
  'role.admin': "That is for the city's admin. Reply HELP to see what you can do.",
  'failed.parked':
    'Sorry, something went wrong with your message. It was kept and our team will look at it. Nothing was changed.',
  'code.expired-notice':
    'The code for {title} ran out, so your {credits, plural, one {# credit is} other {# credits are}} yours again. Reply OFFERS to choose anew.',
  'announcement.text':
    '{title}\n{when}, {place}\n{credits} for each, {slots, plural, one {# place} other {# places}}. {issuer} invites you: reply {join}',
  'announcement.join': 'Join',
  'announcement.details': 'Details',
} as const;
