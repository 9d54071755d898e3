/** What organizers hear: announcing, reviewing, closing. */
export const organizer = {
  // Organizers: announcing, reviewing, closing.
  'announce.summary': '{word}: post a task',
  'announce.title':
    "What's the task? Write a short title. (Any time: NO discards it, BACK goes back.)",
  'announce.credits': 'How many credits does each person get? Write a whole number.',
  'announce.when': 'When is it? Write it like: sat 9am-11am',
  'announce.where': 'Where do people meet?',
  'announce.slots': 'How many people can join? Write a whole number.',
  'announce.usage':
    'Write ANNOUNCE title; credits; when; where; spots - like ANNOUNCE Creek clean-up; 30; sat 9am-11am; 8th St bridge; 10',
  'announce.elsewhere':
    '{when} here (you wrote {said, time, short} {zone, select, pacific {Pacific time} mountain {Mountain time} central {Central time} eastern {Eastern time} mexico {Mexico City time} other {universal time}})',
  'announce.read-back':
    '{title}. {when}, {place}. {slots, plural, one {# person} other {# people}}, {credits} each, {total} at most. Reply OK to announce it, NO to discard it, BACK to change it.',
  'announce.confirm-again': 'Reply OK to announce it, NO to discard it, BACK to change it.',
  'announce.discarded': 'All right, nothing was announced. Reply ANNOUNCE to begin again.',
  'announce.announced':
    "Announced: task {task}, {title}. Reply ROSTER {task} to see who's in, CLOSE {task} to close it.",
  'announce.left-out':
    '{count, plural, one {# person} other {# people}} got enough alerts today and will get no text about it.',
  'review.summary': '{word}: evidence to review',
  'review.none': "There's nothing to review right now. Reply TASKS to see what's open.",
  'review.next':
    'Evidence {evidence}, task {task}, {title}. {participantId}, {at}: {hasText, select, yes {"{text}", } other {}}{pictures, plural, =0 {no photo} one {1 photo} other {# photos}}. Reply APPROVE {evidence}, or REJECT {evidence} and why.{others, plural, =0 {} other { # more to review.}}',
  'review.alike':
    '{likeness, select, same {The same photo} other {Nearly the same photo}}: evidence {evidence}, task {task}, {at, date, short}, {person, select, same {same person} other {{participantId}}}.',
  'approve.summary': '{word} 31: credits are issued',
  'approve.usage':
    'Reply APPROVE and the number of the evidence, like APPROVE 31. Reply REVIEW to see it.',
  'approve.approved':
    "Approved: evidence {evidence}, {title}. {credits} issued.{isLast, select, no {} other {{waiting, plural, =0 { That was the last one. Reply TASKS to see what's open.} other { # more to review: reply REVIEW.}}}}",
  'approve.usage-all':
    'Reply APPROVE ALL and the number of the task, like APPROVE ALL 12. Reply REVIEW to see each.',
  'approve.none-on-task':
    "There's no evidence of task {task} for you to review. Reply REVIEW to see what there is.",
  'approve.read-back':
    'Approve all of task {task}, {title}? Evidence: {list}. {credits} each, {total} in all. Reply OK to approve, or NO.',
  'approve.approved-all':
    "Approved: {count} of task {task}, {title}. {credits} issued.{waiting, plural, =0 { Reply TASKS to see what's open.} other { # more to review: reply REVIEW.}}",
  'review.all': 'Approve all {count} of task {task}',
  'approve.told':
    'Thank you! Your work on {title} was approved. You earned {credits}.{hasNote, select, yes { "{note}"} other {}} Reply OFFERS to see what you can get.',
  'approve.public':
    'The work on {title} was approved. Thank you! The rest is in a private message.',
  'several.which': 'Which evidence do you mean: {all}? Reply with the number.',
  'several.or-words':
    'Evidence {all}? Or only {first}, with the words "{words}"? Reply {all} or {first}.',
  'reject.summary': '{word} 31 and why: not approved',
  'reject.why':
    'Why was evidence {evidence} not approved?\n{list}\nReply with a number or your own words, or NO to leave it.',
  'reject.why-line': '{number} {reason}',
  'why.no-evidence': "Photo or words don't show it",
  'why.wrong-task': 'It shows another task',
  'why.not-done': 'Not done',
  'why.unsafe': 'Not safe',
  'why.duplicate': 'Sent before',
  'why.not-present': "Wasn't there",
  'reason.no-evidence':
    'the photo or words don\'t show the work.{hasNote, select, yes { "{note}"} other {}}',
  'reason.wrong-task': 'it shows another task.{hasNote, select, yes { "{note}"} other {}}',
  'reason.not-done': 'the work is not done.{hasNote, select, yes { "{note}"} other {}}',
  'reason.unsafe': 'it was not done safely.{hasNote, select, yes { "{note}"} other {}}',
  'reason.duplicate': 'it was sent before.{hasNote, select, yes { "{note}"} other {}}',
  'reason.not-present':
    'the organizer did not see you there.{hasNote, select, yes { "{note}"} other {}}',
  'reason.other': '"{note}"',
  'reject.usage': 'Reply REJECT, the number of the evidence and why, like REJECT 31 not done',
  'reject.rejected':
    "Not approved: evidence {evidence}, {title}. We passed on the reason.{isLast, select, no {} other {{waiting, plural, =0 { That was the last one. Reply TASKS to see what's open.} other { # more to review: reply REVIEW.}}}}",
  'reject.kept': 'All right, it stays on the list to review. Reply REVIEW to see it.',
  'reject.told':
    'Thank you for your time on {title}. It was not approved because: {reason} There are no credits this time. Questions: {contact}',
  'reject.told-credited':
    'Thank you for your time on {title}. It was not approved because: {reason} You still get {credits}. Questions: {contact}',
  'roster.summary': "{word} 12: who's in",
  'roster.usage': 'Reply ROSTER and the number of your task, like ROSTER 12',
  'roster.head': 'Task {task}, {title}. Spots taken: {taken} of {slots}.',
  'roster.line':
    '{position} {participantId} {state, select, joined {is in} confirmed {will come} standby {on the waitlist} offered {is being asked} checked_in {is there} submitted {sent evidence} verified {approved} absent {absent} other {not approved}}{guests, plural, =0 {} other { +#}}{heard, select, no {, not reached} other {}}',
  'roster.more': 'and {count} more',
  'roster.how':
    'Check-in code: {code}. To mark who is there, reply HERE {task}: and their numbers, like HERE {task}: 1 3',
  'roster.sign': 'Sign with the code, to print: {sign}',

  // Whom the texts about a task reached.
  'reach.broadcast':
    'Task {task}. Texts reached: {reached, number}. Not reached: {missed, number}{missed, plural, =0 {} other { ({why})}}.{waiting, plural, =0 {} other { No word yet: #.}}{untold, plural, =0 {} other { Not sent: #.}}',
  'reach.notices':
    'Task {task}. Not reached with news about it: {missed, number} ({why}). Reply ROSTER {task} to see who.',
  'reach.why':
    '{count, number} {reason, select, stopped {opted out} unreachable {not in service} closed {no private messages} retry {phone off} rejected {blocked by carrier} misconfigured {trouble on our side} other {reason unknown}}',
  'answer.summary': '{word} 55 and words: answer a question',
  'answer.usage':
    'Write ANSWER, the number of the question and your words, like ANSWER 55 yes, bring gloves',
  'answer.passed': "We passed your answer on. Reply ROSTER {task} to see who's in.",
  'tell.summary': '{word} 12 and words: tell everybody who joined',
  'tell.usage': "Write TELL, the task's number and your words, like TELL 12 please bring gloves",
  'tell.long':
    "That's too long for two texts. Write it again with fewer words: TELL, the number and your words.",
  'tell.read-back':
    '{people, plural, one {1 person gets} other {# people get}} this about task {task}, {title}: "{text}" Reply OK to send it, or NO.{left, plural, =0 { It\'s the last one for this task.} other {}}',
  'tell.discarded':
    "All right, nothing was sent. Reply TELL and the task's number to write another.",
  'tell.told':
    "Sent to {people, plural, one {1 person} other {# people}}. You can write {left, plural, =0 {no more} other {# more}} about task {task}. Reply ROSTER {task} to see who's in.",
  'change.summary': '{word} 12 when, where, spots or note: change a task',
  'change.usage':
    "Write CHANGE, the task's number and what's new, like CHANGE 12 when sat 10am-12pm; where Live Oak Park. You can change when, where, spots and note.",
  'change.read-back':
    'Task {task}, {title}. Before: {before}, {beforePlace}. New: {when}, {place}. Spots: {slots}.{hasNote, select, yes { Note: {note}.} other {}} {people, plural, =0 {Nobody has joined yet.} one {1 person will be told.} other {# people will be told.}} Reply OK to change it, or NO.',
  'change.kept': 'All right, task {task} stays as it is. Reply TASK {task} to see it.',
  'change.done':
    "Changed. {people, plural, =0 {Nobody had joined yet.} one {1 person will be told.} other {# people will be told.}} Reply ROSTER {task} to see who's in.",
  'change.public':
    'Changed: task {task}, {title}, is now {when}, {place}.{hasNote, select, yes { {note}} other {}} Reply TASK {task} for more.',
  'calloff.summary': '{word} 12 and why: call a task off',
  'calloff.usage': "Write CALLOFF, the task's number and why, like CALLOFF 12 heavy rain",
  'calloff.read-back':
    'Call off task {task}, {title}, {when}? {people, plural, =0 {Nobody has joined yet.} one {1 person is told at once} other {# people are told at once}}: "{why}" Reply OK to call it off, or NO.',
  'calloff.kept': 'All right, task {task} takes place. Reply TASK {task} to see it.',
  'calloff.done':
    'Called off: task {task}, {title}. {people, plural, =0 {Nobody had joined yet.} one {1 person is being told.} other {# people are being told.}} Reply ANNOUNCE to post another.',
  'calloff.public':
    'Called off by {issuer}: {title}, {when}. Reason: {why}. Reply TASKS to see others.',
  'announce.announced-series':
    "Announced: task {task}, {title}, every week until {until, date, medium}. {dates, plural, one {1 date is} other {# dates are}} open so far. People join one date with JOIN {task}, all with JOIN {task} ALL. Reply ROSTER {task} to see who's in.",
  'announce.weekly': '{when}, and every week until {until, date, medium}',
  'calloff.done-all':
    'Called off: {title}, {dates, plural, one {1 date} other {# dates}}. Everybody who joined is being told. Reply ANNOUNCE to post another.',
  'change.done-all':
    "Changed: {dates, plural, one {1 date} other {# dates}}. Everybody who joined will be told. Reply ROSTER {task} to see who's in.",
  'walkin.summary': '{word} 12: add somebody without a phone',
  'walkin.usage': 'Write WALKIN and the number of your task, like WALKIN 12',
  'walkin.added':
    'Number {position} in task {task} is checked in. Write this on a slip for them: {code}. Until {until, date, medium} they can send ACCEPT {code} from any phone or account. Reply ROSTER {task} to see everybody.',
  'calloff.read-back-all':
    'Call off {title} on {dates, plural, one {1 date} other {# dates}}, from {when} on? Everybody who joined is told at once: "{why}" Reply OK to call them off, or NO.',
  'change.read-back-all':
    "That's for {dates, plural, one {1 date} other {# dates}}, this one and all later ones. {text}",
  'close.summary': '{word} 12: close a task',
  'close.usage': 'Reply CLOSE and the number of your task, like CLOSE 12',
  'close.closed':
    'Task {task}, {title}, is closed.{released, plural, =0 {} one { 1 person no longer needs to come and will be told.} other { # people no longer need to come and will be told.}}{waiting, plural, =0 { Reply ANNOUNCE to post another.} other { # to review: reply REVIEW.}}',
} as const;
