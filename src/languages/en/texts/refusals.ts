/** Why something was refused: `refused.<code>` is the text of the refusal with that code. */
export const refusals = {
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
  'refused.picture-unreachable': 'I could not get that picture. Send it again or take another one.',
  'refused.picture-too-many-pixels':
    'That picture has more than 50 megapixels, or more than 20,000 pixels on a side. ' +
    'Send a smaller one.',

  // Why something was refused: tasks and evidence.
  'refused.task-unknown': 'There is no task {task}. TASKS shows what is open.',
  'refused.task-closed': 'Task {task} is closed. TASKS shows what is open.',
  'refused.task-over': 'Task {task} is over. TASKS shows what is open.',
  'refused.issuer-not-approved':
    'Task {task} cannot be joined now: its organizer is not active. TASKS shows others.',
  'refused.joined-already': 'You have joined task {task} already. TASK {task} shows how it stands.',
  'refused.standby-already': 'You are on standby for task {task} already and will hear from us.',
  'refused.not-joined': 'You are not in task {task}. JOIN {task} to take part.',
  'refused.evidence-sent': 'Your evidence for task {task} is in already, so it cannot be left.',
  'refused.standby-evidence':
    'You are on standby for task {task}: evidence can come once you have a slot.',
  'refused.reviewed-already': 'That evidence has been reviewed already.',
  'refused.evidence-empty': 'Please send a photo of the work now, or DONE {task} and a few words.',
  'refused.evidence-unknown':
    'There is no evidence {evidence} for you to review. REVIEW shows what waits.',
  'refused.own-evidence': 'Nobody reviews their own evidence. Somebody else will look at it.',
  'refused.reason-missing':
    'Why is evidence {evidence} not approved? Reply with the reason, or NO to leave it.',

  // Announcing and issuing.
  'refused.title-missing': 'A title is missing. Write what it is about, in a few words.',
  'refused.title-long': 'That title is too long: at most {max} characters.',
  'refused.names-contact':
    'This will be public: please leave out phone numbers, addresses to write to and codes.',
  'refused.place-missing': 'The place is missing. Write where people meet.',
  'refused.place-long': 'That place is too long: at most {max} characters.',
  'refused.credits-invalid': 'Credits are a whole number from 1 to {max, number}.',
  'refused.slots-invalid': 'The number of people is a whole number from 1 to {max, number}.',
  'refused.starts-in-past': 'That time has passed. Write one to come, like: sat 9am-11am',
  'refused.ends-before-start': 'The end comes before the start. Write it like: sat 9am-11am',
  'refused.cap-short':
    'That takes {needed, number} credits and {left, number} are left to promise this quarter. Write fewer people, BACK for fewer credits, or ask the city for more.',
  'refused.cap-issuer':
    'Not approved yet: {left, number} credits are left to issue this quarter. Ask the city for a higher cap, then approve it.',
  'refused.cap-city':
    'Not approved yet: the whole city has {left, number} credits left to issue this quarter. It goes on waiting.',
  'refused.broadcast-none': 'No texts about task {task} are being sent.',
  'refused.not-issuer':
    'You do not announce for any organization. Reply HELP to see what you can do.',

  // Offers and codes.
  'refused.not-redeemer':
    'You do not act for any business that honors codes. Reply HELP to see what you can do.',
  'refused.per-day-invalid':
    'How many a day is a whole number from 1 to {max, number}, or ANY for no limit.',
  'refused.offer-unknown': 'There is no offer {offer}. OFFERS shows what there is.',
  'refused.offer-full': 'Offer {offer} is used up for today. Try tomorrow, or see OFFERS.',
  'refused.link-unknown':
    'That code does not work: it is wrong, used or older than 10 minutes. Send LINK on your other channel for a new one.',
  'refused.link-locked': 'There were too many wrong codes today. Try again tomorrow.',
  'refused.link-both':
    'Both channels have credits or open tasks. On one of them use up the credits (OFFERS) and finish or DROP its tasks, then LINK again.',
  'refused.live-codes-max':
    'You have {max} codes already. Use one, or RELEASE it; CODES shows them.',
  'refused.balance-short':
    'That takes {credits, plural, one {# credit} other {# credits}} and you have {available, number}. TASKS shows where to earn more.',
  'refused.code-malformed':
    'That code is mistyped: please read it again. A code has 8 letters and digits.',
  'refused.code-unknown': 'No code like that is open here.',
  'refused.code-own': 'It is your own code: somebody else has to confirm it.',
  'refused.code-expired': 'That code has expired; they can get a new one.',
  'refused.code-released': 'That code was given back and is worth nothing now.',
  'refused.guesses-wait':
    'There were too many wrong codes. Wait {minutes, plural, one {1 minute} other {# minutes}} and try again.',
  'refused.guesses-locked':
    'There were too many wrong codes today, so none can be confirmed. The city was told.',
  'refused.release-unknown': 'You have no open code like that. CODES shows yours.',

  // Partners.
  'refused.not-admin': "That is for the city's admin. Reply HELP to see what you can do here.",
  'refused.name-missing': 'The name is missing, like INVITE redeemer Corner Bakery',
  'refused.name-long': 'That name is too long: at most {max} characters.',
  'refused.partner-suspended': '{name} is suspended, so nobody can be invited for it.',
  'refused.invite-unknown':
    'That invitation is not valid: it may be used, expired or mistyped. Please ask for a new one.',
  'refused.issuer-unknown':
    'There is no issuer called {name}. INVITE issuer and the name brings one in.',
  'refused.cap-invalid': 'A cap is a whole number of credits, 0 or more.',
  'refused.cap-above-city':
    'That is more than the whole city may issue this quarter: {city, number} credits.',
  'refused.cap-below-issued':
    'They have issued {issued, number} credits already this quarter; the cap cannot be lower.',

  // The ledger: what no honest message leads to.
  'refused.amount-invalid': 'That number of credits cannot be moved.',
  'refused.not-pending': 'Those credits are not held any more.',
  'refused.resolved-already': 'That has been settled already.',
  'refused.transfer-differs': 'That has been done already in another way.',
} as const;
