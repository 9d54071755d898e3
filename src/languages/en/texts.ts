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
  'refused.picture-unreachable': 'I could not get that picture. Send it again or take another one.',
  'refused.picture-too-many-pixels':
    'That picture has more than 50 megapixels, or more than 20,000 pixels on a side. ' +
    'Send a smaller one.',

  'role.organizer':
    'That is for organizers who announce and review tasks. Reply HELP to see what you can do.',
  'role.redeemer': 'That is for businesses that honor codes. Reply HELP to see what you can do.',
  'role.admin': "That is for the city's admin. Reply HELP to see what you can do.",
  'public.sent': 'I answered you in a private message.',
  'public.closed':
    'That is private, so I may only tell you alone: send me a private message, or allow messages from everyone in your chat settings, and ask again.',
  'failed.parked':
    'Sorry, something went wrong with your message. It was kept and our team will look at it. Nothing was changed.',
  'code.expired-notice':
    'The code for {title} ran out, so your {credits, plural, one {# credit is} other {# credits are}} yours again. Reply OFFERS to choose anew.',
  'announcement.text':
    '{title}\n{when}, {place}\n{credits} for each, {standing, select, new {{slots, plural, one {# place} other {# places}}. {issuer} invites you: reply {join}} open {{free} of {slots, plural, one {# place} other {# places}} free. {issuer} invites you: reply {join}} full {all {slots, plural, one {# place} other {# places}} taken. Stand by with {issuer}: reply {join}} closed {{slots, plural, one {# place} other {# places}}. {issuer} has closed this task. Thank you!} other {{slots, plural, one {# place} other {# places}}. This task of {issuer} is over. Thank you!}}',
  'announcement.join': 'Join',
  'announcement.details': 'Details',

  // What can be said next: labels of choices.
  'choice.tasks': 'Open tasks',
  'choice.task': 'Task {argument}',
  'choice.join': 'Join {argument}',
  'choice.drop': 'Leave {argument}',
  'choice.done': 'Evidence for {argument}',
  'choice.balance': 'My balance',
  'choice.history': 'My history',
  'choice.offers': 'Offers',
  'choice.redeem': 'Redeem {argument}',
  'choice.codes': 'My codes',
  'choice.release': 'Release {argument}',
  'choice.announce': 'Announce a task',
  'choice.review': 'Review',
  'choice.approve': 'Approve {argument}',
  'choice.reject': 'Reject {argument}',
  'choice.roster': 'Who is in task {argument}',
  'choice.offer': 'Add an offer',
  'choice.help': 'Help',
  'choice.ok': 'OK',
  'choice.no': 'No',

  // Sentences that end a reply: what this person may want to do now.
  'next.review':
    '{count, plural, one {1 piece of evidence waits: REVIEW.} other {# pieces of evidence wait: REVIEW.}}',
  'next.evidence': 'Finished task {task}? Send DONE {task} and a photo.',
  'next.codes': 'CODES shows your codes.',
  'next.offers': 'You have {credits}: OFFERS shows what for.',
  'next.confirm': 'CONFIRM and a code checks it.',
  'next.announce': 'ANNOUNCE posts a task.',
  'next.admin': 'INVITE brings in partners.',
  'next.tasks': "TASKS shows what's open.",

  // First contact, in the wording of the carriers (channels.md, SMS).
  'hello.ask':
    '{channel, select, sms {City/Sync {city}: help out, earn credits for local offers. Reply OK for task & credit texts. Msg freq varies. Msg&data rates may apply. HELP, STOP to quit.} other {City/Sync {city}: help out nearby, earn credits for local offers. Reply OK to get task & credit messages here; how many varies. HELP for help, STOP to quit.}}',
  'hello.joined':
    "{channel, select, sms {City/Sync {city}: you're in. Task alerts & credit updates, msg freq varies. Msg&data rates may apply. Reply HELP for help, STOP to quit.} other {City/Sync {city}: you're in. Credit updates come here; ALERTS adds new tasks. HELP for help, STOP to quit.}}",
  'hello.back': 'City/Sync {city}: good to hear from you.',
  'hello.declined': 'All right, no messages. Write HI whenever you want to take part.',
  'stop.stopped':
    'City/Sync {city}: you are unsubscribed and will get no more messages. Reply START to come back.',
  'way-out.full': 'Reply STOP to end.',
  'way-out.short': 'STOP ends.',
  'ok.nothing-open': 'Thanks! Nothing is waiting for an OK just now.',

  // Language and help.
  'lang.summary': '{word} ES: en español',
  'lang.name': '{language, select, en {English} other {Spanish, español}}',
  'lang.which': 'Here I speak {list}.',
  'lang.changed': "English it is. TASKS shows what's open, HELP what you can say.",
  'help.stranger':
    'City/Sync {city}: help out nearby, earn credits. Reply HI to begin, STOP to quit. By {operator}. Questions: {contact}',
  // Sent by an app, and nothing that can be taken.
  'unread.location':
    'I cannot use a location, so I kept nothing of it. {tasks} shows where each task is.',
  'unread.contact':
    'I do not take other people’s contacts, so I kept nothing of it. Whoever wants to take part writes to me. {tasks} shows what is open.',
  'unread.other':
    'I can read words and look at photos, nothing else, so I kept nothing of it. Send it as a message or a photo. {tasks} shows what is open.',
  // Telegram: buttons and posts.
  'telegram.button-of-other':
    'This button is for somebody else. Write to me, and you get your own.',
  'telegram.button-too-old': 'This button is too old. Write to me, and you get a new one.',
  'telegram.button-taken': 'Got it: one moment.',
  'telegram.open-chat': 'Open our chat',
  'telegram.post-unclear':
    'There is an announcement in the channel, and Telegram does not tell me which organizer wrote it. Send {announce} here, in this chat, and I announce it in the channel.',
  'help.unknown': 'Sorry, I did not understand that.',
  'help.head': 'City/Sync {city}. You can say:',
  'help.foot':
    '{channel, select, sms {STOP to quit. Msg&data rates may apply. By {operator}: {contact}} other {STOP to quit. By {operator}. Questions: {contact}}}',
  'help.organizer': 'As organizer of {name}:',
  'help.redeemer': 'At the counter of {name}:',
  'help.admin': "As the city's admin, {name}:",

  // Texts about new tasks, and what reaches many.
  'alerts.summary': '{word}: texts about new tasks',
  'alerts.on':
    '{channel, select, sms {City/Sync {city}: you get texts about new tasks, msg freq varies. Msg&data rates may apply. HELP for help. ALERTS OFF ends these, STOP all.} other {City/Sync {city}: you get messages about new tasks here; how many varies. ALERTS OFF ends these, STOP all.}}',
  'alerts.on-already': 'You get texts about new tasks. ALERTS OFF ends them.',
  'alerts.off': 'City/Sync {city}: no more texts about new tasks. ALERTS brings them back.',
  'alerts.off-already': 'You get no texts about new tasks. Reply ALERTS to get them.',
  'alerts.usage': 'Reply ALERTS for texts about new tasks, or ALERTS OFF to end them.',
  'halt.summary': '{word} 12: no more texts about it',
  'halt.usage': 'Reply HALT and the number of the task, like HALT 12',
  'halt.halted':
    'Halted: texts about task {task}. {sent, plural, =0 {None was} one {1 was} other {{sent, number} were}} sent of {total, number}; {dropped, number} will not be.',

  // One person, several channels.
  'link.summary': '{word}: one account on several channels',
  'link.code':
    'To use this account on another channel too, send LINK {code} there within {minutes} minutes. Give it to nobody, and send none that others give you.',
  'link.usage': 'Reply LINK for a code, then send LINK and the code on your other channel.',
  'link.linked': 'Linked: this and your other channel are one account now, with {credits} to use.',

  // Tasks.
  'tasks.summary': '{word}: open tasks',
  'tasks.line':
    '{task} {title}: {when}, {place}, {credits}, {free, plural, =0 {full} other {# free}}',
  'tasks.how': 'JOIN {task} to take part, TASK {task} for more.',
  'tasks.more': 'There are more: TASKS and a word, like TASKS park',
  'tasks.none': 'No task is open right now. Write TASKS again another day.',
  'tasks.none-with': 'No open task goes with {words}. TASKS shows all.',
  'task.facts':
    'Task {task}: {title}. {when}, {place}. By {issuer}. {credits} each, {free} of {slots} slots free.',
  'task.open': 'Reply JOIN {task} to take part.',
  'task.active': "You're in: afterwards send DONE {task} and a photo. Can't come? DROP {task}",
  'task.standby': 'It is full and you are on standby. DROP {task} to leave.',
  'task.submitted': 'Your evidence waits for its review.',
  'task.verified': 'Your work was approved. Thank you!',
  'task.rejected': 'Your evidence was reviewed and not approved.',
  'task.ended': 'It can no longer be joined.',
  'join.summary': '{word} 12: take part',
  'join.which': 'Which task? Reply with its number:',
  'join.joined':
    "You're in for {title}: {when}, {place}. Afterwards send DONE {task} and a photo. Can't come? DROP {task}",
  'join.standby':
    '{title} is full. You are number {position} on standby and hear from us when a slot is free: {when}, {place}. DROP {task} to leave.',
  'drop.summary': '{word} 12: leave',
  'drop.which': 'Which task do you want to leave? Reply with its number:',
  'drop.none': "You are in no task that you could leave. TASKS shows what's open.",
  'drop.dropped': 'You left task {task}, {title}. Thanks for saying so.',
  'drop.promoted':
    "A slot is free and you're in: {title}, {when}, {place}. Afterwards send DONE {task} and a photo. Can't come? DROP {task}",

  // Evidence.
  'done.summary': '{word} 12 and a photo: evidence',
  'done.which': 'Which task is that for? Reply with its number:',
  'done.which-kept': 'Got that too. Which task is it for? Reply with its number.',
  'done.none': "No task of yours is waiting for evidence. TASKS shows what's open.",
  'done.ask-public':
    "{isPost, select, yes {Evidence is public: the city's record will point at this post of yours, under your account, for anyone to see. Reply OK to agree, or NO.} other {Evidence is public: anyone can see your words and photos. Phone numbers are masked, hidden photo data removed. Reply OK to agree and send it, or NO.}}",
  'done.public-kept': 'Got that too. Reply OK to agree that it becomes public and send it, or NO.',
  'done.answer-first':
    'First reply OK or NO for task {task}: what you sent waits. Then send DONE {other} again.',
  'done.discarded': 'All right, nothing was sent.',
  'done.sent':
    'Thank you! {pictures, plural, =0 {Your words are} one {Your photo is} other {Your # photos are}} in for task {task}, {title}. {issuer} will review it, then you hear from us.',
  'done.partly': 'Not used: {refused}',
  'done.told':
    'New evidence waits for task {task}, {title}.{alike, select, yes { A photo of it was sent for other work, too.} other {}} Reply REVIEW to see it.',

  // Credits, offers and codes.
  'balance.summary': '{word}: your credits',
  'balance.available': 'You have {credits} to use.',
  'balance.held': 'Held for your CODES: {credits}.',
  'balance.spend': 'OFFERS shows what for.',
  'balance.earn': 'TASKS shows where to earn some.',
  'history.summary': '{word}: how they moved',
  'history.head': 'Your last moves, each with its public record:',
  'history.none': 'No credits of yours have moved yet. TASKS shows where to earn some.',
  'history.line':
    '{at, date, short} {code, select, issue {+{credits, number} earned} hold {{credits, number} held} burn {-{credits, number} redeemed} release {{credits, number} given back} expire {-{credits, number} expired} other {{credits, number} corrected}}{hasUri, select, yes {: {uri}} other {}}',
  'more.summary': '{word}: the rest of a long answer',
  'more.none': 'There is no more of the last answer.',
  'more.hint': 'Reply {word} for the rest.',
  'offers.summary': '{word}: what credits get you',
  'offers.line': '{offer} {title}: {credits}, {redeemer}',
  'offers.how': 'You have {credits}. Reply REDEEM and a number, like REDEEM {offer}',
  'offers.more': 'There are more: OFFERS and a word, like OFFERS coffee',
  'offers.none': 'There are no offers right now. Your credits stay yours.',
  'offers.none-with': 'No offer goes with {words}. OFFERS shows all.',
  'redeem.summary': '{word} 3: a code for an offer',
  'redeem.usage': 'Reply REDEEM and the number of an offer, like REDEEM 3. OFFERS lists them.',
  'redeem.code':
    'Your code: {code} - {title}, {credits}. Show it at {redeemer} within {duration}, until {until, time, short}. RELEASE {code} gives the credits back.',
  'codes.summary': '{word}: your codes',
  'codes.none': 'You have no code just now. OFFERS shows what you can get.',
  'codes.line': '{code}: {title} at {redeemer}, until {until, time, short}',
  'release.summary': '{word} and a code: credits back',
  'release.usage': 'Reply RELEASE and the code, like RELEASE 7GK2-M4QX. CODES shows yours.',
  'release.released': 'The code is off and you have {credits} for {title} back.',
  'me.summary': '{word}: what is public about you',
  'me.facts':
    'In public you are {participantId}, never your name or number: {tasks, plural, =0 {no tasks} one {1 task} other {# tasks}}, {credits}.',
  'me.records': 'Newest public records:',

  // Partners: invitations, caps.
  'accept.usage': 'Reply ACCEPT and the invitation as you got it, like ACCEPT 7GK2-M4QX-9TBW',
  'accept.admin':
    'You are now an admin of City/Sync {city}. INVITE issuer or INVITE redeemer and a name brings in a partner; CAP, a name and a number sets what an issuer may issue.',
  'accept.issuer':
    'You act for {name} now: ANNOUNCE posts a task, REVIEW shows evidence.{cap, plural, =0 { You can announce once the city has set how much you may issue.} other {}}',
  'accept.redeemer':
    'You act for {name} now: OFFER adds an offer, CONFIRM and a code checks it at the counter.',
  'accept.terms':
    '{channel, select, sms {City/Sync {city}: by accepting you agreed to task & credit texts, msg freq varies. Msg&data rates may apply. Reply HELP for help, STOP to quit.} other {City/Sync {city}: by accepting you agreed to task & credit messages here. HELP for help, STOP to quit.}}',
  'accept.told':
    '{participantId} accepted and acts for {name} now.{kind, select, issuer { CAP {name} 500 lets them issue up to 500 credits.} other {}}',
  'invite.summary': '{word} issuer or redeemer and a name',
  'invite.usage':
    'Reply INVITE issuer or INVITE redeemer and the name, like INVITE redeemer Corner Bakery',
  'invite.invited':
    'Hand this on to {name}: "Send {words} to City/Sync {city}. Sending it means agreeing to messages; STOP ends them." It works once, for {days, plural, one {1 day} other {# days}}.',
  'cap.summary': '{word} name 500: what an issuer may issue',
  'cap.usage': 'Reply CAP, the name of the issuer and a number, like CAP Creek Friends 500',
  'cap.set': '{name} may issue {credits} in {epoch}; issued so far: {issued}.',

  // Organizers: announcing, reviewing, closing.
  'announce.summary': '{word}: post a task',
  'announce.title':
    'What is the task? A short title. (Here and later: NO discards, BACK goes back.)',
  'announce.credits': 'How many credits does each person get? A whole number.',
  'announce.when': 'When is it? Write it like: sat 9am-11am',
  'announce.where': 'Where do people meet?',
  'announce.slots': 'How many people can join? A whole number.',
  'announce.usage':
    'Write ANNOUNCE title; credits; when; where; slots - like ANNOUNCE Creek clean-up; 30; sat 9am-11am; 8th St bridge; 10',
  'announce.read-back':
    '{title}. {when}, {place}. {slots, plural, one {# person} other {# people}}, {credits} each, {total} at most. Reply OK to announce it, NO to discard it, BACK to change it.',
  'announce.confirm-again': 'Reply OK to announce it, NO to discard it, BACK to change it.',
  'announce.discarded': 'All right, nothing was announced.',
  'announce.announced':
    'Announced: task {task}, {title}. ROSTER {task} shows who is in, CLOSE {task} ends it.',
  'review.summary': '{word}: evidence that waits',
  'review.none': 'Nothing waits for your review.',
  'review.next':
    'Evidence {evidence}, task {task}, {title}. {participantId}, {at}: {hasText, select, yes {"{text}", } other {}}{pictures, plural, =0 {no photo} one {1 photo} other {# photos}}. Reply APPROVE {evidence}, or REJECT {evidence} and why.{others, plural, =0 {} one { 1 more waits.} other { # more wait.}}',
  'review.alike':
    '{likeness, select, same {The same photo} other {Nearly the same photo}}: evidence {evidence}, task {task}, {at, date, short}, {person, select, same {same person} other {{participantId}}}.',
  'approve.summary': '{word} 31: credits are issued',
  'approve.usage':
    'Reply APPROVE and the number of the evidence, like APPROVE 31. REVIEW shows what waits.',
  'approve.approved':
    'Approved: evidence {evidence}, {title}. {credits} issued.{waiting, plural, =0 {} one { 1 more waits: REVIEW.} other { # more wait: REVIEW.}}',
  'approve.told':
    'Thank you! Your work on {title} was approved and earned you {credits}.{hasNote, select, yes { "{note}"} other {}} OFFERS shows what for.',
  'approve.public':
    'The work on {title} was approved. Thank you! The rest is in a private message.',
  'reject.summary': '{word} 31 and why: not approved',
  'reject.usage':
    'Reply REJECT, the number of the evidence and why, like REJECT 31 the photo shows another place',
  'reject.rejected':
    'Not approved: evidence {evidence}, {title}. The reason was passed on.{waiting, plural, =0 {} one { 1 more waits: REVIEW.} other { # more wait: REVIEW.}}',
  'reject.kept': 'All right, it goes on waiting for review.',
  'reject.told':
    'Thank you for your time on {title}. The review could not approve it: "{reason}" So there are no credits this time. Questions: {contact}',
  'reject.told-credited':
    'Thank you for your time on {title}. The review could not approve it: "{reason}" You get {credits} all the same. Questions: {contact}',
  'roster.summary': '{word} 12: who is in',
  'roster.usage': 'Reply ROSTER and the number of your task, like ROSTER 12',
  'roster.head': 'Task {task}, {title}: {taken} of {slots} slots taken.',
  'roster.line':
    '{participantId} {state, select, active {is in} standby {on standby} submitted {sent evidence} verified {approved} other {not approved}}',
  'roster.more': 'and {count} more',
  'close.summary': '{word} 12: end a task',
  'close.usage': 'Reply CLOSE and the number of your task, like CLOSE 12',
  'close.closed':
    'Task {task}, {title}, is closed.{released, plural, =0 {} one { 1 person was let go and will be told.} other { # people were let go and will be told.}}{waiting, plural, =0 {} one { 1 piece of evidence waits: REVIEW.} other { # pieces of evidence wait: REVIEW.}}',
  'close.told':
    "Task {task}, {title}, was closed by its organizer, so you need not come. Thank you! TASKS shows what's open.",

  // Redeemers: offers and the counter. The first words of an answer say what to do.
  'offer.summary': '{word}: add an offer',
  'offer.title': 'What do you offer? A short title, like: A coffee. (NO discards, BACK goes back.)',
  'offer.credits': 'For how many credits? A whole number.',
  'offer.per-day': 'How many a day at most? A whole number, or ANY for no limit.',
  'offer.usage': 'Write OFFER title; credits; per day - like OFFER A coffee; 10; 20',
  'offer.discarded': 'All right, no offer was added.',
  'offer.added':
    'Offer {offer} is open: {title} for {credits}, {limit, select, yes {{perDay, number} a day at most} other {without a daily limit}}. When you see a code, send CONFIRM and the code.',
  'confirm.summary': '{word} and a code: honor it or not',
  'confirm.usage': 'Reply CONFIRM and the code on their phone, like CONFIRM 7GK2-M4QX',
  'confirm.honored': 'HONOR IT: {title}, {credits}. {at}.',
  'confirm.repeated': 'DO NOT honor it again. Receipt: {title}, {credits}, first honored {at}.',
  'confirm.no': 'DO NOT honor it. {reason}',
  'confirm.told': 'Enjoy! {title} was handed over for {credits}. Thank you for what you do.',
  'confirm.locked':
    'An operator of {redeemer} typed too many wrong codes and cannot confirm any for a day. Please look into it.',

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
