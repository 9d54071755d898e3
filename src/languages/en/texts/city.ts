/** What everybody hears: first contact, help, language, labels of choices, ends of replies. */
export const city = {
  'credit.amount':
    '{count, plural, one {{count, number} {currencyWord} credit} other {{count, number} {currencyWord} credits}}',

  'time.minutes': '{count, plural, one {# minute} other {# minutes}}',
  'time.hours': '{count, plural, one {# hour} other {# hours}}',
  'time.days': '{count, plural, one {# day} other {# days}}',

  'role.organizer':
    'That is for organizers who announce and review tasks. Reply HELP to see what you can do.',
  'role.redeemer': 'That is for businesses that honor codes. Reply HELP to see what you can do.',
  'role.admin': "That is for the city's admin. Reply HELP to see what you can do.",
  'public.sent': 'I answered you in a private message.',
  'public.closed':
    'That is private, so I may only tell you alone: send me a private message, or allow messages from everyone in your chat settings, and ask again.',
  'failed.parked':
    'Sorry, something went wrong with your message. It was kept and our team will look at it. Nothing was changed.',
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
  'more.summary': '{word}: the rest of a long answer',
  'more.none': 'There is no more of the last answer.',
  'more.hint': 'Reply {word} for the rest.',

  // A task for samples, as carriers ask for them.
  'sample.title': 'Creek clean-up',
  'sample.place': 'The bridge',
} as const;
