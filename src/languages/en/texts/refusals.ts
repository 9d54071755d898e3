/** Why something was refused: `refused.<code>` is the text of the refusal with that code. */
export const refusals = {
  'refused.unknown': "Sorry, that can't be done right now. Reply HELP to see what can.",

  'refused.when-unclear':
    "I couldn't read the date and time. Write it like: sat 9am-11am, or Nov 28 9:00-12:00",
  'refused.when-word':
    'I couldn\'t read "{word}" in the date and time. Write it like: sat 9am-11am, or Nov 28 9:00-12:00',
  'refused.when-no-time':
    'What time on {day, date, medium}? Write it like: {day, date, short} 9am-11am',
  'refused.when-two-days':
    'Is that {day, date, medium} or {other, date, medium}? Write the date, like: {other, date, short} 9am-11am',
  'refused.when-midnight':
    'Midnight as {day, date, medium} starts or ends? Write {day, date, short} 12am, or {next, date, short} 12am',
  'refused.when-twelve':
    'Is that 12 noon or 12 at night? Write it like: sat 12pm for noon, or sat 12am',
  'refused.when-skipped':
    'The clocks go forward on {day, date, medium}, so that time is left out. Write another time, like: {day, date, short} 9am-11am',
  'refused.when-twice':
    'The clocks go back on {day, date, medium}, so that time comes twice. Write another time, like: {day, date, short} 9am-11am',
  'refused.when-past':
    '{start, date, medium}, {start, time, short} has already passed. Write a future time, like: sat 9am-11am',
  'refused.when-backwards': 'The end is before the start. Write it like: sat 9am-11am',
  'refused.when-too-far':
    '{start, date, long} is too far ahead. Write a date within two years, like: Nov 28 9am-11am',
  'refused.when-weekday':
    "The day and date don't match: that date is {day, date, long}. Write the right date, like: {day, date, short} 9am-11am",

  'refused.picture-not-a-picture': "That file isn't a picture. Send a photo as JPEG, PNG or WebP.",
  'refused.picture-heic':
    "I can't open HEIC photos. On an iPhone: Settings, Camera, Formats, Most Compatible. Then send a new photo.",
  'refused.picture-video': "I can't take videos as evidence. Send a photo.",
  'refused.picture-document': "I can't take documents as evidence. Send a photo.",
  'refused.picture-drawing': "I can't take drawings as evidence. Send a photo.",
  'refused.picture-kind': "I can't open that kind of picture. Send the photo as JPEG, PNG or WebP.",
  'refused.picture-animated': "Moving pictures can't be evidence. Send a photo.",
  'refused.picture-broken':
    "That picture is damaged and won't open. Send it again or take another one.",
  'refused.picture-too-large': 'That picture is larger than 10 MB. Send a smaller one.',
  'refused.picture-unreachable': "I couldn't get that picture. Send it again or take another one.",
  'refused.picture-too-many-pixels':
    'That picture has more than 50 megapixels, or more than 20,000 pixels on a side. ' +
    'Send a smaller one.',
  'refused.picture-too-heavy':
    'That picture takes too much to open. Send it as an ordinary photo, or send a screenshot of it.',
  'refused.picture-too-many':
    'You sent a lot of photos in a short time. Send this one again in an hour.',
  'refused.picture-no-room': "I can't take photos right now. Send this one again in an hour.",
  'refused.picture-before-consent':
    'That photo came before you agreed, so I did not open it. Send it again.',

  'refused.records-wait':
    "You've done a lot this hour, so that wasn't done. Try again after {until, time, short}.",

  // Why something was refused: tasks and evidence.
  'refused.task-unknown': "There's no task {task}. Reply TASKS to see what's open.",
  'refused.task-closed': "Task {task} is closed. Reply TASKS to see what's open.",
  'refused.task-called-off': 'Task {task} was called off. Reply TASKS to see others.',
  'refused.guests-many': 'You can bring {max} people at most. Reply JOIN {task} +{max}',
  'refused.spots-short':
    'Spots left: {free}. Reply JOIN {task} for yourself, or with fewer guests, like JOIN {task} +1',
  'refused.task-clash':
    'You have task {other} around the same time. Reply DROP {other} to leave it, then JOIN {task} again.',
  'refused.spot-taken':
    "Somebody else got the spot in task {task}. You're still on the waitlist, and we'll tell you if another is free.",
  'refused.evidence-early':
    "It's too early for evidence of task {task}. Send it from {from, date, medium}, {from, time, short} on.",
  'refused.evidence-late':
    'Evidence for task {task} was taken until {until, date, medium}, {until, time, short}. Questions? Reply ASK {task} and a few words.',
  'refused.check-in-none': "You have no task to check in for now. Reply TASKS to see what's open.",
  'refused.check-in-early':
    "It's too early. You can check in for task {task} from {from, date, medium}, {from, time, short} on. Reply TASK {task} to see it.",
  'refused.check-in-wait':
    'There were too many wrong codes. Try again after {until, time, short}, or ask the organizer to mark you.',
  'refused.check-in-wrong':
    "That isn't the code here. Read the four digits on site again, then reply HERE and the code.",
  'refused.attendance-early':
    "It's too early. You can mark who is there from {from, date, medium}, {from, time, short} on. Reply ROSTER {task} to see who comes.",
  'refused.attendance-late':
    'Who was there could be changed until {until, date, medium}, {until, time, short}. Reply ROSTER {task} to see it.',
  'refused.question-unknown':
    "There's no question {question} for you to answer. Reply HELP to see what you can do.",
  'refused.tells-many':
    'You wrote {max} times about task {task}, and no more is possible. Reply CHANGE {task} if something is different.',
  'refused.tell-nobody': "Nobody has joined task {task} yet. Reply ROSTER {task} to see who's in.",
  'refused.why-missing': 'Why is task {task} called off? Write the reason, or NO to keep it.',
  'refused.why-long': 'That reason is too long. It can have {max} characters. Write a shorter one.',
  'refused.note-long':
    'That note is too long. It can have {max} characters. Send CHANGE {task} note and a shorter one.',
  'refused.change-nothing': "That's how task {task} is already. Reply TASK {task} to see it.",
  'refused.changes-many':
    'Task {task} was changed {max} times. Reply CALLOFF {task} and why, then ANNOUNCE it anew.',
  'refused.slots-taken':
    '{taken, plural, one {1 spot is} other {# spots are}} taken already. Reply CHANGE {task} spots {taken}, or more.',
  'refused.when-no-last': 'Every week until when? Write it like: every sat 9am-11am until dec 20',
  'refused.when-last-early':
    'That last day is before the first. Write it like: every sat 9am-11am until dec 20',
  'refused.series-none': 'Task {task} takes place once. Reply JOIN {task} or DROP {task}',
  'refused.walk-in-full':
    'All {slots} spots of task {task} are taken. Reply CHANGE {task} spots and a larger number.',
  'refused.slip-decided':
    "That work was checked already, so it stays as it is. Reply TASKS to see what's open.",
  'refused.check-in-far':
    "That's more than {max} meters from task {task}. On site reply HERE and the four digits you see there.",
  'refused.check-in-placeless':
    "We don't know where that place is. On site reply HERE and the four digits you see there.",
  'refused.task-over': "Task {task} is over. Reply TASKS to see what's open.",
  'refused.issuer-not-approved':
    "You can't join task {task} now: its organizer isn't active. Reply TASKS to see others.",
  'refused.joined-already':
    'You already joined task {task}. Reply TASK {task} to see how it stands.',
  'refused.standby-already':
    "You're already on the waitlist for task {task}. We'll tell you when a spot is free. Reply DROP {task} to leave.",
  'refused.not-joined': "You're not in task {task}. Reply JOIN {task} to take part.",
  'refused.evidence-sent':
    "We already have your evidence for task {task}, so you can't leave it. Reply TASK {task} to see how it stands.",
  'refused.standby-evidence':
    "You're on the waitlist for task {task}. You can send evidence once you have a spot. Reply TASK {task} to see how it stands.",
  'refused.reviewed-already':
    'That evidence was already reviewed. Reply REVIEW to see what is left.',
  'refused.questions-many':
    "You asked many questions today, so we didn't pass this one on. Ask again tomorrow.",
  'refused.evidence-empty': 'Please send a photo of the work now, or DONE {task} and a few words.',
  'refused.consent-missing':
    "You haven't agreed yet that it becomes public. Reply DONE {task} and we'll ask you.",
  'refused.evidence-unknown':
    "There's no evidence {evidence} for you to review. Reply REVIEW to see what there is.",
  'refused.evidence-held':
    'Someone is deciding about evidence {evidence} right now. Reply REVIEW in a minute.',
  'refused.own-evidence':
    "You can't review your own evidence. Somebody else will look at it. Reply REVIEW to see others.",
  'refused.reason-missing':
    'Why was evidence {evidence} not approved? Reply with the reason, or NO to leave it.',

  // Announcing and issuing.
  'refused.title-missing': "The title is missing. Write what it's about in a few words.",
  'refused.title-long':
    'That title is too long. It can have {max} characters. Write a shorter one.',
  'refused.names-contact':
    'This will be public. Write it again without phone numbers, emails, usernames or codes.',
  'refused.place-missing': 'The place is missing. Write where people meet.',
  'refused.place-link':
    "I can't open links. Write the name of the place or its coordinates, or send a longer link that has them.",
  'refused.place-long':
    'That place is too long. It can have {max} characters. Write a shorter one.',
  'refused.credits-invalid': 'Write the credits as a whole number from 1 to {max, number}.',
  'refused.slots-invalid': 'Write the number of people as a whole number from 1 to {max, number}.',
  'refused.starts-in-past': 'That time has passed. Write a future time, like: sat 9am-11am',
  'refused.ends-before-start': 'The end is before the start. Write it like: sat 9am-11am',
  'refused.cap-short':
    '{left, plural, =0 {No credits are left to promise this quarter. Ask the city for more.} other {Credits it takes: {needed, number}. Credits left to promise this quarter: {left, number}. Write fewer people, BACK for fewer credits, or ask the city for more.}}',
  'refused.cap-issuer':
    'Not approved yet. Credits left to issue this quarter: {left, number}. Ask the city for a higher cap, then reply REVIEW.',
  'refused.cap-city':
    'Not approved yet. Credits the whole city has left this quarter: {left, number}. Reply REVIEW to see it later.',
  'refused.announcements-wait':
    'Your organization has announced many tasks. Reply ANNOUNCE again after {until, date, medium}, {until, time, short}.',
  'refused.broadcast-none':
    "No texts about task {task} are being sent. Reply TASKS to see what's open.",
  'refused.not-issuer':
    "You don't announce for any organization. Reply HELP to see what you can do.",

  // Offers and codes.
  'refused.not-redeemer':
    "You don't act for any business that takes codes. Reply HELP to see what you can do.",
  'refused.per-day-invalid':
    'Write how many a day as a whole number from 1 to {max, number}, or NO LIMIT.',
  'refused.offer-unknown': "There's no offer {offer}. Reply OFFERS to see what there is.",
  'refused.offer-paused': 'Offer {offer} is paused for now. Reply OFFERS to see others.',
  'refused.offer-not-yours': 'You have no offer {offer}. Reply PAUSE to see yours.',
  'refused.offer-changed-often':
    'Offer {offer} was changed too often. Reply OFFER {offer} CLOSE, then OFFER to add it anew.',
  'refused.price-step':
    'Offer {offer} costs {credits, number} now. One step goes from {min, number} to {max, number}. Reply PRICE {offer} and a number in between.',
  'refused.offer-full':
    'Offer {offer} is used up for today. Try again tomorrow, or reply OFFERS to see others.',
  'refused.link-unknown':
    "That code doesn't work: it's wrong, used or older than 10 minutes. Send LINK on your other channel for a new one.",
  'refused.link-locked': 'There were too many wrong codes today. Try again tomorrow.',
  'refused.link-both':
    'Both channels have credits or open tasks. On one of them use up the credits (OFFERS) and finish or DROP its tasks, then LINK again.',
  'refused.live-codes-max':
    'You already have {max} codes. Use one, or RELEASE it. Reply CODES to see them.',
  'refused.balance-short':
    'That takes {credits, plural, one {# credit} other {# credits}} and you have {available, number}. Reply TASKS to see where to earn more.',
  'refused.code-malformed':
    'That code is mistyped. Please read it and send it again. A code has 8 letters and digits.',
  'refused.code-unknown':
    'No open code here matches that. Read it again, then reply CONFIRM and the code.',
  'refused.code-own': "It's your own code, so somebody else has to confirm it.",
  'refused.code-expired': 'That code has expired. They can reply REDEEM for a new one.',
  'refused.code-undone':
    'That code was undone, and the credits went back. They can reply REDEEM for a new one.',
  'refused.undo-none':
    "You didn't confirm anything that can be undone. Reply CONFIRM and a code to check one.",
  'refused.undo-late':
    "Your last code was confirmed more than 10 minutes ago, so it can't be undone. Reply HELP to see whom to ask.",
  'refused.undo-corrected':
    "The city corrected those credits already, so it can't be undone. Reply HELP to see whom to ask.",
  'refused.code-released':
    'That code was given back and is worth nothing now. They can reply REDEEM for another.',
  'refused.guesses-wait':
    'There were too many wrong codes. Wait {minutes, plural, one {1 minute} other {# minutes}} and try again.',
  'refused.guesses-locked':
    "There were too many wrong codes today, so you can't confirm any more. We told the city. Reply HELP to see whom to ask.",
  'refused.release-unknown': 'You have no open code like that. Reply CODES to see yours.',

  // Partners.
  'refused.not-admin': "That's for the city's admin. Reply HELP to see what you can do here.",
  'refused.name-missing': 'The name is missing. Write it like: INVITE business Corner Bakery',
  'refused.name-long':
    'That name is too long. It can have {max} characters. Send it again with a shorter one.',
  'refused.partner-suspended':
    "{name} is suspended, so this can't be done for it now. The city's admins know more. Reply HELP to see whom to ask.",
  'refused.invite-unknown':
    "That invitation isn't valid: it may be used, expired or mistyped. Please ask for a new one.",
  'refused.issuer-unknown':
    "There's no organizer called {name}. Reply INVITE organizer and the name to bring one in.",
  'refused.cap-invalid':
    'Write the cap as a whole number of credits, 0 or more, like CAP Creek Friends 500',
  'refused.cap-above-city':
    'That is more than the whole city may issue this quarter: {city, number} credits. Reply CAP with a smaller number.',
  'refused.cap-below-issued':
    "They already issued {issued, number} credits this quarter. The cap can't be lower. Reply CAP with a larger number.",

  // The ledger: what no honest message leads to.
  'refused.amount-invalid': "That number of credits can't be moved.",
  'refused.not-pending': "Those credits aren't held any more.",
  'refused.resolved-already': 'That was settled already.',
  'refused.transfer-differs': 'That was done already in another way.',
} as const;
