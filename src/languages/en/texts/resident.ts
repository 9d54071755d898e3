/** What residents hear: tasks, evidence, credits, offers and codes. */
export const resident = {
  'code.expired-notice':
    'The code for {title} expired, so your {credits, plural, one {# credit is} other {# credits are}} yours again. Reply OFFERS to choose again.',

  'code.which': 'I see more than one code. Which one do you mean? Reply {one} or {other}',

  'code.taken-back':
    "We couldn't get your code for {title} to you, so you have {credits} back. Reply OFFERS to choose again.",

  // Texts about new tasks, and what reaches many.
  'alerts.summary': '{word}: texts about new tasks, or some, like {word} weekends',
  'alerts.on':
    '{channel, select, sms {City/Sync {city}: you get texts about new tasks, msg freq varies. Msg&data rates may apply. HELP for help. ALERTS OFF stops these, STOP stops all texts.} other {City/Sync {city}: you get messages about new tasks here; how many varies. ALERTS OFF stops these, STOP stops all messages.}}',
  'alerts.on-already': 'You get texts about new tasks. Reply ALERTS OFF to stop them.',
  'alerts.off': 'City/Sync {city}: no more texts about new tasks. Reply ALERTS to get them again.',
  'alerts.off-already': "You don't get texts about new tasks. Reply ALERTS to get them.",
  'alerts.filter': 'Alerts for: {filter}. Reply ALERTS for all new tasks, ALERTS OFF for none.',
  'alerts.all': 'You get texts about all new tasks again. Reply ALERTS OFF to stop them.',
  'alerts.here':
    'What happens to your tasks and credits is told here from now on. To be told on another channel, say ALERTS HERE there.',
  'alerts.usage':
    'Reply ALERTS for texts about new tasks, ALERTS OFF to stop them, or say which, like ALERTS park weekends',

  // One person, several channels.
  'link.summary': '{word}: one account on several channels',
  'link.code':
    "To use this account on another channel too, send LINK {code} there within {minutes} minutes. Don't share it, and don't send a code that somebody else gave you.",
  'link.usage': 'Reply LINK for a code, then send LINK and the code on your other channel.',
  'link.linked':
    "Linked: this and your other channel are one account now, with {credits} to use. Reply TASKS to see what's open.",

  // Tasks.
  'tasks.summary': '{word}: open tasks, or some, like {word} saturday',
  'tasks.line':
    '{task} {title}: {when}, {place}, {credits}, {free, plural, =0 {full} other {# free}}',
  'tasks.how': 'Reply JOIN {task} to take part, TASK {task} for more.',
  'tasks.more': 'There are more. Reply TASKS with a word or a day, like TASKS park',
  'tasks.none': 'No tasks are open right now. Reply TASKS again another day.',
  'tasks.none-with': 'No open tasks match {words}. Reply TASKS to see all.',
  'task.facts':
    'Task {task}, {title}: {when}, {place}. By {issuer}. {credits} each. Spots free: {free} of {slots}.',
  'task.open': 'Reply JOIN {task} to take part.',
  'task.joined':
    "You're in. {anyTime, select, yes {} other {On site reply HERE and the code you see there. }}Afterwards send DONE {task} and a photo. Can't come? Reply DROP {task}",
  'task.offered': 'A spot is kept for you. Reply OK {task} to take it, or DROP {task} to leave.',
  'task.checked-in': "You're checked in. Send DONE {task} and a photo of the work.",
  'task.absent':
    "You weren't seen there. Were you? Tell the organizer: reply ASK {task} and a few words, or DONE {task} and a photo.",
  'task.called-off': 'It was called off. Reply TASKS to see others.',
  'drop.dropped':
    "You left task {task}, {title}.{isFree, select, yes { That's fine.} other {}} Thanks for telling us. Reply TASKS to see others.",
  'join.calendar': 'Add it to your calendar: {url}',
  'join.guests':
    "You're in for {title} with {guests, plural, one {1 guest} other {# guests}}: {when}, {place}. Guests earn no credits. Can't come? Reply DROP {task}",
  'ok.summary': '{word} 12: keep or take your spot',
  'ok.kept':
    "All right, we count on you: {title}, {when}, {place}. Can't come after all? Reply DROP {task}",
  'ok.taken': "The spot is yours: {title}, {when}, {place}. Can't come? Reply DROP {task}",
  'task.standby': "It's full and you're on the waitlist. Reply DROP {task} to leave.",
  'task.submitted': 'We have your evidence and will check it. Reply TASKS to see others.',
  'task.verified': 'Your work was approved. Thank you! Reply BALANCE to see your credits.',
  'task.rejected': 'We checked your evidence. It was not approved. Reply TASKS to see others.',
  'task.ended': "You can't join it any more. Reply TASKS to see others.",
  'join.summary': '{word} 12: take part',
  'join.which': 'Which task? Reply with its number:',
  'join.joined':
    "You're in for {title}: {when}, {place}. Afterwards send DONE {task} and a photo. Can't come? Reply DROP {task}",
  'join.series':
    "You're in for {title} on {joined, plural, one {1 date} other {# dates}}{standby, plural, =0 {} other {, and on the waitlist for #}}. We'll ask you again before each. Can't come any more? Reply DROP {task} ALL",
  'drop.series':
    'You left {title} on {left, plural, =0 {no date: you were in none} one {1 date} other {# dates}}. Reply TASKS to see others.',
  'join.standby':
    "{title} is full. You're number {position} on the waitlist. We'll tell you when a spot is free: {when}, {place}. Reply DROP {task} to leave.",
  'drop.summary': '{word} 12: leave',
  'drop.which': 'Which task do you want to leave? Reply with its number:',
  'drop.none': "You're not in a task that you can leave. Reply TASKS to see what's open.",
  'drop.or-stop': 'DROP {task} leaves the task; STOP ends messages.',
  'drop.none-or-stop':
    "You're not in a task that you can leave. Reply STOP to end messages, or TASKS to see what's open.",
  'drop.sure': "Can't come? Reply OK to leave task {task}, {title}, or NO to keep your spot.",
  'drop.kept':
    'All right, you still have your spot in task {task}, {title}. Afterwards send DONE {task} and a photo.',

  'here.summary': '{word} 4821: check in on site',
  'here.usage':
    'Are you there? Reply HERE and the four digits that you see on site, like HERE 4821',
  'here.now':
    "You're checked in for task {task}, {title}. Afterwards send DONE {task} and a photo.",
  'here.already':
    'You were checked in already for task {task}, {title}. Afterwards send DONE {task} and a photo.',
  'here.marked': 'There: {people}.',
  'here.marked-already': 'There before: {people}.',
  'here.marked-none': "Not marked, since they don't have a spot: {people}.",
  'here.marked-next': 'Reply ROSTER {task} to see everybody.',

  // Questions about a task.
  'ask.summary': '{word} 12 and a question: for the organizer',
  'ask.usage':
    "Which task is it about? Write ASK, the task's number and your question, like ASK 12 what should I bring?",
  'ask.words': 'What would you like to ask about task {task}? Write your question, or NO.',
  'ask.left': "All right, nothing was asked. Reply TASKS to see what's open.",
  'ask.passed':
    "We passed your question on to {issuer}, without your number. We'll send you the answer.",

  // Evidence.
  'done.summary': '{word} 12 and a photo: evidence',
  'done.which': 'Which task is it for? Reply with its number:',
  'done.which-kept': 'Got that too. Which task is it for? Reply with its number.',
  'done.kept':
    "We're keeping your photo for an hour. Reply DONE and a task's number, and it goes there.",
  'done.none': "None of your tasks needs evidence now. Reply TASKS to see what's open.",
  'done.ask-public':
    "{isPost, select, yes {Evidence is public: the city's record will link to your post, under your account, for anyone to see. Reply OK to agree, or NO.} other {Evidence is public: anyone can see your words and photos. Phone numbers are masked, hidden photo data removed. Reply OK to agree and send it, or NO.}}",
  'done.public-kept': 'Got that too. Reply OK to agree that it becomes public and send it, or NO.',
  'done.answer-first':
    "First reply OK or NO for task {task}: we're keeping what you sent. Then send DONE {other} again.",
  'done.all-right':
    "All right! You're in for {title}: {when}. Afterwards send DONE {task} and a photo.",
  'done.discarded': 'All right, nothing was sent. Send DONE and a photo any time.',
  'done.sent':
    "Thank you! {pictures, plural, =0 {Your words are} one {Your photo is} other {Your # photos are}} in for task {task}, {title}: evidence {evidence}. {issuer} will review it, and we'll tell you. Reply TASKS to see others.",
  'also.alone': 'Did you also mean {words}? Then reply {words}, by itself.',
  'done.partly': 'Not used: {refused}',
  'done.told':
    'New evidence to review for task {task}, {title}.{alike, select, yes { A photo of it was sent for other work, too.} other {}} Reply REVIEW to see it.',

  // Credits, offers and codes.
  'balance.summary': '{word}: your credits',
  'balance.available': 'You have {credits} to use.',
  'balance.held': 'Held for your CODES: {credits}.',
  'balance.spend': 'Reply OFFERS to see what you can get.',
  'balance.earn': 'Reply TASKS to see where to earn some.',
  'history.summary': '{word}: how they moved',
  'history.head': 'Your last moves, each with its public record:',
  'history.none': 'None of your credits have moved yet. Reply TASKS to see where to earn some.',
  'history.line':
    '{at, date, short} {code, select, issue {+{credits, number} earned} hold {{credits, number} held} burn {-{credits, number} redeemed} release {{credits, number} given back} expire {-{credits, number} expired} other {{sign}{credits, number} corrected}}{hasUri, select, yes {: {uri}} other {}}',
  'history.how': 'Reply BALANCE to see what you can use.',
  'offers.summary': '{word}: what credits get you',
  'offers.line': '{offer} {title}: {credits}, {redeemer}',
  'offers.next': '({next, number} from {from, date, short})',
  'offers.how': 'You have {credits}. Reply REDEEM and a number, like REDEEM {offer}',
  'offers.more': 'There are more. Reply OFFERS and a word, like OFFERS coffee',
  'offers.none':
    'There are no offers right now. Your credits stay yours. Reply OFFERS again another day.',
  'offers.none-with': 'No offers match {words}. Reply OFFERS to see all.',
  'redeem.summary': '{word} 3: a code for an offer',
  'redeem.usage':
    'Reply REDEEM and the number of an offer, like REDEEM 3. Reply OFFERS to see them.',
  'redeem.ask': 'Do you want offer {offer}, {title}, for {credits}? Reply OK for a code, or NO.',
  'redeem.which':
    'Which offer? One code at a time: reply REDEEM and its number, like REDEEM {offer}',
  'redeem.kept': 'All right, no credits were held. Reply OFFERS to see others.',
  'redeem.code':
    'Your code: {code} - {title}, {credits}. Show it at {redeemer} within {duration}, until {until, time, short}. Not using it? RELEASE {code}',
  'codes.summary': '{word}: your codes',
  'codes.none': 'You have no codes right now. Reply OFFERS to see what you can get.',
  'codes.line': '{code}: {title} at {redeemer}, until {until, time, short}',
  'codes.how': 'Not using it? Reply RELEASE {code}',
  'release.summary': '{word} and a code: credits back',
  'release.usage': 'Reply RELEASE and the code, like RELEASE 7GK2-M4QX. Reply CODES to see yours.',
  'release.released':
    'You gave the code back. You have {credits} for {title} again. Reply OFFERS to see others.',
  'me.summary': '{word}: what is public about you',
  'me.facts':
    'In public you are {participantId}, never your name or number: {tasks, plural, =0 {no tasks} one {1 task} other {# tasks}}, {credits}.',
  'me.records': 'Newest public records:',
  'me.how': 'Reply MY DATA to see all we keep about you.',
} as const;
