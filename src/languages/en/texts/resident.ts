/** What residents hear: tasks, evidence, credits, offers and codes. */
export const resident = {
  'code.expired-notice':
    'The code for {title} ran out, so your {credits, plural, one {# credit is} other {# credits are}} yours again. Reply OFFERS to choose anew.',

  // Texts about new tasks, and what reaches many.
  'alerts.summary': '{word}: texts about new tasks',
  'alerts.on':
    '{channel, select, sms {City/Sync {city}: you get texts about new tasks, msg freq varies. Msg&data rates may apply. HELP for help. ALERTS OFF ends these, STOP all.} other {City/Sync {city}: you get messages about new tasks here; how many varies. ALERTS OFF ends these, STOP all.}}',
  'alerts.on-already': 'You get texts about new tasks. ALERTS OFF ends them.',
  'alerts.off': 'City/Sync {city}: no more texts about new tasks. ALERTS brings them back.',
  'alerts.off-already': 'You get no texts about new tasks. Reply ALERTS to get them.',
  'alerts.usage': 'Reply ALERTS for texts about new tasks, or ALERTS OFF to end them.',

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
} as const;
