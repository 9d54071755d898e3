/** What everybody hears: first contact, help, language, labels of choices, ends of replies. */
export const city = {
  'credit.amount':
    '{count, plural, one {{count, number} {currencyWord} credit} other {{count, number} {currencyWord} credits}}',

  'time.minutes': '{count, plural, one {# minute} other {# minutes}}',
  'time.hours': '{count, plural, one {# hour} other {# hours}}',
  'time.days': '{count, plural, one {# day} other {# days}}',

  'role.organizer':
    "That's for organizers who announce and review tasks. Reply HELP to see what you can do.",
  'role.redeemer': "That's for businesses that take codes. Reply HELP to see what you can do.",
  'role.admin': "That's for the city's admin. Reply HELP to see what you can do.",
  'public.sent': 'I answered you in a private message.',
  'public.closed':
    "That's private, so I can only tell you alone. Send me a private message, or allow messages from everyone in your chat settings, then ask again.",
  'failed.parked':
    'Sorry, something went wrong with your message. We kept it and our team will look at it. Nothing was changed. Reply HELP to see whom to ask.',
  'limit.messages':
    "That's a lot of messages. I didn't read the last ones. Wait {duration}, then write again. STOP and HELP always work.",
  'limit.strangers':
    "That's many messages for now. Reply OK to take part, or write again in {duration}. STOP and HELP always work.",
  'limit.texts-out':
    "The city's texts for today are used up. I did what you asked, but can't answer until tomorrow. Codes still work.",
  'limit.segments-low':
    'Texts used today: {used, number} of {limit, number}. Until tomorrow I only text codes, answers to STOP and HELP, and news of joined tasks.',
  'when.day': '{day, date, medium}',
  'when.any-time': 'any time until {end}',
  'announcement.text':
    '{title}\n{when}, {place}\n{credits} for each. {standing, select, new {Spots: {slots}. {issuer} invites you: reply {join}} open {Spots free: {free} of {slots}. {issuer} invites you: reply {join}} full {All spots are taken: {slots} of {slots}. Reply {join} for the waitlist of {issuer}} closed {{issuer} closed this task. Thank you!} off {{issuer} called it off: {reason}} other {This task of {issuer} is over. Thank you!}}',
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
  'choice.release': 'Give back {argument}',
  'choice.announce': 'Announce a task',
  'choice.review': 'Review',
  'choice.approve': 'Approve {argument}',
  'choice.reject': 'Reject {argument}',
  'choice.roster': "Who's in task {argument}",
  'choice.offer': 'Add an offer',
  'choice.help': 'Help',
  'choice.confirm': 'Check a code',
  'choice.invite': 'Invite a partner',
  'choice.ok': 'OK {argument}',
  'choice.no': 'No',

  // Sentences that end a reply: what this person may want to do now.
  'next.review': 'To review: {count, number}. Reply REVIEW to see it.',
  'next.evidence': 'Finished task {task}? Reply DONE {task} with a photo.',
  'next.codes': 'Reply CODES to see your codes.',
  'next.offers': 'You have {credits}. Reply OFFERS to see what you can get.',
  'next.confirm': 'Reply CONFIRM and a code to check it.',
  'next.announce': 'Reply ANNOUNCE to post a task.',
  'next.admin': 'Reply INVITE to bring in a partner.',
  'next.tasks': "Reply TASKS to see what's open.",

  // First contact, in the wording of the carriers (channels.md, SMS).
  'hello.ask':
    '{channel, select, sms {City/Sync {city}: help out, earn credits for local offers. Reply OK for task & credit texts. Msg freq varies. Msg&data rates may apply. HELP, STOP to quit.} other {City/Sync {city}: help out nearby, earn credits for local offers. Reply OK to get task & credit messages here; how many varies. HELP for help, STOP to quit.}}',
  'hello.joined':
    "{channel, select, sms {City/Sync {city}: you're in. Task alerts & credit updates, msg freq varies. Msg&data rates may apply. Reply HELP for help, STOP to quit.} other {City/Sync {city}: you're in. Credit updates come here; ALERTS adds new tasks. HELP for help, STOP to quit.}}",
  'hello.back': 'City/Sync {city}: good to hear from you.',
  'hello.declined': 'All right, no messages. Reply HI any time to take part.',
  'stop.stopped':
    'City/Sync {city}: you are unsubscribed and will get no more messages. Reply START to come back.',
  'way-out.full': 'Reply STOP to opt out.',
  'way-out.short': 'STOP: opt out.',
  'ok.nothing-open': "Thanks! There's nothing to say OK to right now.",

  // Language and help.
  'lang.summary': '{word} ES: en español',
  'lang.name': '{language, select, en {English} es {Spanish, español} other {{name}}}',
  'lang.which': 'Here I speak {list}.',
  'lang.changed': "Now in English. Reply TASKS to see what's open, HELP to see what you can say.",
  'help.stranger':
    'City/Sync {city}: help out nearby, earn credits. Reply HI to begin, STOP to quit. By {operator}. Questions: {contact}',

  // Sent by an app, and nothing that can be taken.
  'unread.location':
    "I can't use a location, so I didn't keep it. Reply {tasks} to see where each task is.",
  'unread.contact':
    "I don't take other people's contacts, so I didn't keep it. Anyone who wants to take part can write to me. Reply {tasks} to see what's open.",
  'unread.other':
    "I can only read words and look at photos, so I didn't keep that. Send it as a message or a photo. Reply {tasks} to see what's open.",
  'unread.change':
    "I can't act on a message that was changed, so nothing happened. Send it again as a new message.",

  // Telegram: buttons and posts.
  'telegram.button-of-other': 'This button is for somebody else. Write to me to get your own.',
  'telegram.button-too-old': 'This button is too old. Write to me to get a new one.',
  'telegram.button-taken': 'Got it. One moment.',
  'telegram.open-chat': 'Open our chat',
  'telegram.post-unclear':
    "There's an announcement in the channel, but Telegram doesn't tell me which organizer wrote it. Send {announce} here, in this chat, and I'll announce it in the channel.",
  'help.unknown': "Sorry, I didn't understand that.",
  // Not understood once more: never in the same words.
  'help.choose':
    "I still don't understand. What do you want? Reply with a number:\n{lines}\nOr write to a person: {contact}",
  'help.still':
    "Sorry, I don't know those words either. Reply HELP to see what you can say, or ask a person: {contact}",
  'help.nor-that': "I don't understand that one either. {next}",
  'next.balance': 'Reply BALANCE to see your credits.',
  'ask.which': 'Which one do you mean? Reply with its number.',
  'ask.yes-no': 'Reply OK or NO.',
  'ask.photo': "Send a photo of the work, or reply NO if you don't want to.",
  'again.which':
    'Write only the number that stands before it, like {example}. Or reply NO to leave it.',
  'again.yes-no': 'One word is enough: OK for yes, or NO to leave it.',
  'again.photo': 'Take a photo of what you did and send it here. Or reply NO to leave it.',
  'again.number':
    'Write only a number, like 20. BACK takes you to the question before, NO leaves it.',
  'again.per-day':
    'Write only a number, like 20, or ANY for no limit. BACK takes you to the question before, NO leaves it.',
  'again.title': 'Write a few words, like: Creek clean-up. Or reply NO to leave it.',
  'again.offer': 'Write a few words, like: A coffee. Or reply NO to leave it.',
  'again.place':
    'Write the place in a few words, like: 8th St bridge. BACK takes you to the question before, NO leaves it.',
  'again.when':
    'Write a day and the hours, like: sat 9am-11am. BACK takes you to the question before, NO leaves it.',
  'again.read-back': 'One word is enough: OK if it is right, BACK to change it, NO to leave it.',
  'again.consent':
    'I can help you once you agree. Reply OK to take part, HELP for help, STOP to quit.',
  'again.leave': 'Or reply NO to leave it.',
  'again.stuck':
    "I still can't use that answer. Reply HELP to see what you can say, or ask a person: {contact}",
  'which.none': "All right, nothing changed. Reply TASKS to see what's open.",
  'help.head': 'City/Sync {city}. You can say:',
  'help.more': 'Reply HELP {page} for more.',
  'help.foot':
    '{channel, select, sms {STOP to quit. Msg&data rates may apply. By {operator}: {contact}} other {STOP to quit. By {operator}. Questions: {contact}}}',
  'help.organizer': 'As an organizer of {name}:',
  'help.redeemer': 'At the counter of {name}:',
  'help.admin': "As the city's admin, {name}:",
  'more.summary': '{word}: the rest of a long answer',
  'more.none': "There's no more of the last answer.",
  'more.hint': 'Reply {word} for the rest.',

  // A task for samples, as carriers ask for them.
  'sample.title': 'Creek clean-up',
  'sample.place': 'The bridge',
} as const;
